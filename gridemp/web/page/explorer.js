// The explorer: the state of the page, its changes, and requests for new maps.

import { toFragment, fromFragment } from "./address.js";
import { makeAgent } from "./agents.js";
import { Refusal, ask, askOnce, callOff, start } from "./asking.js";
import { bindControls } from "./controls.js";
import { blank, resized, sameMaze, sizeOf } from "./mazes.js";
import { accept, refuse, tell } from "./messages.js";
import { makePainting } from "./painting.js";
import { makePinned } from "./pinned.js";
import { bindPointing } from "./pointing.js";
import { makeSaving } from "./saving.js";
import { showTools } from "./tools.js";

const DEFAULTS = {
  horizon: 5, slip: 0, slip_kind: "uniform", moves: "nesw", stay: true, torus: "", sensor: "state",
  range: null, numbers: null, pin: null,
};
const MAX_UNDONE = 200;
const SETTLED = 250; // milliseconds without a change, before anything that is not urgent
const PATIENCE = 300; // milliseconds without an answer, before the page says so
const SOON = 60; // milliseconds that a map waits for the reach of a cell, to be drawn together

const element = (id) => document.getElementById(id);
const canvas = element("board");
const begun = await start();
const bundled = begun.mazes.map(({ maze }) => maze);
const state = {
  maze: begun.maze, settings: { ...DEFAULTS }, tool: "point",
  map: null, stale: true, reached: null, hovered: null, cursor: null, side: "north", agent: null,
};
const undone = { past: [], future: [] };
let timer = 0;
let waiting = 0;
let refreshed = 0;

// ---- Display

function pinned() {
  const { pin } = state.settings;
  return pin && cellOf({ x: pin[0], y: pin[1] });
}

function cellOf({ x, y }) {
  return { row: sizeOf(state.maze).rows - 1 - y, col: x };
}

function placeOf({ row, col }) {
  return { x: col, y: sizeOf(state.maze).rows - 1 - row };
}

function inWords(cell) {
  const { x, y } = placeOf(cell);
  const letter = state.maze.cells[cell.row][cell.col];
  if (letter === "#") return `x = ${x}, y = ${y}: solid`;
  const bits = state.stale ? null : state.map?.bits[cell.row]?.[cell.col] ?? null;
  const what = letter === "." ? "" : `, ${begun.objects[letter]}`;
  if (bits === null) return `x = ${x}, y = ${y}${what}`;
  const count = state.map.outcomes?.[cell.row][cell.col];
  const outcomes = count ? `, ${count} outcome${count === 1 ? "" : "s"}` : "";
  return `x = ${x}, y = ${y}: ${bits.toFixed(2)} bits${outcomes}${what}`;
}

// ---- Questions

function question() {
  const { horizon, slip, moves, stay, torus, sensor } = state.settings;
  const slip_kind = slip ? state.settings.slip_kind : DEFAULTS.slip_kind;
  return { maze: state.maze, horizon, slip, slip_kind, moves, stay, torus, sensor };
}

function mapQuestion() {
  return { ...question(), range: state.settings.range, numbers: state.settings.numbers };
}

// Return the question as text, without the options that only change the display of a map.
function worldAsked() {
  return JSON.stringify({ ...question(), maze: { ...state.maze, name: "" } });
}

async function refresh() {
  paint();
  canvas.setAttribute("aria-busy", "true");
  clearTimeout(timer);
  timer = setTimeout(settle, SETTLED);
  for (const kind of ["cell", "curve", "step"]) callOff(kind);
  clearTimeout(waiting);
  waiting = setTimeout(wait, PATIENCE, 0);
  const world = worldAsked();
  const serial = ++refreshed;
  let looked = null;
  try {
    const map = await ask("map", mapQuestion(), wait);
    if (map === null) return; // a newer one is on its way
    accept();
    Object.assign(state, { map, world, stale: false });
    looked = lookAround();
    await Promise.race([looked, new Promise((done) => setTimeout(done, SOON))]);
    if (state.reached?.map !== map) state.reached = null;
    paint();
  } catch (error) {
    accept();
    if (world !== state.world) Object.assign(state, { map: null, reached: null });
    state.stale = state.map === null; // otherwise only a display option was refused
    refuse(error);
  }
  if (serial !== refreshed) return;
  clearTimeout(waiting);
  element("progress").hidden = true;
  document.body.classList.remove("waiting");
  const { map } = state;
  element("peak").textContent = map ? map.peak + (map.shown && `, ${map.shown}`) : "";
  const { rows, cols } = sizeOf(state.maze);
  canvas.setAttribute("aria-label", `Maze ${state.maze.name}, ${cols} by ${rows} cells. ${map?.peak ?? ""}`);
  controls.show(state);
  await Promise.all([looked ?? lookAround(), showPinned()]);
  if (serial !== refreshed) return;
  canvas.setAttribute("aria-busy", "false");
  if (document.activeElement === canvas && state.cursor) pointing.say();
}

function wait(fraction) {
  accept();
  element("progress").hidden = false;
  element("progress").value = fraction;
  state.stale = true;
  document.body.classList.add("waiting");
  element("peak").textContent = "computing…";
  element("here").textContent = "";
  element("pinned").textContent = pinned() ? inWords(pinned()) : "";
}

