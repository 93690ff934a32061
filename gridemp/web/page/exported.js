// An exported page: maps that were computed before, a slider over their horizons, and pointing.

import { draw } from "./board.js";
import { cellAt, geometry } from "./geometry.js";

const SIDES = { ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowDown: [1, 0], ArrowLeft: [0, -1] };

const element = (id) => document.getElementById(id);
const data = JSON.parse(element("data").textContent);
const canvas = element("board");
const slider = element("horizon");
const rows = data.maze.cells.length;
const cols = data.maze.cells[0].length;
const numbers = new Map(); // of floor cells, in array order
let shown = data.maps.length - 1;
let pointed = null;
let board = null;
let reach = null;

for (let row = 0; row < rows; row++) {
  for (let col = 0; col < cols; col++) {
    if (data.maze.cells[row][col] !== "#") numbers.set(row * cols + col, numbers.size);
  }
}

async function unpackReach(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  reach = new Uint8Array(await new Response(stream).arrayBuffer());
}

// How likely each cell is in the end, as shares of the likeliest; null where none is known.
function reached(cell) {
  const from = cell && numbers.get(cell.row * cols + cell.col);
  if (!reach || from === undefined || from === null) return null;
  const grid = Array.from({ length: rows }, () => Array(cols).fill(null));
  const begin = (shown * numbers.size + from) * numbers.size;
  for (const [place, number] of numbers) {
    const share = data.levels === 1 ? (reach[(begin + number) >> 3] >> (7 - ((begin + number) & 7))) & 1 : reach[begin + number];
    if (share) grid[Math.floor(place / cols)][place % cols] = share;
  }
  return grid;
}

function show() {
  const map = data.maps[shown];
  const { width, height } = canvas.getBoundingClientRect();
  const dots = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * dots);
  canvas.height = Math.round(height * dots);
  board = geometry(width, height, data.maze);
  const context = canvas.getContext("2d");
  context.scale(dots, dots);
  const style = getComputedStyle(document.documentElement);
  draw(context, board, {
    ...data, ...map, zero: "absorbing",
    ringed: map.ringed.map(([x, y]) => ({ row: rows - 1 - y, col: x })),
    absorbing: new Set(map.absorbing.map(([x, y]) => (rows - 1 - y) * cols + x)),
    reached: reached(pointed), cursor: pointed,
    ink: style.getPropertyValue("--ink"), veil: style.getPropertyValue("--veil"),
  });
  element("caption").textContent = map.caption;
  element("peak").textContent = map.peak;
  element("here").textContent = pointed ? inWords(pointed, map) : "";
  document.querySelector("output[for=horizon]").textContent = map.horizon;
  slider.setAttribute("aria-valuetext", `${map.horizon} steps`);
  canvas.setAttribute("aria-label", `Maze of ${cols} by ${rows} cells, ${map.caption}; ${map.peak}`);
}

function inWords({ row, col }, map) {
  const place = `x = ${col}, y = ${rows - 1 - row}`;
  const bits = map.bits[row][col];
  if (bits === null) return `${place}: ${data.maze.cells[row][col] === "#" ? "solid" : "no value"}`;
  const count = map.outcomes?.[row][col];
  return `${place}: ${bits.toFixed(2)} bits` + (count ? `, ${count} outcome${count === 1 ? "" : "s"}` : "");
}

function point(cell) {
  if (cell?.row === pointed?.row && cell?.col === pointed?.col) return;
  pointed = cell;
  show();
}

function pointAt(event) {
  const frame = canvas.getBoundingClientRect();
  point(cellAt(board, event.clientX - frame.left, event.clientY - frame.top));
}

canvas.addEventListener("pointermove", pointAt);
canvas.addEventListener("pointerdown", pointAt);
canvas.addEventListener("pointerleave", (event) => {
  if (event.pointerType === "mouse") point(null); // a finger that is lifted has shown its cell
});
canvas.addEventListener("keydown", (event) => {
  if (!(event.key in SIDES) || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const [down, across] = SIDES[event.key];
  const { row, col } = pointed ?? { row: rows - 1, col: -across };
  point({
    row: Math.min(Math.max(row + down, 0), rows - 1),
    col: Math.min(Math.max(col + across, 0), cols - 1),
  });
});
slider.max = data.maps.length - 1;
slider.value = shown;
element("controls").hidden = data.maps.length === 1;
slider.addEventListener("input", () => {
  shown = Number(slider.value);
  show();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
new ResizeObserver(show).observe(canvas);
if (data.reach) await unpackReach(data.reach);
show();
