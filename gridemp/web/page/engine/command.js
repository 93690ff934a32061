// The command that makes the figure shown on the page, with the options of the command line.

import { fileOf } from "./text.js";

const UNSAFE = /[^\w@%+=:,./-]/; // in a word for a shell

// `known` is true if the maze has a name on the command line.
export function commandOf({ maze, horizon, slip, slip_kind, moves, stay, torus, sensor, range, numbers }, known) {
  const words = ["gridemp", "heatmap", known ? maze.name : fileOf(maze), "--horizon", horizon];
  if (slip) words.push("--slip", slip, ...(slip_kind === "uniform" ? [] : ["--slip-kind", slip_kind]));
  if (moves !== "nesw") words.push("--moves", moves);
  if (!stay) words.push("--no-stay");
  if (torus) words.push(torus === "xy" ? "--torus" : `--torus-${torus}`);
  if (sensor !== "state") words.push("--sensor", sensor);
  if (range) words.push("--vmin", range[0], "--vmax", range[1]);
  if (numbers) words.push("--annotate", numbers);
  return words.map((word) => asTyped(String(word))).join(" ");
}

function asTyped(word) {
  return word && !UNSAFE.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}
