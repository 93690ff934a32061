// The thin walls whose change raises the mean empowerment most: every wall between two floor cells
// is toggled, one at a time.

import { meanOf } from "./map.js";
import { hasBoxes } from "./world.js";

const ROUNDING = 1e-12; // bits by which equal gains may differ
const MAX_DOORS = 10; // that open, and as many that build
const SECONDS_PER_EDGE = 4e-9; // followed from a state to its successor
const SECONDS_PER_MOVE = 1e-6; // of an agent with boxes, or on ice or conveyors

// `gainOf` gives the gain of a door in bits.
export async function bestDoors({ maze }, map, gainOf, pauses) {
  const doors = doorsOf(maze);
  const best = [];
  for (const [i, door] of doors.entries()) {
    const gain = await gainOf(door, pauses.part(i / doors.length, (i + 1) / doors.length));
    if (gain > ROUNDING) best.push({ ...door, gain });
    if (pauses.isDue()) await pauses.pause((i + 1) / doors.length);
  }
  const rank = ({ gain }) => -Math.round(gain / ROUNDING);
  best.sort((one, other) => rank(one) - rank(other));
  return { mean: meanOf(map.bits), best: best.filter(isAmongFirst()) };
}

// Return a condition that holds for the first `MAX_DOORS` doors that open, and that build.
function isAmongFirst() {
  const counts = { open: 0, build: 0 };
  return ({ wall }) => ++counts[wall ? "build" : "open"] <= MAX_DOORS;
}

// Every place of a thin wall; `wall` is true if a toggle builds one.
function doorsOf({ rows, cols, numbers, walls }) {
  const doors = [];
  for (const [kind, down, across] of [["right", 0, 1], ["below", 1, 0]]) {
    for (let row = 0; row < rows - down; row++) {
      for (let col = 0; col < cols - across; col++) {
        const place = row * cols + col;
        const isBetween = numbers[place] >= 0 && numbers[place + down * cols + across] >= 0;
        if (isBetween) doors.push({ kind, row, col, wall: !walls[kind][place] });
      }
    }
  }
  return doors;
}

// Rough estimate of the seconds that all doors take.
export function costOfDoors(world, horizon) {
  const { maze, bodies, actions, starts, ways, dynamics } = world;
  const around = ways * (actions.length > 5 ? (2 * horizon + 1) ** 2 : 2 * horizon * (horizon + 1) + 1);
  const reached = Math.min(around, bodies.length) * actions.length;
  const counted = hasBoxes(world) ? starts : Math.min(around, starts);
  const moves = hasBoxes(world) || dynamics.carries ? bodies.length * actions.length : 0;
  return doorsOf(maze).length * (SECONDS_PER_EDGE * counted * reached + SECONDS_PER_MOVE * moves);
}
