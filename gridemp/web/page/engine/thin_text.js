// Reader of the thin-wall format: posts, walls between them, and cells of one line; see
// gridemp/mazes/formats/thin.py.

import { checkLengths, padded, refuseAt, trimmed } from "./lines.js";
import { outsideOf, touches } from "./outside.js";

const POSTS = "+o";

// Return {cells, right, below, outside}: a drawing, and the number of cells that are left out of it.
export function readThin(all, objects) {
  const { rows, outside } = withoutOutside(trimmed(all));
  const firstCell = rows[0].line.match(/^[+o]([- ]+)[+o]/);
  if (!firstCell) refuseAt(rows[0], rows[0].line.search(/[^-+o]|^ /) + 1 || 1, "text_posts");
  const pitch = firstCell[1].length + 1;
  checkLengths(rows);
  const columns = rows[0].line.length;
  if (columns % pitch !== 1) refuseAt(rows[0], columns, "text_pitch", { pitch });
  if (rows.length < 3 || rows.length % 2 === 0) refuseAt(rows.at(-1), 1, "text_rows");
  rows.forEach((row, i) => checkCharacters(row, i, pitch, objects));
  const parts = (line) => Array.from({ length: (columns - 1) / pitch }, (_, col) => line.slice(col * pitch + 1, (col + 1) * pitch));
  const edges = rows.filter((_, i) => i % 2 === 0);
  const inside = rows.filter((_, i) => i % 2);
  for (const row of edges) parts(row.line).forEach((part, col) => checkEven(row, part, col * pitch, "text_wall"));
  for (const row of inside) {
    parts(row.line).forEach((part, col) => {
      if (!/^ *[^ #] *$/.test(part)) checkEven(row, part, col * pitch, "text_cell");
    });
  }
  const letterOf = (part) => (part[0] === "#" ? "#" : part.trim()[0] ?? ".");
  return {
    cells: inside.map(({ line }) => parts(line).map(letterOf).join("")),
    right: inside.map(({ line }) => parts(line).slice(0, -1).map((_, col) => (line[(col + 1) * pitch] === "|" ? "|" : ".")).join("")),
    below: edges.slice(1, -1).map(({ line }) => parts(line).map(([letter]) => (letter === "-" ? "-" : ".")).join("")),
    outside,
  };
}

function checkCharacters(row, i, pitch, objects) {
  const [atPosts, elsewhere] = i % 2 ? ["| ", ` #${objects}`] : [POSTS, "- "];
  const kinds = i % 2 ? ["text_gap", "text_cell"] : ["text_pitch", "text_edge"];
  const isWrong = (letter, col) => !(col % pitch ? elsewhere : atPosts).includes(letter);
  const column = Array.from({ length: row.line.length }, (_, col) => row.line[col]).findIndex(isWrong);
  if (column >= 0) refuseAt(row, column + 1, kinds[Number(column % pitch > 0)], { pitch });
}

function checkEven(row, part, start, kind) {
  const other = Array.from(part).findIndex((letter) => letter !== part[0]);
  if (other >= 0) refuseAt(row, start + other + 2, kind);
}

// Add the blanks that are missing at the ends of rows, and fill the cells outside with #.
function withoutOutside(rows) {
  const firstCell = rows[0].line.match(/[+o]([- ]+)[+o]/);
  const even = padded(rows);
  if (!firstCell || !even || rows.length < 3 || rows.length % 2 === 0) return { rows, outside: 0 };
  const pitch = firstCell[1].length + 1;
  const columns = even[0].line.length;
  if (columns % pitch !== 1) return { rows, outside: 0 };
  const size = { rows: rows.length, cols: 2 * Math.floor(columns / pitch) + 1 };
  const left = outsideAmong(even, pitch, size);
  const isLeft = (row, col) => left?.[row * size.cols + col];
  const isCell = (place) => Math.floor(place / size.cols) % 2 && (place % size.cols) % 2;
  const outside = left ? left.filter((there, place) => there && isCell(place)).length : 0;
  const isComplete = even.every(({ line }, i) => i % 2 || [...line].every((letter, col) => col % pitch || letter !== " "));
  if (!outside || isComplete) return { rows: rows.map((row, i) => (i % 2 ? even[i] : row)), outside: 0 };
  const filled = ({ number, line }, row) => {
    const letters = [...line].map((letter, col) => {
      const site = 2 * Math.floor(col / pitch) + Number(col % pitch > 0);
      if (!isLeft(row, site) || row % 2 !== site % 2) return letter;
      return row % 2 ? "#" : "+";
    });
    return { number, line: letters.join("") };
  };
  return { rows: even.map(filled), outside };
}

// Return the outside among posts, edges and cells; in this grid, each is one place.
function outsideAmong(rows, pitch, size) {
  const count = size.rows * size.cols;
  const isPost = Uint8Array.from({ length: count }, (_, place) => !(Math.floor(place / size.cols) % 2 || (place % size.cols) % 2));
  const sites = Array.from({ length: count }, (_, place) => {
    const [row, col] = [Math.floor(place / size.cols), place % size.cols];
    const start = Math.floor(col / 2) * pitch + (col % 2);
    const part = rows[row].line.slice(start, row % 2 && col % 2 ? start + pitch - 1 : start + 1);
    return { letter: part[0], isSpace: !part.trim() };
  });
  const solid = Uint8Array.from(sites, ({ letter }, place) =>
    letter === "#" && Math.floor(place / size.cols) % 2 && (place % size.cols) % 2);
  const drawn = Uint8Array.from(sites, ({ letter }, place) =>
    "-|".includes(letter) || solid[place] || touches(solid, place, size, true));
  // A post that no wall meets can be passed, as can the place of one that is missing.
  const wall = drawn.map((there, place) => Number(there || (isPost[place] && touches(drawn, place, size, false))));
  const space = Uint8Array.from(sites, ({ isSpace }, place) => (isSpace || isPost[place]) && !wall[place]);
  return outsideOf(space, wall, size);
}
