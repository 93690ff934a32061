// Maze and settings in the fragment of the address, so that a link restores them. In a lesson, the
// address names the step, and the browser's history keeps what the learner has done in it.

import { MAX_NAME } from "./engine/text.js";
import { inflated } from "./inflated.js";
import { placeInside, sameMaze } from "./mazes.js";
import { Refusal } from "./refusal.js";
import { DEFAULTS } from "./settings.js";
import { nearest } from "./spelling.js";

const LARGEST = 200_000; // letters of a maze

export function makeAddress(page) {
  const { state, begun } = page;
  const bundled = begun.mazes.map(({ maze }) => maze);
  let opened = 0; // the number of links that were opened
  let known = null; // the fragment that was last read or written; while there is another, the address stays as it is
  let written = null; // the place that the address is of

  // Another step of a lesson, or another maze, is a place to which the browser's Back returns.
  async function writeAddress() {
    if (location.protocol === "about:") return; // a frame without an address
    const [place, lesson] = [placeNow(), page.openedLesson()];
    const fragment = lesson ? lessonLink(lesson) : await toFragment(state.maze, state.settings, bundled);
    if (location.hash !== known) return; // a link is to be read
    if (place !== placeNow()) return; // the page has gone on meanwhile
    const write = written === null || written === place ? "replaceState" : "pushState";
    history[write](lesson ? page.stepNow() : null, "", fragment);
    known = location.hash;
    written = place;
  }

  function placeNow() {
    const lesson = page.openedLesson();
    return lesson ? lessonLink(lesson) : state.maze.name;
  }

  // Show what the address asks for.
  async function open() {
    const serial = ++opened;
    const { hash } = location;
    const lesson = lessonAsked(hash);
    if (!lesson) page.leaveLesson();
    const found = lesson ? null : await fromFragment(hash, bundled, state.maze);
    if (serial !== opened) return; // a newer link was opened meanwhile
    known = hash;
    const shown = lesson ? openLesson(lesson) : openMaze(hash, found);
    written = placeNow();
    await shown;
  }

  async function openMaze(hash, found) {
    const { maze, settings } = found ?? state;
    const other = !sameMaze(maze, state.maze) || maze.name !== state.maze.name;
    if (other && opened > 1) return page.load(maze, settings);
    if (hash.length > 1) page.apply(settings);
    if (other) return page.see(maze);
    page.showSettings();
    await page.refresh();
    if (!found) page.refuse(unreadable(hash, bundled.map(({ name }) => name), state.maze.name));
  }

  async function openLesson({ name, step }) {
    if (page.openLesson(name, step, history.state)) return;
    await page.refresh();
    page.refuse(new Refusal({ kind: "no_lesson", facts: { name } }));
  }

  return { writeAddress, open };
}

function lessonLink({ name, step }) {
  return step === 1 ? `#lesson=${name}` : `#lesson=${name}&step=${step}`;
}

function lessonAsked(fragment) {
  const words = wordsOf(fragment);
  return words.has("lesson") && { name: words.get("lesson"), step: Math.trunc(words.get("step")) || 1 };
}

function wordsOf(fragment) {
  return new URLSearchParams(fragment.replace(/^#/, ""));
}

// Return the refusal of a fragment that cannot be read, while the page shows the maze `name`; it may
// ask for a maze that is not among the bundled ones.
function unreadable(fragment, bundled, name) {
  const words = wordsOf(fragment);
  const asked = words.get("maze")?.slice(0, MAX_NAME);
  if (!asked || words.has("drawing") || bundled.includes(asked)) {
    return new Refusal({ kind: "bad_link", facts: { name } });
  }
  const near = nearest(asked.toLowerCase(), bundled);
  return new Refusal({ kind: near ? "no_maze_near" : "no_maze", facts: { asked, near, name } });
}

export async function toFragment(maze, settings, bundled) {
  const words = new URLSearchParams();
  const known = bundled.find((other) => other.name === maze.name && sameMaze(other, maze));
  if (known) words.set("maze", maze.name);
  else words.set("drawing", await packed(JSON.stringify(maze)));
  for (const [name, value] of Object.entries(settings)) {
    if (value !== DEFAULTS[name]) words.set(name, Array.isArray(value) ? value.join(",") : value);
  }
  return "#" + words;
}

// Return {maze, settings}, or null if the fragment cannot be read. By default the maze is the one
// that is shown, and settings are the defaults.
async function fromFragment(fragment, bundled, shown) {
  const words = wordsOf(fragment);
  try {
    let maze = shown;
    if (words.has("maze")) maze = bundled.find((other) => other.name === words.get("maze"));
    if (words.has("drawing")) maze = drawing(JSON.parse(await unpacked(words.get("drawing"))));
    if (!maze) return null;
    const settings = { ...DEFAULTS };
    for (const name of Object.keys(DEFAULTS)) {
      if (words.has(name)) settings[name] = setting(name, words.get(name), DEFAULTS[name]);
    }
    return { maze, settings: { ...settings, pin: placeInside(maze, settings.pin) } };
  } catch {
    return null;
  }
}

const PAIRS = ["range", "pin"];

function setting(name, word, byDefault) {
  if (typeof byDefault === "boolean") return word === "true";
  if (!PAIRS.includes(name)) return typeof byDefault === "number" ? checked(Number(word)) : word;
  const pair = word.split(",").map(Number).map(checked);
  return pair.length === 2 ? pair : byDefault;
}

function checked(number) {
  if (!Number.isFinite(number)) throw new Error("no number");
  return number;
}

function drawing({ name, cells, right, below }) {
  const cols = cells[0].length;
  const fits = (lines, rows, length) =>
    lines.length === rows && lines.every((text) => typeof text === "string" && text.length === length);
  const rows = cells.length;
  if (typeof name !== "string" || !cols) throw new Error("no maze");
  if (!fits(cells, rows, cols) || !fits(right, rows, cols - 1) || !fits(below, rows - 1, cols)) {
    throw new Error("ragged");
  }
  return { name, cells, right, below };
}

async function packed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function unpacked(word) {
  const stream = inflated(word.replaceAll("-", "+").replaceAll("_", "/"), "deflate-raw");
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return text;
    text += value;
    if (text.length > LARGEST) throw new Error("too large");
  }
}
