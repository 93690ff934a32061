// The colourbar of a map: on the right of the maze, or below it on a narrow board.

import { ABSORBING, DOTS, line, text } from "./shapes.js";
import { number } from "./words.js";

const THICK = 14; // pixels
const SHORTEST = 120;

export function drawColorbar(context, board, scene) {
  if (board.narrow) return drawBelow(context, board, scene);
  const { shown, scale } = board;
  const whole = Math.max(shown.bottom - shown.top, SHORTEST);
  const tall = whole - (scene.absorbing?.size ? 36 * scale : 0);
  const left = shown.right + 16 * scale;
  const wide = THICK * scale;
  const y = (share) => shown.top + tall * (1 - share);
  scene.palette.forEach((color, i) => {
    context.fillStyle = color;
    context.fillRect(left, y((i + 1) / scene.palette.length), wide, tall / scene.palette.length + 1);
  });
  const style = { size: 13 * scale, color: scene.ink, align: "left" };
  for (const [value, share] of ticks(scene.range, tall / (40 * scale))) {
    tick(context, scene.ink, left + wide, y(share), left + wide + 4, y(share));
    text(context, number(value), left + wide + 7, y(share), style);
  }
  if (scene.absorbing?.size) {
    const low = shown.top + whole;
    swatch(context, left, low - 28 * scale, wide);
    text(context, number(0), left + wide + 7, low - 21 * scale, style);
    text(context, scene.zero, left, low - 5 * scale, { ...style, size: 12 * scale });
  }
  context.save();
  context.translate(left + 60 * scale, shown.top + tall / 2);
  context.rotate(-Math.PI / 2);
  text(context, scene.label, 0, 0, { size: 13 * scale, color: scene.ink });
  context.restore();
}

function drawBelow(context, board, scene) {
  const { shown, scale } = board;
  const wide = Math.max(shown.right - shown.left, SHORTEST);
  const left = Math.min(shown.left, board.width - wide - 8);
  const top = shown.bottom + 26 * scale;
  const x = (share) => left + wide * share;
  scene.palette.forEach((color, i) => {
    context.fillStyle = color;
    context.fillRect(x(i / scene.palette.length), top, wide / scene.palette.length + 1, 10 * scale);
  });
  const style = { size: 12 * scale, color: scene.ink };
  for (const [value, share] of ticks(scene.range, wide / (50 * scale))) {
    tick(context, scene.ink, x(share), top + 10 * scale, x(share), top + 13 * scale);
    text(context, number(value), x(share), top + 21 * scale, style);
  }
  const low = top + 38 * scale;
  text(context, scene.label, left + wide, low, { ...style, align: "right" });
  if (!scene.absorbing?.size) return;
  swatch(context, left, low - 6 * scale, 12 * scale);
  text(context, scene.zero, left + 18 * scale, low, { ...style, align: "left" });
}

// Return the values to be written at a colourbar, each with its share of the range.
function ticks([low, high], most) {
  return niceTicks(low, high, most).map((value) => [value, (value - low) / (high - low)]);
}

function tick(context, ink, ...ends) {
  context.strokeStyle = ink;
  context.lineWidth = 1;
  context.beginPath();
  line(context, ...ends);
  context.stroke();
}

// The colour of absorbing cells.
function swatch(context, x, y, size) {
  for (const fill of [ABSORBING, dotting(context)]) {
    context.fillStyle = fill;
    context.fillRect(x, y, size, size);
  }
}

export function dotting(context) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const inside = tile.getContext("2d");
  inside.fillStyle = DOTS;
  for (const at of [1, 5]) inside.fillRect(at, at, 1.5, 1.5);
  return context.createPattern(tile, "repeat");
}

export function niceTicks(low, high, most) {
  const rough = (high - low) / Math.max(2, Math.min(most, 8));
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((base) => base * ten).find((each) => each >= rough);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => (first + i) * step);
}