// Show what is reached from the cell that is pointed at, or else from the pinned one.
async function lookAround() {
  const cell = state.tool === "point" && state.hovered ? state.hovered : pinned();
  const told = state.hovered ?? (document.activeElement === canvas ? state.cursor : null);
  element("here").textContent = told ? inWords(told) : "";
  if (!cell || !state.map || state.maze.cells[cell.row]?.[cell.col] === "#" || !state.maze.cells[cell.row]) {
    callOff("cell");
    state.reached = null;
    return paint();
  }
  const { map } = state;
  try {
    const answer = await ask("cell", { ...question(), ...placeOf(cell) });
    if (answer === null) return;
    state.reached = { map, grid: answer.reached };
    if (!answer.deterministic && told && told.row === cell.row && told.col === cell.col) {
      element("here").textContent = `${inWords(cell)}, ${answer.outcomes} possible outcomes`;
    }
  } catch (error) {
    state.reached = null;
    refuse(error);
  }
  paint();
}

async function settle() {
  history.replaceState(null, "", await toFragment(state.maze, state.settings, DEFAULTS, bundled));
  try {
    const described = await ask("describe", mapQuestion());
    if (!described) return;
    element("command").textContent = described.command;
    element("first").hidden = described.known;
  } catch (error) {
    element("command").textContent = "";
    refuse(error);
  }
}

// ---- Changes

function edit(maze, { again = false } = {}) {
  if (maze === state.maze) return;
  if (!again) {
    undone.past.push(state.maze);
    undone.past.splice(0, undone.past.length - MAX_UNDONE);
    undone.future = [];
  }
  see(maze);
}

function see(maze) {
  const [old, now] = [sizeOf(state.maze), sizeOf(maze)];
  state.maze = maze;
  if (old.rows !== now.rows || old.cols !== now.cols) {
    const inside = ({ row, col }) => ({ row: Math.min(row, now.rows - 1), col: Math.min(col, now.cols - 1) });
    Object.assign(state, { map: null, reached: null, hovered: null, cursor: state.cursor && inside(state.cursor) });
    const { pin } = state.settings;
    if (pin && (pin[0] >= now.cols || pin[1] >= now.rows)) state.settings.pin = null;
  }
  agent.check();
  controls.show(state);
  refresh();
}

function undo(from, to) {
  pointing.finish();
  const maze = from.pop();
  if (!maze) return;
  to.push(state.maze);
  see(maze);
}

function change(settings) {
  Object.assign(state.settings, settings);
  if (state.settings.slip > 0 && state.settings.numbers === "outcomes") state.settings.numbers = "bits";
  controls.show(state);
  refresh();
}

function unpin() {
  if (pinned()) pinAt(pinned());
}

function pinAt(cell) {
  const old = pinned();
  const again = old?.row === cell.row && old?.col === cell.col;
  const { x, y } = placeOf(cell);
  state.settings.pin = again || state.maze.cells[cell.row][cell.col] === "#" ? null : [x, y];
  clearTimeout(timer);
  timer = setTimeout(settle, SETTLED);
  lookAround();
  showPinned();
}

async function openText(text, file) {
  tell("");
  try {
    const read = await askOnce("read", { text, file });
    edit(read.maze);
    if (read.left_out.length) tell(`left out: ${read.left_out.join(", ")}`);
  } catch (error) {
    accept();
    refuse(error);
  }
}

// ---- The parts of the page

const painting = makePainting({
  canvas, state, palette: begun.palette, pinned, cellOf, edge: () => pointing.edge(),
});
const { paint } = painting;
const showPinned = makePinned({
  state, element, question, placeOf, pinned, inWords, refuse, longest: begun.limits.horizon,
});
const saving = makeSaving({ state, mapQuestion, tell, refuse });
const actions = {
  undo: () => undo(undone.past, undone.future),
  redo: () => undo(undone.future, undone.past),
  clear: () => edit(blank(state.maze.name, sizeOf(state.maze).rows, sizeOf(state.maze).cols)),
  open: () => element("file").click(),
  "copy-text": saving.copyText,
  "save-text": saving.saveText,
  "copy-command": saving.copyCommand,
};

const controls = bindControls({
  state, undone, actions, change, openText, saveFigure: saving.saveFigure, limits: begun.limits,
  load: (name) => edit(begun.mazes.find(({ maze }) => maze.name === name).maze),
  rename: (name) => edit({ ...state.maze, name }),
  resize: (rows, cols) => edit(resized(state.maze, rows, cols)),
  mazes: begun.mazes, refuse,
});
const agent = makeAgent({ state, element, question, placeOf, edit, paint, refuse });
const pointing = bindPointing({
  canvas, state, board: painting.board, edit, pinAt, paint, lookAround,
  drop: agent.drop, unpin, inWords, speak: (words) => (element("spoken").textContent = words),
});
showTools(element("tools"), state, () => {
  lookAround();
  paint();
});

async function open() {
  const found = await fromFragment(location.hash, DEFAULTS, bundled, state.maze);
  if (found) Object.assign(state.settings, found.settings);
  const { maze } = found ?? state;
  if (!sameMaze(maze, state.maze) || maze.name !== state.maze.name) {
    return refreshed ? edit(maze) : see(maze);
  }
  controls.show(state);
  await refresh();
  const sentence = `this link cannot be read; the page shows ${state.maze.name}`;
  if (!found) refuse(new Refusal({ sentence, field: "maze" }));
}

addEventListener("hashchange", open);
new ResizeObserver(paint).observe(canvas);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
open();
