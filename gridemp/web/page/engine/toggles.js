// The change of the mean empowerment if a thin wall is toggled, in a world without boxes. Only those
// starts are counted again from which n - 1 steps can lead to a state that has other successors than
// before, or n steps to one with another reading.

import { makeFollower } from "./counting.js";
import { comesBack, graphOf, predecessorsOf, setRow } from "./graph.js";
import { WALL_READINGS, openAround } from "./sensors.js";

// Return a function that gives the gain of a door in bits; `counts` has the counts of all states.
export async function makeToggles(world, counts, horizon, pauses) {
  const { maze, dynamics, bodies, actions, successors, ways, sensor } = world;
  const graph = await graphOf(world, pauses);
  const { period } = graph;
  const labels = world.labels.slice();
  const follower = makeFollower(graph, labels, sensor === "walls" ? WALL_READINGS : 0);
  const before = predecessorsOf(graph);
  const everyState = [...bodies.keys()];
  const statesIn = (cell) => everyState.slice(cell * ways, (cell + 1) * ways);

  return async (door, pauses) => {
    const { moved, relabelled } = toggled(door);
    const changed = [...moved.keys()];
    for (const [state, row] of moved) setRow(graph, state, row, 0);
    for (const [state, label] of relabelled) labels[state] = label;
    const stillBack = [...changed, ...predecessors(changed)].every((state) => comesBack(graph, state, period));
    graph.period = stillBack ? period : 0;
    const found = new Map();
    for (const state of affected(changed, [...relabelled.keys()])) {
      found.set(state, follower.after(state, horizon));
      if (pauses.isDue()) await pauses.pause(0);
    }
    graph.period = period;
    for (const state of changed) setRow(graph, state, successors, state * actions.length);
    for (const state of relabelled.keys()) labels[state] = world.labels[state];
    return gain(found);
  };

  // Of the states that a toggled wall changes, the new successors and the new labels.
  function toggled({ kind, row, col }) {
    const near = cellsNear(maze, row, col);
    const place = row * maze.cols + col;
    const flip = () => {
      maze.walls[kind][place] ^= 1;
      dynamics.renew(near);
    };
    flip();
    const moved = new Map();
    const relabelled = new Map();
    for (const state of dynamics.carries ? everyState : near.flatMap(statesIn)) {
      const next = actions.map((action) => {
        const { agent, heading } = dynamics.after(bodies[state], action);
        return agent * ways + heading;
      });
      if (next.some((after, i) => after !== successors[state * actions.length + i])) moved.set(state, next);
    }
    for (const state of sensor === "walls" ? near.flatMap(statesIn) : []) {
      const label = openAround(dynamics, bodies[state]);
      if (label !== world.labels[state]) relabelled.set(state, label);
    }
    flip();
    return { moved, relabelled };
  }

  function predecessors(states) {
    const { first, tails } = before;
    return states.flatMap((state) => [...tails.subarray(first[state], first[state + 1])]);
  }

  // The states from which few enough steps lead to one that has changed.
  function affected(changed, relabelled) {
    const all = new Set(relabelled);
    let layer = relabelled;
    for (let step = 1; step <= horizon; step++) {
      const next = step === 1 ? [...predecessors(layer), ...changed] : predecessors(layer);
      layer = [...new Set(next)].filter((state) => !all.has(state));
      for (const state of layer) all.add(state);
    }
    return all;
  }

  function gain(found) {
    const cells = new Set([...found.keys()].map((state) => Math.floor(state / ways)));
    let sum = 0;
    for (const cell of cells) {
      const states = statesIn(cell);
      const most = (countOf) => Math.max(...states.map(countOf));
      sum += Math.log2(most((state) => found.get(state) ?? counts[state])) - Math.log2(most((state) => counts[state]));
    }
    return sum / maze.places.length;
  }
}

// The floor cells whose steps a wall can block; a diagonal step depends on walls one cell away.
function cellsNear({ rows, cols, numbers }, row, col) {
  const near = new Set();
  for (let down = -1; down <= 2; down++) {
    for (let across = -1; across <= 2; across++) {
      near.add(numbers[((row + down + rows) % rows) * cols + ((col + across + cols) % cols)]);
    }
  }
  return [...near].filter((cell) => cell >= 0);
}
