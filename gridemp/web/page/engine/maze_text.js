// A maze from text in one of gridemp's own two formats.

import { readBlock } from "./block_text.js";
import { numberedRows, trimmed } from "./lines.js";
import { checkMaze, refuse } from "./questions.js";
import { plainName } from "./text.js";
import { readThin } from "./thin_text.js";

// Suffixes of formats that only Python reads.
const OTHERS = /\.(map|sok|xsb|slc|lay|maz|num|ya?ml|tm[xj]|csv|np[yz]|png|gif|bmp|jpe?g)$/i;

// Return {maze, said, left_out, outside}; `outside` is the number of cells left out outside the walls.
// `data` is what `start` answers.
export function readText({ text, file }, data) {
  if (OTHERS.test(file)) refuse("format_needs_python", "maze", { file });
  const rows = numberedRows(text);
  if (hasBlankColumns(trimmed(rows))) refuse("format_needs_python", "maze", { file });
  const isThin = /^[+o]/.test(rows.find(({ line }) => line.trim()).line.trimStart());
  const { outside, ...drawing } = (isThin ? readThin : readBlock)(rows, Object.keys(data.objects).join(""));
  const maze = { name: plainName(file.replace(/(?<=.)\.[^.]*$/, "")), ...drawing };
  checkMaze(maze, data);
  return { maze, said: [], left_out: [], outside };
}

// True if blanks between the characters of each line are no cells; see gridemp/mazes/blank_columns.py.
function hasBlankColumns(rows) {
  const lines = rows.map(({ line }) => [...line].filter((_, i) => i % 2 === 0).join(""));
  const isSpread = rows.every(({ line }, i) =>
    line.length === rows[0].line.length && [...line].every((letter, col) => /[ \t]/.test(letter) === (col % 2 === 1)) &&
    /^#.*#$/.test(lines[i]));
  return isSpread && lines.length > 2 && lines[0].length > 2 && [lines[0], lines.at(-1)].every((line) => /^#+$/.test(line));
}
