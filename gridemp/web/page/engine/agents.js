// An agent that follows a policy: the arrows of all cells, and single steps.

import { withBoxes } from "../mazes.js";
import { mapOf } from "./map.js";
import { xyOf } from "./maze.js";
import { HEADINGS } from "./moves.js";
import { greedyActions, makePlan, statesAhead } from "./policies.js";
import { checkPushed, checkedCell, refuse } from "./questions.js";
import { firstRandom } from "./random.js";
import { agentOf } from "./reveal.js";
import { startsOf } from "./solver.js";
import { hasBoxes, successor } from "./world.js";

const FAR = 1e6; // steps in which boxes can be pushed to wherever they can get

export async function arrowsOf(solver, question, pauses) {
  const world = await policyWorld(solver, question, pauses);
  const { actionsIn, counts } = await policyOf(solver, question, world, startsOf(world), pauses);
  const arrows = [...mapOf(world, counts, question.horizon).states].map((state) => (
    { ...agentOf(world, state), actions: actionsIn(state).map((action) => world.actions[action]) }
  ));
  return { arrows };
}

// `draw` is the seed of the choice among equally good actions.
export async function stepOf(solver, question, pauses) {
  const world = await policyWorld(solver, question, pauses);
  const cell = checkedCell(world.maze, question, "agent");
  const heading = world.ways > 1 ? Math.max(HEADINGS.indexOf(question.heading), 0) : 0; // north by default
  const state = cell * world.ways + heading;
  const { actionsIn, bits } = await policyOf(solver, question, world, [state], pauses);
  const good = actionsIn(state);
  const action = drawn(good, world.actions.length, question.draw);
  const after = successor(world, state, action);
  return {
    ...agentOf(world, after),
    action: world.actions[action],
    expected: bits[after],
    bits: bits[after],
    moved: after !== state,
    settled: good.every((each) => successor(world, state, each) === state),
    deterministic: true,
    maze: pushed(world, state, after, question.maze),
  };
}

// With boxes, a policy looks one step farther ahead than the map, and a plan as far as there are states.
async function policyWorld(solver, question, pauses) {
  const plans = question.policy === "plan";
  try {
    return await solver.worldOf(question, plans ? FAR : question.horizon + 1, pauses.part(0, 0.2));
  } catch (error) {
    if (plans && error.kind === "too_many_states") refuse("plan_states", "policy", error.facts);
    throw error;
  }
}

async function policyOf(solver, question, world, states, pauses) {
  const plans = question.policy === "plan";
  const near = plans ? statesAhead(world, states) : nextTo(world, states);
  const counts = await solver.countsOf(world, near, question.horizon, pauses.part(0.2, 0.9));
  const bits = Float64Array.from(counts, Math.log2);
  const plan = plans ? await makePlan(world, bits, near, pauses.part(0.9, 1)) : null;
  return { bits, counts, actionsIn: plan ?? ((state) => greedyActions(world, bits, state)) };
}

function nextTo(world, states) {
  return [...new Set(states.flatMap((state) => [state, ...world.actions.map((_, action) => successor(world, state, action))]))];
}

// One of some actions, drawn as numpy.random.default_rng(seed).choice draws it.
function drawn(good, actions, seed) {
  const number = firstRandom(seed);
  const sums = [];
  for (let action = 0; action < actions; action++) {
    sums.push((sums.at(-1) ?? 0) + (good.includes(action) ? 1 / good.length : 0));
  }
  return sums.findIndex((sum) => sum / sums.at(-1) > number);
}

// The maze with its boxes where they are after a step, null if it moved none.
function pushed(world, state, after, maze) {
  if (!hasBoxes(world) || world.bodies[state].boxes.join() === world.bodies[after].boxes.join()) return null;
  const boxes = world.bodies[after].boxes.map((cell) => Object.values(xyOf(world.maze, world.maze.places[cell])));
  checkPushed(maze, boxes);
  return withBoxes(maze, boxes);
}
