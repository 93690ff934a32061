// The map of a world: one value for each cell, its peak, its absorbing cells, the range of colours.

import { gridOf, xyOf } from "./maze.js";
import { isAbsorbing, placeOf } from "./world.js";

const MAX_MARKS = 12; // cells that share a peak, beyond which none is marked
const ROUNDING = 1e-9; // bits by which the ends of the colours must differ

// Return the best state of each cell, in the order of cells, with its count and its bits; of several
// states that are equally good, the first. `counts` has those of all starts.
export function mapOf({ maze, ways }, counts, horizon) {
  const states = Int32Array.from(maze.places, (_, cell) => {
    let best = cell * ways;
    for (let state = best + 1; state < (cell + 1) * ways; state++) if (counts[state] > counts[best]) best = state;
    return best;
  });
  const best = states.map((state) => counts[state]);
  return { horizon, states, counts: best, bits: Float64Array.from(best, Math.log2) };
}

// The map as an answer.
export function answerOf(world, map, range) {
  const { states, counts, bits, horizon } = map;
  const cells = [...states.keys()];
  const places = [...states].map((state) => placeOf(world, state));
  const absorbing = cells.filter((cell) => counts[cell] === 1 && isAbsorbing(world, states[cell]));
  const highest = counts.reduce((top, count) => Math.max(top, count), 0);
  const at = cells.map((cell) => xyOf(world.maze, places[cell]));
  const peaks = cells.filter((cell) => counts[cell] === highest)
    .sort((one, other) => at[one].y - at[other].y || at[one].x - at[other].x);
  const marked = peaks.length > MAX_MARKS || peaks.length === cells.length ? [] : peaks;
  const xy = (cell) => [at[cell].x, at[cell].y];
  return {
    horizon,
    bits: gridOf(world.maze, (cell) => bits[cell]),
    gap: 0,
    outcomes: gridOf(world.maze, (cell) => counts[cell]),
    deterministic: true,
    range: range ?? rangeOf(bits, new Set(absorbing)),
    ringed: marked.map(xy),
    absorbing: absorbing.map(xy),
    peak: { ...at[peaks[0]], bits: bits[peaks[0]], outcomes: highest, ties: peaks.length },
    mean: meanOf(bits),
    per_cell: world.ways > 1 ? "best" : null,
  };
}

// The ends of the colours: the lowest and the highest value, without those of absorbing cells. They
// begin at 0 if all values are equal.
export function rangeOf(bits, absorbing) {
  const values = bits.filter((_, cell) => !absorbing.has(cell));
  const low = values.reduce((lowest, value) => Math.min(lowest, value), Infinity);
  const high = values.reduce((highest, value) => Math.max(highest, value), 0);
  if (low + ROUNDING < high) return [low, high];
  return [0, high > ROUNDING ? high : 1];
}

export function meanOf(bits) {
  return bits.reduce((sum, value) => sum + value, 0) / bits.length;
}
