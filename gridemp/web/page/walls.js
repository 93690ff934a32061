// A stroke of the wall tool, as walls along the path that follows it.

import { SOLID, edgeOf, hasEdge, sizeOf, wallAt, withWall } from "./mazes.js";
import { makePath } from "./path.js";

const ON = 0.3; // cells: this near, a place lies on an edge

// Return the edges between corners that follow one another, without those at the border of the maze.
function edgesAlong(corners, maze) {
  return corners.slice(1).map((to, i) => {
    const [across, down] = [Math.min(to.across, corners[i].across), Math.min(to.down, corners[i].down)];
    return to.down === corners[i].down
      ? { kind: "below", row: down - 1, col: across }
      : { kind: "right", row: down, col: across - 1 };
  }).filter((edge) => hasEdge(maze, edge));
}

// Return the edge of a cell that is nearest to a place in it, or null if the maze has but one cell.
export function nearestEdge(place, maze) {
  const { rows, cols } = sizeOf(maze);
  const [row, col] = [within(place.down, rows), within(place.across, cols)];
  const far = { north: place.down - row, west: place.across - col };
  Object.assign(far, { south: 1 - far.north, east: 1 - far.west });
  const edges = Object.keys(far).map((side) => [far[side], edgeOf(maze, { row, col }, side)]);
  return edges.filter(([, edge]) => edge).sort((a, b) => a[0] - b[0])[0]?.[1] ?? null;
}

// Return a stroke that draws walls, or erases them if it begins on one. Before it covers an edge,
// it toggles the nearest one, as a click does.
export function makeWallStroke(maze, start) {
  const path = makePath(start, sizeOf(maze), (corner) => isWalled(maze, corner));
  const first = nearestEdge(start, maze);
  let building = null; // known from the first edge of the path on

  function begins() {
    const wall = wallAt(maze, first);
    const [edge] = edgesAlong(path.corners(), maze);
    return !(wall && isOn(start, first)) && !(edge ? wallAt(maze, edge) : wall);
  }

  return {
    follow: path.follow,
    // Return the maze after the stroke.
    maze() {
      if (!first) return maze;
      const corners = path.corners();
      if (!corners.length) return withWall(maze, first, !wallAt(maze, first));
      building ??= begins();
      const edges = edgesAlong(corners, maze);
      if (!building && isOn(start, first)) edges.push(first);
      return edges.reduce((made, edge) => withWall(made, edge, building), maze);
    },
  };
}

// Return whether there is a wall at a corner, be it the border or the side of a solid cell.
function isWalled(maze, { across, down }) {
  const around = [[-1, -1], [-1, 0], [0, 0], [0, -1]].map(([up, left]) => maze.cells[down + up]?.[across + left]);
  const edges = [
    { kind: "right", row: down - 1, col: across - 1 }, { kind: "right", row: down, col: across - 1 },
    { kind: "below", row: down - 1, col: across - 1 }, { kind: "below", row: down - 1, col: across },
  ];
  return around.some((cell) => cell === undefined || cell === SOLID)
    || edges.some((edge) => hasEdge(maze, edge) && wallAt(maze, edge));
}

// Return whether a place lies on an edge, and not just at one of its ends.
function isOn({ across, down }, { kind, row, col }) {
  const [aside, along] = kind === "right" ? [across - col - 1, down - row] : [down - row - 1, across - col];
  return Math.abs(aside) < ON && along > ON && along < 1 - ON;
}

// Return the number of the row or the column of a place, also just outside the maze.
function within(place, count) {
  return Math.min(Math.max(Math.floor(place), 0), count - 1);
}
