// The limits of questions to the engine, and refusals of what lies beyond them.

import { FLOOR, SOLID, sizeOf } from "../mazes.js";
import { Refusal } from "../refusal.js";
import { CHOICES } from "../settings.js";
import { cellAt } from "./maze.js";
import { MAX_NAME, plainName } from "./text.js";

const MAX_BOXES = 20;
export const MAX_STATES = 200_000; // of agent and boxes
const ACCURACY = 3; // factor to which estimates of times are right
const PUSHED_ONTO = ".SG"; // what a box may cover

export function refuse(kind, field, facts = {}) {
  throw new Refusal({ kind, field, facts });
}

export function tooManyStates() {
  refuse("too_many_states", "horizon", { limit: MAX_STATES });
}

// Refuse values of settings that there are not.
export function checkChoices(question) {
  const wrong = Object.keys(CHOICES).find((name) => !CHOICES[name].includes(question[name]));
  if (wrong) refuse("bad_field", wrong, { field: wrong });
}

export function checkQuestion({ maze, horizon, slip, range }, { limits, objects }) {
  if (!Number.isInteger(horizon) || horizon < 1 || horizon > limits.horizon) {
    refuse("horizon_limit", "horizon", { limit: limits.horizon });
  }
  if (!(slip >= 0 && slip <= limits.slip)) refuse("slip_limit", "slip", { limit: limits.slip });
  checkRange(range);
  checkMaze(maze, { limits, objects });
  const boxes = [...maze.cells.join("")].filter((letter) => letter === "$").length;
  if (boxes > MAX_BOXES) refuse("too_many_boxes", "maze", { limit: MAX_BOXES, boxes });
}

export function checkMaze(maze, { limits: { side, cells }, objects }) {
  const { rows, cols } = sizeOf(maze);
  if (Math.max(rows, cols) > side || rows * cols > cells) refuse("maze_limit", "maze", { side, cells, rows, cols });
  if (maze.name !== plainName(maze.name)) refuse("maze_name", "name", { limit: MAX_NAME });
  const letters = maze.cells.join("");
  const unknown = [...letters].find((letter) => !(letter in objects) && letter !== FLOOR && letter !== SOLID);
  if (unknown) refuse("maze_letter", "maze", { letter: unknown });
  if ([...letters].every((letter) => letter === SOLID)) refuse("no_floor", "maze");
}

function checkRange(range) {
  if (range && !(range.every(Number.isFinite) && range[0] < range[1])) {
    refuse("range", "range", { low: range[0], high: range[1] });
  }
}

// Refuse work that would take too long; `secondsOf` estimates its time by horizon. A horizon that
// is fast enough is named, if possible with a margin, as estimates are rough.
export function checkTime(secondsOf, horizon, limit) {
  const seconds = secondsOf(horizon);
  if (seconds <= limit) return;
  const shorter = Array.from({ length: horizon - 1 }, (_, i) => horizon - 1 - i);
  const within = (most) => shorter.find((steps) => secondsOf(steps) <= most);
  const fits = within(limit / ACCURACY) ?? within(limit) ?? null;
  refuse(fits ? "too_long" : "too_large", "horizon", { seconds: Math.round(seconds), limit, horizon: fits });
}

// The number of the floor cell at x and y.
export function checkedCell(maze, { x, y }, field) {
  const cell = cellAt(maze, x, y);
  if (cell === undefined) refuse("no_cell", field, { x, y });
  if (cell < 0) refuse("solid_cell", field, { x, y });
  return cell;
}

// Refuse boxes at places [x, y] where something else is drawn, as a drawing has one object per cell.
export function checkPushed({ cells }, places) {
  for (const [x, y] of places) {
    const under = cells[cells.length - 1 - y][x];
    if (under !== "$" && !PUSHED_ONTO.includes(under)) refuse("pushed_onto", "agent", { object: under, x, y });
  }
}
