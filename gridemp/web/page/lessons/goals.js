// Goals of tasks: conditions on facts. `now` and `begun` are {maze, map, settings, agent}, at present
// and at the beginning of the step.

import { SOLID, WALLS } from "../mazes.js";

const ROUNDING = 1e-6; // bits, below which two values are equal
const SUMMARIES = {
  mean: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  peak: (values) => Math.max(...values),
  lowest: (values) => Math.min(...values),
};

function valuesOf(map) {
  return map.bits.flat().filter((value) => value !== null);
}

// Return the lowest or the highest bits of a map, called "darkest" and "brightest".
export function extreme(map, which) {
  return SUMMARIES[which === "darkest" ? "lowest" : "peak"](valuesOf(map));
}

export function isExtreme(map, { row, col }, which) {
  const bits = map.bits[row]?.[col] ?? null;
  return bits !== null && Math.abs(bits - extreme(map, which)) <= ROUNDING;
}

// Return the value of a fact, or null if there is none, for example because nothing is pinned.
export function factOf({ fact, cell }, now, begun) {
  if (fact in SUMMARIES) return SUMMARIES[fact](valuesOf(now.map));
  if (fact === "bits" || fact === "outcomes") {
    const place = placeOf(cell, now);
    return place && (now.map[fact]?.[place.row]?.[place.col] ?? null);
  }
  if (fact === "opened" || fact === "built") return changed(begun.maze, now.maze)[fact];
  if (fact === "pinned" || fact === "agent") return placeOf(fact, now);
  return now.settings[fact];
}

// `best` is the greatest gain of the mean that one wall can bring, null while it is not known.
export function holds(condition, now, begun, best = null) {
  const value = factOf(condition, now, begun);
  if (value === null) return false;
  if ("best" in condition) return best !== null && gain(condition, now, begun) >= best - ROUNDING;
  if ("at_least" in condition) return value >= condition.at_least - ROUNDING;
  if ("at_most" in condition) return value <= condition.at_most + ROUNDING;
  if ("rises_by" in condition) return gain(condition, now, begun) >= condition.rises_by - ROUNDING;
  if ("falls_by" in condition) return -gain(condition, now, begun) >= condition.falls_by - ROUNDING;
  if (typeof condition.is === "string" && value.row !== undefined) return isExtreme(now.map, value, condition.is);
  if (Array.isArray(condition.is)) return JSON.stringify(value) === JSON.stringify(placeOf(condition.is, now));
  return value === condition.is;
}

// Return the change of a fact since the step began.
export function gain(condition, now, begun) {
  return factOf(condition, now, begun) - factOf(condition, begun, begun);
}

function placeOf(cell, { maze, settings, agent }) {
  const place = cell === "pinned" ? settings.pin : cell === "agent" ? agent && [agent.x, agent.y] : cell;
  return place && { row: maze.cells.length - 1 - place[1], col: place[0] };
}

// Count the walls, thin ones and solid cells, that were opened and built between two mazes.
function changed(before, after) {
  const count = { opened: 0, built: 0 };
  for (const [part, wall] of Object.entries({ cells: SOLID, ...WALLS })) {
    before[part].forEach((line, row) => {
      for (let col = 0; col < line.length; col++) {
        const [was, is] = [line[col] === wall, after[part][row]?.[col] === wall];
        if (was !== is) count[is ? "built" : "opened"] += 1;
      }
    });
  }
  return count;
}
