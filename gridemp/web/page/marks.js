// What stands on the cells: objects, numbers, peaks, the agent and its trail, the cursor.

import { corner, endsOf, middle } from "./geometry.js";
import { FLOOR, KEYS, LOCKED, SOLID } from "./mazes.js";
import { ABSORBING, absorbs, colorOf, disc, line, readableOn, text } from "./shapes.js";

const LEAST_NUMBER = 8; // pixels
export const AGENT = "#ff6f59";
// Outlines in a square from -1 to 1, y down.
const KEY = "M0 0 A0.5 0.5 0 1 1 0 -0.01 Z M-0.28 0 A0.22 0.22 0 1 0 -0.28 0.01 Z M0 -0.14 H1 V0.54 H0.74 V0.14 H0.58 V0.4 H0.32 V0.14 H0 Z";
const LEAF = "M-0.72 -1 H0.72 V1 H-0.72 Z";
const LOCKED_DOOR = `${LEAF} M0.1 0 L0.2 0.56 H-0.2 L-0.1 0 A0.24 0.24 0 1 1 0.1 0 Z`;
// A crescent is the shade of a ball, which a peak does not have.
const BALL = "M-0.9 0 A0.9 0.9 0 1 1 -0.9 0.01 Z M-0.2 0.62 Q0.4 0.4 0.62 -0.23 A0.66 0.66 0 0 1 -0.2 0.62 Z";
const OUTLINES = { b: BALL, D: `${LEAF} M0.28 0.12 H0.52 V-0.12 H0.28 Z`, d: "M-0.72 1 V-1 H0.72 V1 H0.48 V-0.76 H-0.48 V1 Z" };
const COLORS = { r: "#ff5c5c", y: "#ffe14d", l: "#5cd65c", c: "#5cb8ff", m: "#d08cff" };
const TURNS = { "^": 0, ">": 0.5, v: 1, "<": 1.5 };

export function drawObjects(context, board, scene) {
  if (board.size < 6) return;
  const aside = scene.numbers ? 0.33 : 0;
  const size = (scene.numbers ? 0.45 : 1) * Math.min(0.45 * board.size, 22 * board.scale);
  for (let row = board.first.row; row < board.last.row; row++) {
    for (let col = board.first.col; col < board.last.col; col++) {
      const letter = scene.maze.cells[row][col];
      if (letter === FLOOR || letter === SOLID) continue;
      const [x, y] = middle(board, { row, col });
      drawObject(context, letter, x - aside * board.size, y - aside * board.size, size);
    }
  }
}

// Also for the tools: the mark of an object, of so many pixels.
export function drawObject(context, letter, x, y, size) {
  context.save();
  context.translate(x, y);
  context.lineJoin = context.lineCap = "round";
  const half = size / 2;
  const shape = new Path2D();
  if (letter === "T") {
    line(shape, -half, -half, half, half);
    line(shape, -half, half, half, -half);
  } else if (letter === "$" || letter === "B") {
    shape.rect(-0.8 * half, -0.8 * half, 1.6 * half, 1.6 * half);
  } else if (letter === "~") {
    shape.moveTo(-half, 0.2 * half);
    shape.bezierCurveTo(-0.3 * half, -1.2 * half, 0.3 * half, 1.2 * half, half, -0.2 * half);
  } else if (letter in OUTLINES || KEYS.includes(letter) || LOCKED.includes(letter)) {
    const outline = OUTLINES[letter] ?? (KEYS.includes(letter) ? KEY : LOCKED_DOOR);
    shape.addPath(new Path2D(outline), new DOMMatrix().scale(half, half));
  } else if (letter in TURNS) {
    context.rotate(TURNS[letter] * Math.PI);
    for (const [i, [px, py]] of [[0, -half], [half, 0.7 * half], [-half, 0.7 * half]].entries()) {
      i ? shape.lineTo(px, py) : shape.moveTo(px, py);
    }
    shape.closePath();
  } else {
    text(context, letter, 0, 0, { size, color: "white", edge: "black", weight: 700 });
  }
  const open = letter === "T" || letter === "~" || letter === "$";
  context.strokeStyle = "black";
  context.lineWidth = open ? 0.36 * size : 0.3 * size;
  context.stroke(shape);
  context.fillStyle = letter === "B" ? "black" : COLORS[letter.toLowerCase()] ?? "white";
  if (!open) context.fill(shape, "evenodd");
  context.strokeStyle = "white";
  context.lineWidth = 0.16 * size;
  if (open || letter === "B") context.stroke(shape);
  context.restore();
}

