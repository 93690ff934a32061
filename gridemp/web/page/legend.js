// The legend below the board: the marks that are seen, and their meanings.

import { FRESH, SOLID_COLOR, hatching } from "./board.js";
import { dotting } from "./colorbar.js";
import { AGENT, drawFrame, drawObject, drawRing } from "./marks.js";
import { KEYS, LOCKED, SOLID } from "./mazes.js";
import { drawArrow } from "./overlays.js";
import { ABSORBING, disc } from "./shapes.js";
import { say } from "./words.js";

const SIDE = 20; // pixels of a mark
const OBJECTS = { T: "trap", $: "box", B: "fixed", "~": "ice", S: "start", G: "goal", D: "closed", d: "open", b: "ball" };
const CONVEYOR = /[\^>v<]/;

export function makeLegend({ element, state }) {
  let told = "";

  // Tell of what a scene shows.
  function tellLegend(scene) {
    const entries = entriesOf(scene, state);
    const next = JSON.stringify([entries.map(([words]) => words), scene.veil, scene.scale]);
    if (next === told) return;
    told = next;
    element("legend").replaceChildren(...entries.map(([words, mark]) => entry(words, mark)));
  }

  return { tellLegend };
}

// Return the words of each mark that is seen, and how it is drawn.
function entriesOf(scene, { map, picked }) {
  const letters = scene.maze.cells.join("");
  const entries = [];
  const floor = (context) => square(context, scene.palette[Math.floor(scene.palette.length / 2)]);
  const add = (seen, key, mark, facts) => seen && entries.push([say(`legend.${key}`, facts), mark]);
  add(scene.ringed.length, "peak", (context) => {
    square(context, scene.palette.at(-1));
    drawRing(context, SIDE / 2, SIDE / 2, 5, 1.4);
  });
  const dot = (context) => {
    floor(context);
    disc(context, SIDE / 2, SIDE / 2, 3.5, "white", "black", 0.8);
  };
  const steps = { count: scene.steps ?? map?.horizon };
  add(scene.reached && map?.deterministic, "reached", dot, steps);
  add(scene.reached && !map?.deterministic, "likely", dot, steps);
  add(scene.fresh?.size, "fresh", (context) => {
    floor(context);
    disc(context, SIDE / 2, SIDE / 2, 3.5, FRESH, "black", 0.8);
  });
  add(scene.reached && hasGaps(scene), "unreached", (context) => {
    floor(context);
    square(context, scene.veil);
  });
  add(scene.pin, picked ? "picked" : "pin", (context) => {
    floor(context);
    drawFrame(context, 0, 0, SIDE, 0.8);
  });
  add(scene.policy, "policy", (context) => {
    floor(context);
    drawArrow(context, [3, SIDE / 2], [1, 0], SIDE - 6, SIDE);
  });
  add(scene.agent || scene.walk, "agent", (context) => disc(context, SIDE / 2, SIDE / 2, 6, AGENT, "black", 1.2));
  add(letters.includes(SOLID), "solid", (context) => square(context, SOLID_COLOR, hatching(context)));
  for (const [letter, key] of Object.entries(OBJECTS)) add(letters.includes(letter), key, object(letter));
  add(CONVEYOR.test(letters), "conveyor", object(">"));
  for (const [pair, key] of [[KEYS, "key"], [LOCKED, "locked"]]) {
    const first = [...pair].find((letter) => letters.includes(letter));
    add(first, key, object(first));
  }
  add(scene.absorbing.size, "absorbing", (context) => square(context, ABSORBING, dotting(context)));
  return entries;

  function object(letter) {
    return (context) => {
      floor(context);
      drawObject(context, letter, SIDE / 2, SIDE / 2, 10);
    };
  }
}

function hasGaps({ reached, maze }) {
  return maze.cells.some((cells, row) => [...cells].some((cell, col) => cell !== SOLID && (reached[row]?.[col] ?? null) === null));
}

function square(context, ...fills) {
  for (const fill of fills) {
    context.fillStyle = fill;
    context.fillRect(1, 1, SIDE - 2, SIDE - 2);
  }
}

function entry(words, mark) {
  const canvas = Object.assign(document.createElement("canvas"), { width: 3 * SIDE, height: 3 * SIDE });
  canvas.setAttribute("aria-hidden", "true");
  const context = canvas.getContext("2d");
  context.scale(3, 3);
  mark(context);
  const item = document.createElement("li");
  item.append(canvas, words);
  return item;
}
