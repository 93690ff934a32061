// Moves of an agent, and the cell that each step leads to from each cell.

import { isObstacle } from "../mazes.js";

export const HEADINGS = ["north", "east", "south", "west"]; // clockwise
const DIAGONALS = ["northeast", "southeast", "southwest", "northwest"];
export const DIRECTIONS = [...HEADINGS, ...DIAGONALS];
export const OFFSETS = [[-1, 0], [0, 1], [1, 0], [0, -1], [-1, 1], [1, 1], [1, -1], [-1, -1]]; // (row, col)
// Of each direction the two ways round its corner, down or up and across; null if it has none.
export const CORNERS = [null, null, null, null, [0, 1], [2, 1], [2, 3], [0, 3]];
export const TURNS = { left: 3, right: 1 }; // quarters of a turn clockwise
const MOVES = { nesw: HEADINGS, king: DIRECTIONS, turn: [...Object.keys(TURNS), "forward"] };

export function actionNames({ moves, stay }) {
  return stay ? [...MOVES[moves], "stay"] : MOVES[moves];
}

// Return a function that tells where a step in a direction leads from a floor cell: to the number
// of another cell, or to the cell itself where the step is blocked. Walls and obstacles block a
// step, and so does an edge that no torus joins. A diagonal is open only where both ways round its
// corner are. The walls of the maze are read at each call.
export function makeTarget({ rows, cols, letters, places, numbers, walls }, torus) {
  const wraps = [torus.includes("y"), torus.includes("x")];

  // The place one step away, or -1 outside the maze.
  function beside(place, direction) {
    const [down, across] = OFFSETS[direction];
    let row = Math.floor(place / cols) + down;
    let col = (place % cols) + across;
    if (wraps[0]) row = (row + rows) % rows;
    if (wraps[1]) col = (col + cols) % cols;
    return row >= 0 && row < rows && col >= 0 && col < cols ? row * cols + col : -1;
  }

  function passes(place, direction) {
    const next = beside(place, direction);
    if (next < 0 || numbers[place] < 0 || numbers[next] < 0) return false;
    const wall = direction % 2 ? walls.right : walls.below;
    return !wall[direction === 0 || direction === 3 ? next : place];
  }

  // Return whether a step north, east, south or west succeeds. An obstacle on a side of length 1
  // does not block the step, which leads back to the cell itself.
  function isOpen(place, direction) {
    if (place < 0 || !passes(place, direction)) return false;
    const side = direction % 2 ? cols : rows;
    return side === 1 || !isObstacle(letters[beside(place, direction)]);
  }

  function isDiagonalOpen(place, [vertical, horizontal]) {
    return isOpen(place, vertical) && isOpen(beside(place, vertical), horizontal)
      && isOpen(place, horizontal) && isOpen(beside(place, horizontal), vertical);
  }

  return (cell, direction) => {
    const place = places[cell];
    const corner = CORNERS[direction];
    const open = corner ? isDiagonalOpen(place, corner) : isOpen(place, direction);
    return open ? numbers[beside(place, direction)] : cell;
  };
}
