// Reader of the block format, in which each character is a cell; see gridemp/mazes/formats/block.py.

import { checkLengths, longest, padded, refuseAt, trimmed, withoutBlanks } from "./lines.js";
import { outsideOf, touches } from "./outside.js";

const WALL = "#";

// Return {cells, right, below, outside}: a drawing, and the number of spaces that are left out of it.
export function readBlock(rows, objects) {
  checkLetters(trimmed(rows), objects);
  const { kept, outside } = withoutOutside(rows);
  checkLengths(kept);
  let lines = kept.map(({ line }) => line);
  const indent = Math.min(...lines.map((line) => line.search(/[^ ]|$/)));
  if (indent && hasOuterWall(lines.map((line) => line.slice(indent)))) refuseAt(kept[0], 1, "text_indent");
  if (hasOuterWall(lines)) lines = lines.slice(1, -1).map((line) => line.slice(1, -1));
  const cells = lines.map((line) => line.replaceAll(" ", "."));
  const open = ".".repeat(cells[0].length);
  return { cells, right: cells.map(() => open.slice(1)), below: cells.slice(1).map(() => open), outside };
}

function checkLetters(rows, objects) {
  const allowed = `#. ${objects}`;
  for (const row of rows) {
    const column = [...row.line].findIndex((letter) => !allowed.includes(letter));
    if (column < 0) continue;
    const letter = [...row.line][column];
    refuseAt(row, column + 1, letter === "\t" ? "text_tab" : "text_letter", { letter });
  }
}

function hasOuterWall(lines) {
  if (lines.length < 3 || lines[0].length < 3) return false;
  const isWall = (line) => /^#+$/.test(line);
  return isWall(lines[0]) && isWall(lines.at(-1)) && lines.every((line) => line[0] === WALL && line.at(-1) === WALL);
}

// Return equally long rows with wall instead of the outside, if the blanks at their ends mean one
// thing only.
function withoutOutside(rows) {
  const width = longest(trimmed(rows));
  const cut = rows.map(({ number, line }) => ({ number, line: line.slice(0, width + 1) }));
  const even = cut.every(({ line }) => line) && padded(cut);
  if (!even) return { kept: rows, outside: 0 };
  const letters = [...even.map(({ line }) => line).join("")];
  const size = { rows: even.length, cols: even[0].line.length };
  const [space, wall] = [" ", WALL].map((each) => Uint8Array.from(letters, (letter) => letter === each));
  const left = outsideOf(space, wall, size);
  if (!left) return { kept: withoutStrayBlanks(rows), outside: 0 };
  const [top, bottom] = [even.findIndex(isDrawn), even.findLastIndex(isDrawn) + 1];
  const kept = rows.slice(top, bottom);
  const isShort = kept.some(({ line }) => line.length < width);
  if (isShort && !isThin(wall, left, size)) return { kept: withoutStrayBlanks(kept), outside: 0 };
  const drawn = even.slice(top, bottom);
  const start = Math.min(...drawn.filter(isDrawn).map(({ line }) => line.search(/[^ ]/)));
  const inner = drawn.map(({ number, line }, i) => {
    const filled = [...line].map((letter, col) => (left[(top + i) * size.cols + col] ? WALL : letter));
    return { number, line: filled.slice(start, width).join("") };
  });
  const isOutside = (there, place) => there && place % size.cols >= start && place % size.cols < width;
  const among = left.slice(top * size.cols, bottom * size.cols);
  return { kept: inner, outside: among.filter(isOutside).length };
}

function isDrawn({ line }) {
  return line.trim() !== "";
}

// True if all wall at the outside has floor behind it, so that no piece of a row is missing.
function isThin(wall, left, size) {
  const behind = wall.map((there, place) => Number(!there && !left[place]));
  return wall.every((there, place) =>
    !there || !touches(left, place, size, false) || touches(behind, place, size, true));
}

// Return rows of different lengths without the blanks at their ends, if no other spaces are floor.
function withoutStrayBlanks(rows) {
  const bare = withoutBlanks(rows);
  const isEven = rows.every(({ line }) => line.length === rows[0].line.length);
  return isEven || bare.some(({ line }) => line.includes(" ")) ? rows : bare;
}
