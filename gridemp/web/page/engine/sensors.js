// Sensors: a label for each state; states with equal labels look the same to the agent.

import { HEADINGS } from "./moves.js";

export const WALL_READINGS = 256; // possible, of eight directions

export function readings(sensor, { maze, dynamics, bodies }) {
  const { places, cols } = maze;
  const label = {
    state: (_, state) => state,
    position: ({ agent }) => agent,
    row: ({ agent }) => Math.floor(places[agent] / cols),
    column: ({ agent }) => places[agent] % cols,
    walls: (body) => openAround(dynamics, body),
  }[sensor];
  return Int32Array.from(bodies, label);
}

// The directions in which a step is open, one bit each, relative to the heading if there is one.
export function openAround(dynamics, body) {
  const turns = HEADINGS.length;
  const bits = dynamics.open(body).map((way) => (way < turns ? (way - body.heading + turns) % turns : way));
  return bits.reduce((label, bit) => label | (1 << bit), 0);
}
