// Edits of a maze in the form of the JSON interface: `cells`, `right` and `below` as strings.
// Nothing is changed in place; an edit returns a new maze.

export const FLOOR = ".";
export const SOLID = "#";
export const CONVEYORS = "^>v<"; // clockwise
export const KEYS = "krylcm";
export const LOCKED = KEYS.toUpperCase();
const OBSTACLES = `${SOLID}BDb${KEYS}${LOCKED}`; // the agent has no hands

export function isObstacle(letter) {
  return OBSTACLES.includes(letter);
}
export const WALLS = { right: "|", below: "-" };
const OPEN = ".";

export function sizeOf(maze) {
  return { rows: maze.cells.length, cols: maze.cells[0].length };
}

export function blank(name, rows, cols) {
  const lines = (count, length, letter) => Array(Math.max(count, 0)).fill(letter.repeat(Math.max(length, 0)));
  return {
    name,
    cells: lines(rows, cols, FLOOR),
    right: lines(rows, cols - 1, OPEN),
    below: lines(rows - 1, cols, OPEN),
  };
}

export function withCell(maze, { row, col }, letter) {
  const cells = withLetter(maze.cells, row, col, letter);
  return cells === maze.cells ? maze : { ...maze, cells };
}

// An edge is {kind: "right" or "below", row, col}: on that side of that cell.
export function hasEdge(maze, edge) {
  return maze[edge.kind][edge.row]?.[edge.col] !== undefined;
}

export function wallAt(maze, edge) {
  return maze[edge.kind][edge.row][edge.col] !== OPEN;
}

export function withWall(maze, edge, there) {
  const lines = withLetter(maze[edge.kind], edge.row, edge.col, there ? WALLS[edge.kind] : OPEN);
  return lines === maze[edge.kind] ? maze : { ...maze, [edge.kind]: lines };
}

// Return the edge on one side of a cell, or null at the border of the maze.
export function edgeOf(maze, { row, col }, side) {
  const edges = {
    north: { kind: "below", row: row - 1, col },
    east: { kind: "right", row, col },
    south: { kind: "below", row, col },
    west: { kind: "right", row, col: col - 1 },
  };
  return hasEdge(maze, edges[side]) ? edges[side] : null;
}

// Add or remove cells at the top and on the right, so that the others keep their x and y.
export function resized(maze, rows, cols) {
  const grown = blank(maze.name, rows, cols);
  const old = sizeOf(maze);
  const copy = (lines, before) =>
    lines.map((text, row) => {
      const from = before[row + old.rows - rows];
      return from === undefined ? text : (from + text).slice(0, text.length).padEnd(text.length, OPEN);
    });
  return {
    ...grown,
    cells: grown.cells.map((text, row) => {
      const from = maze.cells[row + old.rows - rows] ?? "";
      return (from + text.slice(from.length)).slice(0, cols);
    }),
    right: copy(grown.right, maze.right),
    below: copy(grown.below, maze.below),
  };
}

// Return the place [x, y] of a pinned cell, or null if it is not in the maze.
export function placeInside(maze, place) {
  const { rows, cols } = sizeOf(maze);
  const within = (number, size) => Number.isInteger(number) && number >= 0 && number < size;
  return place && within(place[0], cols) && within(place[1], rows) ? place : null;
}

// Return the drawing of a maze with its boxes at other places [x, y].
export function withBoxes(maze, places) {
  const { rows } = sizeOf(maze);
  const cells = maze.cells.map((line) => [...line.replaceAll("$", FLOOR)]);
  for (const [x, y] of places) cells[rows - 1 - y][x] = "$";
  return { ...maze, cells: cells.map((line) => line.join("")) };
}

export function sameMaze(one, other) {
  return ["cells", "right", "below"].every((part) => one[part].join("\n") === other[part].join("\n"));
}

function withLetter(lines, row, col, letter) {
  const text = lines[row];
  if (text[col] === letter) return lines;
  return lines.with(row, text.slice(0, col) + letter + text.slice(col + 1));
}