export function drawNumbers(context, board, scene) {
  const fits = scene.numbers.map((texts) => {
    const longest = texts.flat().reduce((a, b) => ((b ?? "").length > a.length ? b : a), "");
    context.font = "10px system-ui, sans-serif";
    const wide = context.measureText(longest.replaceAll("1", "0")).width / 10;
    return Math.min(0.8 * board.size / wide, 0.5 * board.size, 18 * board.scale);
  });
  const way = fits.findIndex((size) => size >= LEAST_NUMBER);
  if (way < 0 || scene.numbers[way].length !== board.rows) return;
  for (let row = board.first.row; row < board.last.row; row++) {
    for (let col = board.first.col; col < board.last.col; col++) {
      const bits = scene.bits?.[row]?.[col] ?? null;
      if (bits === null || scene.maze.cells[row][col] === SOLID) continue;
      const veiled = scene.reached && (scene.reached[row]?.[col] ?? null) === null;
      const below = absorbs(scene, row, col) ? ABSORBING : colorOf(bits, scene.range, scene.palette);
      const color = veiled ? scene.ink : readableOn(below);
      text(context, scene.numbers[way][row][col], ...middle(board, { row, col }), { size: fits[way], color });
    }
  }
}

export function drawPeaks(context, board, scene) {
  const onObject = (scene.ringed ?? []).some(({ row, col }) => /[^.#]/.test(scene.maze.cells[row]?.[col] ?? "."));
  const object = 0.92 * Math.min(0.45 * board.size, 22 * board.scale); // clear of a box
  for (const cell of scene.ringed ?? []) {
    const plain = Math.min(Math.max(0.225 * board.size, 4), 20 * board.scale);
    const radius = scene.numbers ? 0.46 * board.size : onObject ? Math.max(plain, object) : plain;
    const edge = scene.numbers ? Math.max(1, 0.04 * board.size) : Math.max(1.2, 0.2 * Math.min(plain, 10));
    drawRing(context, ...middle(board, cell), radius, edge * board.scale);
  }
}

export function drawRing(context, x, y, radius, edge) {
  const path = new Path2D();
  path.arc(x, y, radius, 0, 2 * Math.PI);
  for (const [color, wide] of [["white", edge + 1.6], ["black", edge]]) {
    context.strokeStyle = color;
    context.lineWidth = wide;
    context.stroke(path);
  }
}

export function drawTrail(context, board, scene) {
  if (!scene.agent) return;
  const points = [...scene.agent.trail, scene.agent].map((cell) => middle(board, cell));
  context.lineJoin = context.lineCap = "round";
  for (const [color, wide] of [["black", 0.16 * board.size], [AGENT, 0.1 * board.size]]) {
    context.strokeStyle = color;
    context.lineWidth = Math.max(wide, 1);
    context.beginPath();
    for (let i = 1; i < points.length; i++) {
      const [from, to] = [points[i - 1], points[i]];
      const [across, down] = roundTorus(board, scene.torus, from, to);
      line(context, ...from, to[0] + across, to[1] + down);
      if (across || down) line(context, from[0] - across, from[1] - down, ...to);
    }
    context.stroke();
  }
  const [x, y] = points.at(-1);
  const radius = Math.max(0.27 * board.size, 3);
  disc(context, x, y, radius, AGENT, "black", Math.max(1, 0.06 * board.size));
  const angle = { north: -0.5, east: 0, south: 0.5, west: 1 }[scene.agent.heading] ?? null;
  if (angle === null) return;
  context.strokeStyle = "black";
  context.beginPath();
  line(context, x, y, x + radius * Math.cos(angle * Math.PI), y + radius * Math.sin(angle * Math.PI));
  context.stroke();
}

// Return by how many pixels a place is to be shifted so that the line to it leaves the maze at the
// edge at which a step went round the torus. A step of more than half a side is taken for one.
function roundTorus(board, torus, from, to) {
  return [["x", board.cols], ["y", board.rows]].map(([axis, cells], i) => {
    const side = cells * board.size;
    const far = to[i] - from[i];
    return torus.includes(axis) && Math.abs(far) > side / 2 ? -Math.sign(far) * side : 0;
  });
}

export function drawCursor(context, board, scene) {
  for (const [cell, dashes] of [[scene.pin, []], [scene.cursor, [4, 3]]]) {
    if (cell) drawFrame(context, ...corner(board, [cell.row, cell.col]), board.size, board.scale, dashes);
  }
  if (!scene.edge) return;
  const [from, to] = endsOf(board, scene.edge);
  context.strokeStyle = AGENT;
  context.lineWidth = Math.max(3, 0.1 * board.size);
  context.beginPath();
  line(context, ...from, ...to);
  context.stroke();
}

export function drawFrame(context, x, y, size, scale, dashes = []) {
  for (const [color, wide] of [["black", 4], ["white", 2]]) {
    context.setLineDash(color === "white" ? dashes : []);
    context.strokeStyle = color;
    context.lineWidth = wide * scale;
    context.strokeRect(x + 3 * scale, y + 3 * scale, size - 6 * scale, size - 6 * scale);
  }
  context.setLineDash([]);
}
