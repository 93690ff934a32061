// Worlds and the counts of their states, as far as questions need them. The last few are kept.

import { countFrom, makeFollower } from "./counting.js";
import { graphOf } from "./graph.js";
import { mapOf } from "./map.js";
import { MAX_STATES, tooManyStates } from "./questions.js";
import { makeWorld } from "./world.js";

const MAX_WORLDS = 6;

export function makeSolver() {
  const kept = new Map();

  // Return a world, with boxes followed for `within` steps.
  async function worldOf({ maze, moves, stay, torus, sensor }, within, pauses) {
    const hasBoxes = maze.cells.some((line) => line.includes("$"));
    const key = JSON.stringify([maze.cells, maze.right, maze.below, moves, stay, torus, sensor, hasBoxes && within]);
    let world = kept.get(key);
    if (!world) {
      const limits = { within, limit: MAX_STATES, refuse: tooManyStates, pauses: pauses.part(0, 0.8) };
      world = await makeWorld({ maze, moves, stay, torus, sensor }, limits);
      const graph = await graphOf(world, pauses.part(0.8, 1));
      Object.assign(world, { graph, follower: makeFollower(graph, world.labels), countsBySteps: new Map() });
    }
    kept.delete(key);
    kept.set(key, world); // as the last
    while (kept.size > MAX_WORLDS) kept.delete(kept.keys().next().value);
    return world;
  }

  // Return the counts of all states, 0 for those that are not asked for and not known.
  async function countsOf(world, states, horizon, pauses) {
    const { countsBySteps, bodies, follower } = world;
    if (!countsBySteps.has(horizon)) countsBySteps.set(horizon, new Int32Array(bodies.length));
    const counts = countsBySteps.get(horizon);
    await countFrom(follower, states, horizon, counts, pauses);
    return counts;
  }

  async function solved(question, pauses) {
    const { horizon } = question;
    const world = await worldOf(question, horizon, pauses.part(0, 0.3));
    const counts = await countsOf(world, startsOf(world), horizon, pauses.part(0.3, 1));
    return { world, counts, map: mapOf(world, counts, horizon) };
  }

  return { worldOf, countsOf, solved };
}

export function startsOf({ starts }) {
  return [...Array(starts).keys()];
}
