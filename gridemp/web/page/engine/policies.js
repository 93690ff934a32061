// Policies that follow empowerment: the actions that are equally good in a state.

import { successor } from "./world.js";

const GAMMA = 0.9;
const ROUNDING = 1e-12; // bits by which equal values may differ
const TOLERANCE = 1e-9; // bits: accuracy of the values of states in a plan
const EPSILON = 32 * Number.EPSILON; // rounding, relative to the values
const MAX_SWEEPS = 1e6;

// The actions with the highest empowerment of the next state; `bits` has that of each such state.
export function greedyActions(world, bits, state) {
  return bestActions(world, state, (next) => bits[next], ROUNDING);
}

// Return a function that gives the actions with the highest discounted sum of empowerment in a state.
// `near` are all states that an agent can get to, and `bits` has the empowerment of each of them.
export async function makePlan(world, bits, near, pauses) {
  const { value, spread } = await stateValues(world, bits, near, pauses);
  const top = near.reduce((highest, state) => Math.max(highest, value[state]), 0);
  const slack = ROUNDING + GAMMA * (spread + EPSILON * top);
  return (state) => bestActions(world, state, (next) => bits[next] + GAMMA * value[next], slack);
}

function bestActions(world, state, valueOf, slack) {
  const values = world.actions.map((_, action) => valueOf(successor(world, state, action)));
  const best = Math.max(...values);
  return [...values.keys()].filter((action) => values[action] >= best - slack);
}

// Value iteration: V(s) = max over a of E(s') + gamma V(s'). After a sweep that changed the values by
// d(s), the truth is at least gamma / (1 - gamma) min d and at most gamma / (1 - gamma) max d above
// them (J. MacQueen, "A modified dynamic programming method for Markovian decision problems", 1966).
// `spread` is the difference of these bounds.
async function stateValues({ successors, actions }, bits, near, pauses) {
  const later = GAMMA / (1 - GAMMA);
  const expectedSweeps = Math.log((TOLERANCE * (1 - GAMMA)) / 100) / Math.log(GAMMA);
  let value = new Float64Array(bits.length);
  let next = new Float64Array(bits.length);
  for (let sweep = 0; ; sweep++) {
    let [low, high, top] = [Infinity, -Infinity, 0];
    for (const state of near) {
      let best = -Infinity;
      const row = state * actions.length;
      for (let entry = row; entry < row + actions.length; entry++) {
        const ahead = bits[successors[entry]] + GAMMA * value[successors[entry]];
        if (ahead > best) best = ahead;
      }
      next[state] = best;
      const change = best - value[state];
      if (change < low) low = change;
      if (change > high) high = change;
      if (best > top) top = best;
    }
    [value, next] = [next, value];
    const spread = later * (high - low);
    if (spread <= Math.max(TOLERANCE, later * EPSILON * top) || sweep === MAX_SWEEPS) return { value, spread };
    if (pauses.isDue()) await pauses.pause(Math.min(1, sweep / expectedSweeps));
  }
}

// The states that any number of steps can lead to, the given ones among them.
export function statesAhead({ successors, actions, bodies }, states) {
  const known = new Uint8Array(bodies.length);
  const ahead = [];
  const add = (state) => {
    if (!known[state]) ahead.push(state);
    known[state] = 1;
  };
  states.forEach(add);
  for (let i = 0; i < ahead.length; i++) {
    const row = ahead[i] * actions.length;
    for (let entry = row; entry < row + actions.length; entry++) add(successors[entry]);
  }
  return ahead;
}
