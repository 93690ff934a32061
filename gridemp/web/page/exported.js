// An exported page: maps that were computed before, a slider over their horizons, and pointing.

import { draw } from "./board.js";
import { about, aboutColors, caption, peak } from "./exported/captions.js";
import { makePlay } from "./exported/play.js";
import { unpackReach } from "./exported/reach.js";
import { beside, sideOf } from "./cursor.js";
import { cellAt, geometry, heightFor } from "./geometry.js";
import { chosenLanguage, fillIn, say, speak } from "./words.js";

const element = (id) => document.getElementById(id);
const data = JSON.parse(element("data").textContent);
const canvas = element("board");
const slider = element("horizon");
const rows = data.maze.cells.length;
const cols = data.maze.cells[0].length;
let shown = data.opens;
let pointed = null;
let board = null;

const language = chosenLanguage() in data.words ? chosenLanguage() : "en";
speak(language, data.words[language]);
fillIn();
if (!data.titled) document.title = document.querySelector("h1").textContent = say("exported.title", { name: data.name });
if (data.left_out) element("note").textContent = say(`exported.left_out_${data.left_out}`);
const reachOf = await unpackReach(data);

function show() {
  const map = data.maps[shown];
  const reached = pointed && reachOf(shown, pointed);
  const frame = canvas.getBoundingClientRect();
  const dots = window.devicePixelRatio || 1;
  canvas.style.setProperty("--wanted", `${heightFor(frame.width, data.maze)}px`);
  const { width, height } = canvas.getBoundingClientRect();
  canvas.width = Math.round(width * dots);
  canvas.height = Math.round(height * dots);
  board = geometry(width, height, data.maze);
  const context = canvas.getContext("2d");
  context.scale(dots, dots);
  const style = getComputedStyle(document.documentElement);
  draw(context, board, {
    maze: data.maze, torus: data.conditions.torus, palette: data.palette, range: data.range, bits: map.bits,
    label: say(data.bounds ? "picture.bar_lower" : "picture.bar"), zero: say("picture.absorbing"),
    ringed: map.ringed.map(([x, y]) => ({ row: rows - 1 - y, col: x })),
    absorbing: new Set(map.absorbing.map(([x, y]) => (rows - 1 - y) * cols + x)),
    reached, cursor: pointed,
    ink: style.getPropertyValue("--ink"), veil: style.getPropertyValue("--veil"),
  });
  const [described, brightest] = [caption(data, map), peak(data, map)];
  element("about").textContent = aboutColors(data, map);
  element("caption").textContent = described;
  element("peak").textContent = brightest;
  element("here").textContent = pointed ? about(pointed, data, map, reached) : say(data.reach ? "exported.hint" : "exported.hint_values");
  document.querySelector("output[for=horizon]").textContent = map.horizon;
  slider.value = shown;
  slider.setAttribute("aria-valuetext", say("exported.steps", { count: map.horizon }));
  canvas.setAttribute("aria-label", say("exported.label", { cols, rows, caption: described, peak: brightest }));
}

function go(number) {
  shown = Math.min(Math.max(number, 0), data.maps.length - 1);
  show();
}

function point(cell) {
  if (cell?.row === pointed?.row && cell?.col === pointed?.col) return;
  pointed = cell;
  show();
}

function pointAt(event) {
  const frame = canvas.getBoundingClientRect();
  const cell = cellAt(board, event.clientX - frame.left, event.clientY - frame.top);
  if (cell || event.pointerType === "mouse") point(cell); // a finger beside the maze points on
}

canvas.addEventListener("pointermove", pointAt);
canvas.addEventListener("pointerdown", pointAt);
canvas.addEventListener("pointerleave", (event) => {
  if (event.pointerType === "mouse") point(null); // a finger that is lifted has shown its cell
});
canvas.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const side = sideOf(event.key);
  if (event.key === " ") play.toggle();
  else if (side) point(pointed ? beside(pointed, side, data.maze) : { row: rows - 1, col: 0 });
  else return;
  event.preventDefault();
});

const play = makePlay({ button: element("play"), count: data.maps.length, at: () => shown, go });
slider.max = data.maps.length - 1;
element("controls").hidden = data.maps.length === 1;
slider.addEventListener("input", () => {
  play.stop();
  go(Number(slider.value));
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
new ResizeObserver(show).observe(canvas);
show();
document.dispatchEvent(new Event("begun"));
