// The board: a maze and its map on a canvas, in the colours and the orientation of the figures.
// A scene is all that is to be seen.

import { corner, middle } from "./geometry.js";
import { drawCursor, drawNumbers, drawObjects, drawPeaks, drawTrail } from "./marks.js";
import { number } from "./words.js";
import { ABSORBING, DOTS, absorbs, colorOf, disc, line, text } from "./shapes.js";

const SOLID = "#cccccc";
const HATCH = "#8c8c8c";
const STATELESS = "#ebebeb";
const MAX_TICKS = 12;
const GRID_BELOW = 20;

// Draw only the cells and what stands in the maze, as in a small picture of it.
export function drawMaze(context, board, scene) {
  drawCells(context, board, scene);
  drawWalls(context, board, scene);
  drawObjects(context, board, scene);
}

export function draw(context, board, scene) {
  context.clearRect(0, 0, board.width, board.height);
  drawCells(context, board, scene);
  if (scene.reached) drawReached(context, board, scene);
  drawWalls(context, board, scene);
  drawObjects(context, board, scene);
  if (scene.numbers) drawNumbers(context, board, scene);
  drawPeaks(context, board, scene);
  drawTrail(context, board, scene);
  drawCursor(context, board, scene);
  drawAxes(context, board, scene);
  if (scene.range) drawColorbar(context, board, scene);
}

function bitsAt(scene, row, col) {
  return scene.bits?.length === scene.maze.cells.length ? scene.bits[row][col] ?? null : null;
}

function isFloor(scene, row, col) {
  return scene.maze.cells[row][col] !== "#";
}

function drawCells(context, board, scene) {
  const { size, left, top, rows, cols } = board;
  const hatch = size >= 7 ? hatching(context) : null;
  const dots = size >= 7 && !scene.numbers ? dotting(context) : null; // under numbers they would blur
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const corner = [left + col * size, top + row * size, size, size];
      const bits = bitsAt(scene, row, col);
      const solid = !isFloor(scene, row, col);
      const absorbing = !solid && bits !== null && absorbs(scene, row, col);
      context.fillStyle = solid ? SOLID : bits === null ? STATELESS : absorbing ? ABSORBING
        : colorOf(bits, scene.range, scene.palette);
      context.fillRect(...corner);
      const pattern = solid ? hatch : absorbing ? dots : null;
      if (pattern) {
        context.fillStyle = pattern;
        context.fillRect(...corner);
      }
    }
  }
  if (Math.max(rows, cols) > GRID_BELOW) return;
  context.strokeStyle = "rgba(255, 255, 255, 0.35)";
  context.lineWidth = 1;
  context.beginPath();
  for (let col = 1; col < cols; col++) line(context, left + col * size, top, left + col * size, top + rows * size);
  for (let row = 1; row < rows; row++) line(context, left, top + row * size, left + cols * size, top + row * size);
  context.stroke();
}

function dotting(context) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const inside = tile.getContext("2d");
  inside.fillStyle = DOTS;
  for (const at of [1, 5]) inside.fillRect(at, at, 1.5, 1.5);
  return context.createPattern(tile, "repeat");
}

function hatching(context) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const inside = tile.getContext("2d");
  inside.strokeStyle = HATCH;
  inside.beginPath();
  for (const shift of [-8, 0, 8]) line(inside, shift, 8, shift + 8, 0);
  inside.stroke();
  return context.createPattern(tile, "repeat");
}

// What is not reached is veiled; a dot's area is how likely the cell is in the end.
function drawReached(context, board, scene) {
  const most = Math.max(...scene.reached.flat().map((chance) => chance ?? 0));
  for (let row = 0; row < board.rows; row++) {
    for (let col = 0; col < board.cols; col++) {
      if (!isFloor(scene, row, col)) continue;
      const chance = scene.reached[row]?.[col] ?? null;
      const [x, y] = middle(board, { row, col });
      if (chance === null) {
        context.fillStyle = scene.veil;
        context.fillRect(x - board.size / 2, y - board.size / 2, board.size, board.size);
        continue;
      }
      const aside = scene.numbers ? 0.34 * board.size : 0;
      const radius = (scene.numbers ? 0.11 : 0.17) * board.size * Math.sqrt(chance / most);
      disc(context, x + aside, y + aside, radius, "white", "black", Math.max(0.5, 0.025 * board.size));
    }
  }
}

