// What one state can reach step by step, and one sequence of actions as an example.

import { xyOf } from "./maze.js";
import { outcomesOf, sourceOf } from "./source.js";
import { hasBoxes, headingOf, placeOf, successor } from "./world.js";

export function revealFrom(world, start, horizon) {
  const { follower } = world;
  const steps = [];
  const fewest = new Map([[start, 0]]); // steps to each state
  let ends = [start];
  follower.begin(start);
  for (let step = 1; step <= horizon; step++) {
    follower.advance();
    ends = [...follower.reached()];
    for (const state of ends) if (!fewest.has(state)) fewest.set(state, step);
    steps.push({ horizon: step, ...outcomesOf(world, ends) });
  }
  return {
    deterministic: true,
    steps,
    walk: walkTo(world, start, farthest(world, ends, fewest), [...fewest.keys()], horizon),
    walk_reached: null,
    walk_probability: null,
    first_actions: sourceOf(world, start, horizon).first_actions,
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
function walkTo(world, start, aims, near, horizon) {
  const leading = [new Set(aims)]; // states from which 0, 1, ... steps can lead to an aim
  const actions = [...world.actions.keys()];
  while (leading.length < horizon) {
    const aim = leading.at(-1);
    leading.push(new Set(near.filter((state) => actions.some((action) => aim.has(successor(world, state, action))))));
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
