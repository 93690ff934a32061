// A maze of the JSON interface as arrays. Places are row * cols + col; floor cells have numbers.

import { SOLID, WALLS } from "../mazes.js";

export function readMaze({ name, cells, right, below }) {
  const rows = cells.length;
  const cols = cells[0].length;
  const letters = cells.join("");
  const places = Int32Array.from([...letters].keys()).filter((place) => letters[place] !== SOLID);
  const numbers = new Int32Array(rows * cols).fill(-1); // of floor cells, by place
  places.forEach((place, number) => (numbers[place] = number));
  // Thin walls on the right of and below each place, also at the edges, where there is none.
  const walls = {
    right: wallsIn(right, rows, cols, WALLS.right),
    below: wallsIn(below, rows, cols, WALLS.below),
  };
  return { name, rows, cols, letters, places, numbers, walls };
}

function wallsIn(lines, rows, cols, wall) {
  const there = new Uint8Array(rows * cols);
  lines.forEach((line, row) => [...line].forEach((letter, col) => (there[row * cols + col] = Number(letter === wall))));
  return there;
}

// 1 for the floor cells with an object, else 0; null if there is none.
export function cellsWith({ letters, places }, object) {
  if (!letters.includes(object)) return null;
  return Uint8Array.from(places, (place) => Number(letters[place] === object));
}

export function xyOf({ rows, cols }, place) {
  return { x: place % cols, y: rows - 1 - Math.floor(place / cols) };
}

// The number of the floor cell at x and y; undefined outside the maze, -1 if it is solid.
export function cellAt({ rows, cols, numbers }, x, y) {
  return x >= 0 && x < cols && y >= 0 && y < rows ? numbers[(rows - 1 - y) * cols + x] : undefined;
}

// Rows of values by floor cell, null on solid cells.
export function gridOf({ rows, cols, numbers }, valueOf) {
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: cols }, (_, col) => {
      const number = numbers[row * cols + col];
      return number < 0 ? null : valueOf(number);
    }));
}