function drawWalls(context, board, scene) {
  const width = Math.min(Math.max(0.06 * board.size, 1), 4);
  const path = new Path2D();
  for (const [from, to] of wallSegments(scene)) {
    line(path, ...corner(board, from), ...corner(board, to));
  }
  context.lineCap = "square";
  for (const [color, wide] of [["white", width + 2], ["black", width]]) {
    context.strokeStyle = color;
    context.lineWidth = wide;
    context.stroke(path);
  }
}

// As the figures have them: between floor and floor, floor and solid, and at the edges of the maze.
function* wallSegments({ maze, torus = "" }) {
  const rows = maze.cells.length;
  const cols = maze.cells[0].length;
  const floor = (row, col) => maze.cells[(row + rows) % rows][(col + cols) % cols] !== "#";
  for (let row = 0; row <= rows; row++) {
    for (let col = 0; col < cols; col++) {
      const inner = row > 0 && row < rows;
      const wall = inner ? maze.below[row - 1][col] === "-" : !torus.includes("y");
      if (wall || floor(row - 1, col) !== floor(row, col)) yield [[row, col], [row, col + 1]];
    }
  }
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col <= cols; col++) {
      const inner = col > 0 && col < cols;
      const wall = inner ? maze.right[row][col - 1] === "|" : !torus.includes("x");
      if (wall || floor(row, col - 1) !== floor(row, col)) yield [[row, col], [row + 1, col]];
    }
  }
}

function drawAxes(context, board, scene) {
  const { left, top, size, rows, cols } = board;
  const style = { size: 13, color: scene.ink };
  const bottom = top + rows * size;
  const step = tickStep(Math.max(rows, cols), size);
  for (let x = 0; x < cols; x += step) text(context, x, left + (x + 0.5) * size, bottom + 14, style);
  for (let y = 0; y < rows; y += step) {
    text(context, y, left - 8, bottom - (y + 0.5) * size, { ...style, align: "right" });
  }
  text(context, "x", left + (cols * size) / 2, bottom + 32, style);
  text(context, "y", left - 44, top + (rows * size) / 2, style);
}

function tickStep(cells, size) {
  for (let ten = 1; ; ten *= 10) {
    for (const base of [1, 2, 5]) {
      if (base * ten * MAX_TICKS >= cells && base * ten * size >= 18) return base * ten;
    }
  }
}

function drawColorbar(context, board, scene) {
  const { top, size, rows, cols } = board;
  const whole = Math.max(rows * size, 120);
  const tall = whole - (scene.absorbing?.size ? 36 : 0);
  const left = board.left + cols * size + 16;
  const [low, high] = scene.range;
  scene.palette.forEach((color, i) => {
    context.fillStyle = color;
    const above = top + tall * (1 - (i + 1) / scene.palette.length);
    context.fillRect(left, above, 14, tall / scene.palette.length + 1);
  });
  const style = { size: 13, color: scene.ink, align: "left" };
  for (const value of niceTicks(low, high, tall / 40)) {
    const y = top + tall * (1 - (value - low) / (high - low));
    context.strokeStyle = scene.ink;
    context.lineWidth = 1;
    context.beginPath();
    line(context, left + 14, y, left + 18, y);
    context.stroke();
    text(context, number(value), left + 21, y, style);
  }
  if (scene.absorbing?.size) {
    for (const fill of [ABSORBING, dotting(context)]) {
      context.fillStyle = fill;
      context.fillRect(left, top + whole - 28, 14, 14);
    }
    text(context, 0, left + 21, top + whole - 21, style);
    text(context, scene.zero, left, top + whole - 5, { ...style, size: 12 });
  }
  context.save();
  context.translate(left + 60, top + tall / 2);
  context.rotate(-Math.PI / 2);
  text(context, scene.label, 0, 0, { size: 13, color: scene.ink });
  context.restore();
}

export function niceTicks(low, high, most) {
  const rough = (high - low) / Math.max(2, Math.min(most, 8));
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((base) => base * ten).find((each) => each >= rough);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => (first + i) * step);
}
