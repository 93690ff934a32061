// Directions of actions on the board: [across, down], both 0 for an action that goes nowhere.

import { DIRECTIONS, HEADINGS, OFFSETS, TURNS } from "./engine/moves.js";
import { edgeOf, isObstacle, sizeOf, wallAt } from "./mazes.js";

const TOWARDS = Object.fromEntries(DIRECTIONS.map((name, i) => [name, OFFSETS[i].toReversed()]));
const TURNED = { ...TURNS, forward: 0 };
const GLYPHS = {
  north: "↑", northeast: "↗", east: "→", southeast: "↘", south: "↓", southwest: "↙", west: "←", northwest: "↖",
  left: "↰", forward: "↑", right: "↱", stay: "•",
};

// Return an action as one letter.
export function glyph(action) {
  return GLYPHS[action] ?? "?";
}

// Return the direction in which an action goes, or in which it turns an agent with a heading.
export function direction(action, heading) {
  if (action in TURNED && heading) return TOWARDS[HEADINGS[(HEADINGS.indexOf(heading) + TURNED[action]) % 4]];
  return TOWARDS[action] ?? [0, 0];
}

// Return the heading before an action, given that after it.
export function headingBefore(action, heading) {
  return heading && HEADINGS[(HEADINGS.indexOf(heading) - (TURNS[action] ?? 0) + 4) % 4];
}

// True if a step in a direction leads into a wall, a solid cell or an obstacle. A diagonal step
// needs both ways round its corner.
export function blocked(maze, torus, cell, [across, down]) {
  if (across && down) {
    const [beside, above] = [{ ...cell, col: cell.col + across }, { ...cell, row: cell.row + down }];
    return blocked(maze, torus, cell, [across, 0]) || blocked(maze, torus, cell, [0, down])
      || blocked(maze, torus, wrapped(maze, beside), [0, down]) || blocked(maze, torus, wrapped(maze, above), [across, 0]);
  }
  const side = HEADINGS.find((each) => TOWARDS[each][0] === across && TOWARDS[each][1] === down);
  const edge = edgeOf(maze, cell, side);
  if (edge ? wallAt(maze, edge) : !torus.includes(across ? "x" : "y")) return true;
  const { row, col } = wrapped(maze, { row: cell.row + down, col: cell.col + across });
  return isObstacle(maze.cells[row][col]);
}

function wrapped(maze, { row, col }) {
  const { rows, cols } = sizeOf(maze);
  return { row: (row + rows) % rows, col: (col + cols) % cols };
}
