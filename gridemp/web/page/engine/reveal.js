// What one state can reach step by step, and one sequence of actions as an example.

import { makeFollower } from "./counting.js";
import { xyOf } from "./maze.js";
import { outcomesOf, sourceOf } from "./source.js";
import { hasBoxes, headingOf, placeOf, successor } from "./world.js";

export async function revealFrom(world, start, horizon, pauses) {
  const follower = makeFollower(world.graph, world.labels); // of its own, as other questions are answered in the pauses
  const steps = [];
  const fewest = new Map([[start, 0]]); // steps to each state
  let ends = [start];
  follower.begin(start);
  for (let step = 1; step <= horizon; step++) {
    follower.advance();
    ends = [...follower.reached()];
    for (const state of ends) if (!fewest.has(state)) fewest.set(state, step);
    steps.push({ horizon: step, ...outcomesOf(world, ends) });
    if (pauses.isDue()) await pauses.pause((0.4 * step) / horizon);
  }
  const aims = farthest(world, ends, fewest);
  const walk = await walkTo(world, start, { aims, near: [...fewest.keys()], horizon }, pauses.part(0.4, 0.7));
  const { first_actions } = await sourceOf(world, start, horizon, pauses.part(0.7, 1));
  return {
    deterministic: true,
    steps,
    walk,
    walk_reached: null,
    walk_probability: null,
    first_actions,
  };
}

// The states in the cells that take the most steps to get to.
function farthest({ bodies }, ends, fewest) {
  const steps = new Map();
  for (const state of ends) {
    const { agent } = bodies[state];
    steps.set(agent, Math.min(steps.get(agent) ?? Infinity, fewest.get(state)));
  }
  const most = [...steps.values()].reduce((most, each) => Math.max(most, each), 0);
  return ends.filter((state) => steps.get(bodies[state].agent) === most);
}

// The first walk of exactly n steps to one of some states, in the order of the actions; `near` are
// all states that a walk can visit.
async function walkTo(world, start, { aims, near, horizon }, pauses) {
  const leading = [new Set(aims)]; // states from which 0, 1, ... steps can lead to an aim
  const actions = [...world.actions.keys()];
  while (leading.length < horizon) {
    const aim = leading.at(-1);
    leading.push(new Set(near.filter((state) => actions.some((action) => aim.has(successor(world, state, action))))));
    if (pauses.isDue()) await pauses.pause(leading.length / horizon);
  }
  let state = start;
  return leading.reverse().map((aim) => {
    const action = actions.find((each) => aim.has(successor(world, state, each)));
    state = successor(world, state, action);
    return { action: world.actions[action], ...agentOf(world, state), boxes: boxesOf(world, state) };
  });
}

export function agentOf(world, state) {
  return { ...xyOf(world.maze, placeOf(world, state)), heading: headingOf(world, state) };
}

function boxesOf(world, state) {
  if (!hasBoxes(world)) return null;
  return world.bodies[state].boxes.map((cell) => {
    const { x, y } = xyOf(world.maze, world.maze.places[cell]);
    return [x, y];
  });
}
