// The settings of the page: their defaults, and the values of those that have only a few.

import { HEADINGS } from "./engine/moves.js";

export const DEFAULTS = {
  horizon: 5, slip: 0, slip_kind: "uniform", moves: "nesw", stay: true, torus: "", sensor: "state",
  range: null, numbers: null, pin: null, arrows: null, policy: "greedy",
};

const POLICIES = ["greedy", "plan"];

export const CHOICES = {
  slip_kind: ["uniform", "perpendicular"],
  moves: ["nesw", "king", "turn"],
  stay: [true, false],
  torus: ["", "x", "y", "xy"],
  sensor: ["state", "position", "row", "column", "walls"],
  numbers: [null, "bits", "outcomes"],
  arrows: [null, ...POLICIES],
  policy: POLICIES,
  heading: [null, ...HEADINGS], // of an agent that takes a step
};
