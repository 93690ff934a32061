// The gallery: a dialog with a picture, a description and the settings of each bundled maze.

import { drawMaze } from "./board.js";
import { bare } from "./geometry.js";
import { sameMaze } from "./mazes.js";
import { Refusal } from "./refusal.js";
import { DEFAULTS } from "./settings.js";
import { hasWords, say } from "./words.js";

const SIDE = 168; // pixels of a picture
const HORIZON = 4; // of its colours

export function bindGallery(page) {
  const { state, element, begun } = page;
  const dialog = element("gallery");
  const needed = [...new Set(begun.mazes.flatMap(({ settings }) => Object.keys(settings)))];
  const maps = new Map(); // by name, as far as they are known
  let colouring = false;
  const pictures = new Map();

  for (const each of begun.mazes) element("gallery-list").append(card(each));

  function card({ maze, about, settings }) {
    const button = Object.assign(document.createElement("button"), { type: "button", name: maze.name });
    const [picture, name, words] = ["canvas", "strong", "span"].map((tag) => document.createElement(tag));
    picture.setAttribute("aria-hidden", "true");
    name.textContent = maze.name;
    words.textContent = hasWords(`mazes.${maze.name}`) ? say(`mazes.${maze.name}`) : about;
    button.append(picture, name, words);
    if (Object.keys(settings).length) {
      const needs = Object.assign(document.createElement("span"), { className: "needs" });
      needs.textContent = Object.entries(settings).map(inWords).join(", ");
      button.append(needs);
    }
    button.addEventListener("click", () => choose(maze, settings));
    pictures.set(maze.name, picture);
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  // The settings that other mazes need do not stay behind.
  function choose(maze, settings) {
    dialog.close();
    const others = Object.fromEntries(needed.map((name) => [name, DEFAULTS[name]]));
    page.load(maze, { ...others, ...settings });
  }

  function open() {
    for (const button of dialog.querySelectorAll("li button")) {
      const { maze } = begun.mazes.find((each) => each.maze.name === button.name);
      const current = maze.name === state.maze.name && sameMaze(maze, state.maze);
      if (current) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    dialog.showModal();
    begun.mazes.forEach(drawPicture);
    colour();
  }

  // Ask for the map of one maze after another, as long as the gallery is open.
  async function colour() {
    if (colouring) return;
    colouring = true;
    const { range, numbers, pin, arrows, policy, ...world } = DEFAULTS;
    try {
      for (const each of begun.mazes.filter(({ maze }) => !maps.has(maze.name))) {
        if (!dialog.open) return;
        maps.set(each.maze.name, await page.askOnce("map", { ...world, horizon: HORIZON, ...each.settings, maze: each.maze, range }));
        drawPicture(each);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error; // without colours, pictures are pictures, too
    } finally {
      colouring = false;
    }
  }

  function drawPicture({ maze, settings }) {
    const [rows, cols] = [maze.cells.length, maze.cells[0].length];
    const dots = window.devicePixelRatio || 1;
    const size = Math.max(1, Math.floor((dots * (SIDE - 8)) / Math.max(rows, cols))) / dots;
    const board = bare(maze, size, 4);
    const picture = pictures.get(maze.name);
    picture.width = Math.round(board.width * dots);
    picture.height = Math.round(board.height * dots);
    picture.style.width = `${board.width}px`;
    const context = picture.getContext("2d");
    context.scale(dots, dots);
    const map = maps.get(maze.name);
    const absorbing = new Set((map?.absorbing ?? []).map(([x, y]) => (rows - 1 - y) * cols + x));
    drawMaze(context, board, {
      maze, torus: settings.torus, palette: begun.palette, bits: map?.bits, range: map?.range, absorbing,
    });
  }

  element("mazes").addEventListener("click", open);
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close()); // beside it
  return {};
}

// Return a setting in words, such as "Torus: all edges joined".
function inWords([name, value]) {
  const key = `settings.${name}_${value}`;
  return say("gallery.setting", { name: say(`settings.${name}`), value: hasWords(key) ? say(key) : value });
}
