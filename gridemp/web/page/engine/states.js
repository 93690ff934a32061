// States of a maze: the agent, its heading and the boxes; and the successors of each state.

import { HEADINGS } from "./moves.js";

// Return the bodies of all states and a table of their successors, state by state. States with the
// boxes where the maze has them come first: every cell and, if some action turns, every heading in
// it. With boxes, the others are numbered as they are met; states `within` steps away, the farthest
// that are built, lead to themselves. `refuse` is called if there are more than `limit`.
export async function jointStates({ maze, dynamics, actions, within, limit, refuse, pauses }) {
  const ways = actions.includes("forward") ? HEADINGS.length : 1;
  const cells = maze.places.length;
  const boxes = [...maze.places.keys()].filter((cell) => maze.letters[maze.places[cell]] === "$");
  const bodies = Array.from({ length: cells * ways }, (_, state) => (
    { agent: Math.floor(state / ways), heading: state % ways, boxes }
  ));
  if (boxes.length) {
    const successors = await reachable(bodies, { dynamics, actions, within, limit, refuse, pauses });
    return { bodies, successors };
  }
  const successors = new Int32Array(bodies.length * actions.length);
  let entry = 0;
  for (const body of bodies) {
    for (const action of actions) {
      const { agent, heading } = dynamics.after(body, action);
      successors[entry++] = agent * ways + heading;
    }
    if (pauses.isDue()) await pauses.pause(entry / successors.length);
  }
  return { bodies, successors };
}

// Add the states that can be reached to the bodies, and return the successors of all.
async function reachable(bodies, { dynamics, actions, within, limit, refuse, pauses }) {
  const numbers = new Map();
  const successors = [];
  for (const body of bodies) numbers.set(keyOf(body), numbers.size);
  let expanded = 0;
  for (let step = 0; step < within && expanded < bodies.length; step++) {
    const end = bodies.length;
    for (; expanded < end; expanded++) {
      for (const action of actions) successors.push(numberOf(dynamics.after(bodies[expanded], action)));
      if (bodies.length > limit) refuse();
      if (pauses.isDue()) await pauses.pause(bodies.length / limit);
    }
  }
  for (; expanded < bodies.length; expanded++) for (const _ of actions) successors.push(expanded);
  return Int32Array.from(successors);

  function numberOf(body) {
    const key = keyOf(body);
    let number = numbers.get(key);
    if (number === undefined) {
      number = bodies.length;
      numbers.set(key, number);
      bodies.push(body);
    }
    return number;
  }
}

function keyOf({ agent, heading, boxes }) {
  return String.fromCharCode(agent, heading, ...boxes);
}
