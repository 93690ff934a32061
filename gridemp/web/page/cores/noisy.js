// Answers about noisy worlds that were computed in advance, in Python, for some mazes and settings.
// `gridemp/web/noisy_answers.py` describes the records.

import { readMaze, xyOf } from "../engine/maze.js";
import { checkedCell, refuse } from "../engine/questions.js";
import { firstRandom } from "../engine/random.js";
import { sameMaze, sizeOf } from "../mazes.js";
import { language, number } from "../words.js";

const SETTINGS = ["slip_kind", "moves", "stay", "torus", "sensor"];
const SHARES = 10_000; // probabilities of cells are whole numbers of this part
const OTHER_SEED = 2 ** 31; // for the second random number of a step

// `opened` is the maze that the page shows first, `longest` the longest horizon that it accepts.
export function makeNoisyAnswers(records, longest, opened) {
  const holds = (maze) => records.some((record) => sameMaze(record.maze, maze));

  // Return the records of a maze with some settings, for all slips and horizons that there are.
  function recordsOf({ maze, ...settings }) {
    return records.filter((record) =>
      sameMaze(record.maze, maze) && SETTINGS.every((name) => record[name] === settings[name]));
  }

  // Return the slips of a world that can be shown, or else those of the maze that was opened: a reader
  // who chooses one of these is told to go back. Without any, all of them are refused with a reason.
  function slips(world) {
    const own = recordsOf(world);
    const shown = own.length ? own : records.filter((record) => sameMaze(record.maze, opened));
    return shown.length ? [0, ...shown.map(({ slip }) => slip)] : null;
  }

  // Return the record of a question, or refuse it and say which ones there are.
  function recordOf({ maze, slip, horizon, ...settings }) {
    const ofWorld = recordsOf({ maze, ...settings });
    const record = ofWorld.find((each) => each.slip === slip);
    if (!ofWorld.length) refuse(holds(maze) || holds(opened) ? "noise_elsewhere" : "noise_nowhere", "slip");
    if (!record) refuse("slip_not_exported", "slip", { slips: listed([0, ...ofWorld.map((each) => each.slip)]) });
    const count = record.horizons.length;
    if (horizon > count) refuse("horizon_not_exported", "horizon", { slip, count });
    return record;
  }

  function cellOf(record, place, horizon) {
    return record.horizons[horizon - 1].cells[checkedCell(readMaze(record.maze), place, "cell")];
  }

  function map(question) {
    const { map } = recordOf(question).horizons[question.horizon - 1];
    return { ...map, range: question.range ?? map.range };
  }

  function cell(question) {
    const record = recordOf(question);
    const { bits, outcomes, reached, first_actions } = cellOf(record, question, question.horizon);
    const { gap } = record.horizons[question.horizon - 1].map;
    return { bits, gap, outcomes, deterministic: false, reached: gridOf(record.maze, reached), first_actions };
  }

  function reveal(question) {
    const record = recordOf(question);
    const steps = record.horizons.slice(0, question.horizon).map(({ map: { horizon } }) => {
      const { bits, outcomes, cells, reached } = cellOf(record, question, horizon);
      return { horizon, bits, outcomes, cells, reached: gridOf(record.maze, reached) };
    });
    const last = cellOf(record, question, question.horizon);
    return {
      deterministic: false, steps, walk: last.walk, walk_probability: last.walk_probability,
      walk_reached: gridOf(record.maze, last.walk_reached), first_actions: last.first_actions,
    };
  }

  function curve(question) {
    const record = recordOf(question);
    const horizons = record.horizons.map(({ map: { horizon } }) => horizon);
    return {
      horizons,
      bits: horizons.map((horizon) => cellOf(record, question, horizon).bits),
      gap: Math.max(...record.horizons.map(({ map: { gap } }) => gap)),
      complete: horizons.length === longest,
      exported: true, // which is why it ends
    };
  }

  function arrows(question) {
    return { arrows: recordOf(question).horizons[question.horizon - 1][question.policy] };
  }

  // One step of an agent; `draw` is the seed of its choice and of the noise.
  function step(question) {
    const record = recordOf(question);
    if (!record.steps) refuse("needs_python", "agent");
    const maze = readMaze(record.maze);
    const here = checkedCell(maze, question, "agent");
    const { map, [question.policy]: arrows } = record.horizons[question.horizon - 1];
    const arrow = arrows.find(({ x, y }) => x === question.x && y === question.y);
    const action = arrow.actions[Math.floor(firstRandom(question.draw) * arrow.actions.length)];
    const bits = map.bits.flat();
    const bitsIn = (cell) => bits[maze.places[cell]];
    const outcomes = outcomesOf(record, here, action);
    const after = drawn(outcomes, firstRandom((question.draw + OTHER_SEED) % 2 ** 32));
    return {
      action, ...xyOf(maze, maze.places[after]), heading: null,
      expected: outcomes.reduce((sum, [cell, chance]) => sum + chance * bitsIn(cell), 0),
      bits: bitsIn(after), moved: after !== here, deterministic: false, maze: null,
      settled: arrow.actions.every((each) => outcomesOf(record, here, each).every(([cell]) => cell === here)),
    };
  }

  function outcomesOf(record, cell, action) {
    const actions = Object.keys(record.horizons[0].cells.find(Boolean).first_actions);
    return record.steps[cell][actions.indexOf(action)];
  }

  return { slips, map, cell, reveal, curve, arrows, step, doors: () => refuse("needs_python", "") };
}

function listed(slips) {
  const words = slips.toSorted((one, other) => one - other).map((slip) => number(slip));
  return new Intl.ListFormat(language()).format(words);
}

function drawn(outcomes, chance) {
  let rest = chance;
  return outcomes.find(([, share]) => (rest -= share) < 0)?.[0] ?? outcomes.at(-1)[0];
}

function gridOf(maze, [places, shares]) {
  const { rows, cols } = sizeOf(maze);
  const grid = Array.from({ length: rows }, () => Array(cols).fill(null));
  places.forEach((place, i) => (grid[Math.floor(place / cols)][place % cols] = shares[i] / SHARES));
  return grid;
}
