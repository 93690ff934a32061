// A world without noise: the states of an agent in a maze, what actions do and what is sensed.

import { makeDynamics } from "./dynamics.js";
import { readMaze } from "./maze.js";
import { HEADINGS, actionNames } from "./moves.js";
import { readings } from "./sensors.js";
import { jointStates } from "./states.js";

// `within` is the number of steps for which boxes are followed; `limit` and `refuse` are for worlds
// with too many states.
export async function makeWorld({ maze: drawing, moves, stay, torus, sensor }, { within, limit, refuse, pauses }) {
  const maze = readMaze(drawing);
  const actions = actionNames({ moves, stay });
  const dynamics = makeDynamics(maze, torus, moves === "king");
  const { bodies, successors } = await jointStates({ maze, dynamics, actions, within, limit, refuse, pauses });
  const ways = moves === "turn" ? HEADINGS.length : 1; // states of each cell in which an agent starts
  return {
    maze, actions, dynamics, bodies, successors, ways, sensor,
    starts: maze.places.length * ways,
    labels: readings(sensor, { maze, dynamics, bodies }),
  };
}

export function hasBoxes({ bodies }) {
  return bodies[0].boxes.length > 0;
}

export function placeOf({ maze, bodies }, state) {
  return maze.places[bodies[state].agent];
}

export function headingOf({ ways, bodies }, state) {
  return ways === 1 ? null : HEADINGS[bodies[state].heading];
}

export function successor({ successors, actions }, state, action) {
  return successors[state * actions.length + action];
}

// True for a state that every action leads back to.
export function isAbsorbing({ actions, successors }, state) {
  return actions.every((_, action) => successors[state * actions.length + action] === state);
}
