// The optimal source of maximum entropy of a state: it makes all outcomes equally likely and, for
// each outcome, all action sequences that lead to it. Sequences are counted, not listed.

import { gridOf } from "./maze.js";
import { successor } from "./world.js";

// Return the `ends`, the states that exactly n steps can lead to; the `outcomes`, their different
// readings; and the probability of each first action.
export async function sourceOf(world, start, horizon, pauses) {
  const { actions, labels } = world;
  // Of each state, how many sequences lead to it that begin with each action.
  let counts = new Map([[start, null]]);
  for (let step = 0; step < horizon; step++) {
    const grown = new Map();
    for (const [state, began] of counts) {
      actions.forEach((_, action) => {
        const next = successor(world, state, action);
        if (!grown.has(next)) grown.set(next, new Float64Array(actions.length));
        const sums = grown.get(next);
        if (began === null) sums[action] += 1;
        else began.forEach((count, first) => (sums[first] += count));
      });
    }
    counts = grown;
    if (pauses.isDue()) await pauses.pause((step + 1) / horizon);
  }
  const byOutcome = new Map();
  for (const [state, began] of counts) {
    const sums = byOutcome.get(labels[state]);
    if (sums) began.forEach((count, first) => (sums[first] += count));
    else byOutcome.set(labels[state], began.slice());
  }
  const first = new Float64Array(actions.length);
  for (const sums of byOutcome.values()) {
    const total = sums.reduce((sum, count) => sum + count, 0);
    sums.forEach((count, action) => (first[action] += count / total / byOutcome.size));
  }
  return {
    ends: [...counts.keys()],
    outcomes: [...byOutcome.keys()],
    first_actions: Object.fromEntries(actions.map((action, i) => [action, first[i]])),
  };
}

// The numbers of some states that exactly n steps lead to: bits, outcomes, cells, and in each cell
// the probability of the outcomes that are sensed there, null where there are none.
export function outcomesOf({ maze, bodies, labels }, ends) {
  const total = new Set([...ends].map((state) => labels[state])).size;
  const sensed = new Map();
  for (const state of ends) {
    const { agent } = bodies[state];
    if (!sensed.has(agent)) sensed.set(agent, new Set());
    sensed.get(agent).add(labels[state]);
  }
  return {
    bits: Math.log2(total),
    outcomes: total,
    cells: sensed.size,
    reached: gridOf(maze, (cell) => (sensed.has(cell) ? sensed.get(cell).size / total : null)),
  };
}
