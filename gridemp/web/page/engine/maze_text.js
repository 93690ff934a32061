// A maze from text in one of gridemp's own two formats.

import { readBlock } from "./block_text.js";
import { numberedRows } from "./lines.js";
import { checkMaze, refuse } from "./questions.js";
import { plainName } from "./text.js";
import { readThin } from "./thin_text.js";

// Suffixes of formats that only Python reads.
const OTHERS = /\.(map|sok|xsb|lay)$/i;

// Return {maze, left_out, outside}; `outside` is the number of cells left out outside the walls.
// `data` is what `start` answers.
export function readText({ text, file }, data) {
  if (OTHERS.test(file)) refuse("format_needs_python", "maze", { file });
  const rows = numberedRows(text);
  const isThin = /^[+o]/.test(rows.find(({ line }) => line.trim()).line.trimStart());
  const { outside, ...drawing } = (isThin ? readThin : readBlock)(rows, Object.keys(data.objects).join(""));
  const maze = { name: plainName(file.replace(/(?<=.)\.[^.]*$/, "")), ...drawing };
  checkMaze(maze, data);
  return { maze, left_out: [], outside };
}
