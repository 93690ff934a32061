// What cells can reach, which the page holds packed as a text.

import { inflated } from "../inflated.js";
import { SOLID } from "../mazes.js";

// Return a function from the number of a map and a cell {row, col} to an H x W grid of how likely
// each cell is in the end, as shares of the likeliest; null where the agent cannot end, and instead
// of the grid for cells without a value.
export async function unpackReach({ reach, levels, maze }) {
  if (!reach) return () => null;
  const shares = new Uint8Array(await new Response(inflated(reach)).arrayBuffer());
  const bit = (place) => (shares[place >> 3] >> (7 - (place & 7))) & 1;
  const share = levels === 1 ? bit : (place) => shares[place];
  const cols = maze.cells[0].length;
  const numbers = new Map(); // of floor cells, in array order
  for (const [place, letter] of Array.from(maze.cells.join("")).entries()) {
    if (letter !== SOLID) numbers.set(place, numbers.size);
  }

  return (map, cell) => {
    const from = numbers.get(cell.row * cols + cell.col);
    if (from === undefined) return null;
    const begin = (map * numbers.size + from) * numbers.size;
    const grid = maze.cells.map((row) => Array(row.length).fill(null));
    for (const [place, number] of numbers) {
      grid[Math.floor(place / cols)][place % cols] = share(begin + number) || null;
    }
    return grid;
  };
}
