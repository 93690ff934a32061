// The cell cursor and the keys that move it.

import { sizeOf } from "./mazes.js";

const SIDES = { ArrowUp: "north", ArrowRight: "east", ArrowDown: "south", ArrowLeft: "west" };
const STEPS = { north: [-1, 0], east: [0, 1], south: [1, 0], west: [0, -1] };

export const ALL_SIDES = Object.keys(STEPS);

// Return the side of a cell to which a key points, or undefined.
export function sideOf(key) {
  return SIDES[key];
}

// Return the cell on one side of another, or that cell itself at the border of the maze.
export function beside({ row, col }, side, maze) {
  const { rows, cols } = sizeOf(maze);
  const [down, across] = STEPS[side];
  return { row: Math.min(Math.max(row + down, 0), rows - 1), col: Math.min(Math.max(col + across, 0), cols - 1) };
}
