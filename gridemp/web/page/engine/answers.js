// The answers to questions about worlds without noise; each takes a question and the pauses of its work.

import { arrowsOf, stepOf } from "./agents.js";
import { makeFollower } from "./counting.js";
import { bestDoors, costOfDoors } from "./doors.js";
import { answerOf } from "./map.js";
import { withWall } from "../mazes.js";
import { checkTime, checkedCell } from "./questions.js";
import { revealFrom } from "./reveal.js";
import { makeSolver, startsOf } from "./solver.js";
import { outcomesOf, sourceOf } from "./source.js";
import { makeToggles } from "./toggles.js";
import { hasBoxes } from "./world.js";

export function makeAnswers(limits) {
  const solver = makeSolver();

  async function map(question, pauses) {
    const { world, map } = await solver.solved(question, pauses);
    return answerOf(world, map, question.range);
  }

  // The world of a question, followed for some steps, and the states of its cell.
  async function statesAt(question, within, pauses) {
    const world = await solver.worldOf(question, within, pauses);
    const cell = checkedCell(world.maze, question, "cell");
    return { world, states: startsOf(world).slice(cell * world.ways, (cell + 1) * world.ways) };
  }

  // The world of a question and the best state of its cell.
  async function bestAt(question, pauses) {
    const { world, states } = await statesAt(question, question.horizon, pauses.part(0, 0.7));
    const counts = await solver.countsOf(world, states, question.horizon, pauses.part(0.7, 1));
    return { world, state: states.reduce((best, state) => (counts[state] > counts[best] ? state : best)) };
  }

  async function cell(question, pauses) {
    const { world, state } = await bestAt(question, pauses.part(0, 0.5));
    const { ends, first_actions } = await sourceOf(world, state, question.horizon, pauses.part(0.5, 1));
    const { bits, outcomes, reached } = outcomesOf(world, ends);
    return { bits, gap: 0, outcomes, deterministic: true, reached, first_actions };
  }

  async function reveal(question, pauses) {
    const { world, state } = await bestAt(question, pauses.part(0, 0.5));
    return revealFrom(world, state, question.horizon, pauses.part(0.5, 1));
  }

  // Boxes may make too many states for the longest horizon; then the curve ends at that of the map.
  async function curve(question, pauses) {
    let longest = limits.horizon;
    const [building, counting] = [pauses.part(0, 0.5), pauses.part(0.5, 1)];
    const found = await statesAt(question, longest, building).catch((error) => {
      if (error.kind !== "too_many_states") throw error;
      longest = question.horizon;
      return statesAt(question, longest, building);
    });
    const { world, states } = found;
    const most = new Array(longest).fill(0);
    const follower = makeFollower(world.graph, world.labels); // of its own, as in `revealFrom`
    for (const [i, state] of states.entries()) {
      follower.begin(state);
      for (let step = 0; step < longest; step++) {
        follower.advance();
        most[step] = Math.max(most[step], follower.count());
        if (counting.isDue()) await counting.pause((i + step / longest) / states.length);
      }
    }
    return { horizons: most.map((_, i) => i + 1), bits: most.map(Math.log2), gap: 0, complete: longest === limits.horizon };
  }

  async function doors(question, pauses) {
    const { horizon, maze } = question;
    const world = await solver.worldOf(question, horizon, pauses.part(0, 0.02));
    checkTime((steps) => costOfDoors(world, steps), horizon, limits.seconds);
    const { counts, map } = await solver.solved(question, pauses.part(0.02, 0.05));

    async function gainOfWhole({ kind, row, col, wall }, rest) {
      const changed = await solver.solved({ ...question, maze: withWall(maze, { kind, row, col }, wall) }, rest);
      return changed.map.bits.reduce((sum, bits, cell) => sum + bits - map.bits[cell], 0) / map.bits.length;
    }

    const gainOf = hasBoxes(world) ? gainOfWhole : await makeToggles(world, counts, horizon, pauses.part(0.05, 0.06));
    return bestDoors(world, map, gainOf, pauses.part(0.06, 1));
  }

  return {
    map, cell, reveal, curve, doors,
    arrows: (question, pauses) => arrowsOf(solver, question, pauses),
    step: (question, pauses) => stepOf(solver, question, pauses),
  };
}
