// A maze as text: in the thin-wall format if it has thin walls, else in the block format.

const ENDINGS = /^[ .-]+|[ .-]+$/g;
const UNUSUAL = /[^\p{L}\p{N}_ .()+-]/gu; // characters that names of files may not have
export const MAX_NAME = 60;

export function textOf(maze) {
  const hasWalls = maze.right.some((line) => line.includes("|")) || maze.below.some((line) => line.includes("-"));
  return (hasWalls ? thinText(maze) : blockText(maze)).map((line) => `${line}\n`).join("");
}

function blockText({ cells }) {
  const edge = "#".repeat(cells[0].length + 2);
  return [edge, ...cells.map((line) => `#${line}#`), edge];
}

function thinText({ cells, right, below }) {
  const edge = (walls) => "+" + [...walls].map((wall) => (wall === "-" ? "---+" : "   +")).join("");
  const content = { ".": "   ", "#": "###" };
  const inside = (line, row) =>
    "|" + [...line].map((letter, col) => (content[letter] ?? ` ${letter} `) + ((right[row] + "|")[col] === "|" ? "|" : " ")).join("");
  const outer = "-".repeat(cells[0].length);
  return [edge(outer), ...cells.flatMap((line, row) => [inside(line, row), edge(below[row] ?? outer)])];
}

export function fileOf({ name }) {
  return `${name}.txt`;
}

// The name changed into one that a file can have on any system.
export function plainName(name) {
  return [...name.replace(UNUSUAL, "-")].slice(0, MAX_NAME).join("").replace(ENDINGS, "") || "maze";
}
