// The board: a maze and its map on a canvas, in the colours and the orientation of the figures.
// A scene is all that is to be seen.

import { drawColorbar, dotting } from "./colorbar.js";
import { corner, middle } from "./geometry.js";
import { drawCursor, drawNumbers, drawObjects, drawPeaks, drawTrail } from "./marks.js";
import { SOLID } from "./mazes.js";
import { drawDoor, drawFirstActions, drawPolicy } from "./overlays.js";
import { ABSORBING, absorbs, colorOf, disc, line, text } from "./shapes.js";

export const SOLID_COLOR = "#cccccc";
export const FRESH = "#ffd23f"; // dots that the last step has added
const HATCH = "#8c8c8c";
const STATELESS = "#ebebeb";
const VEILED = "#9aa1ab"; // the colours are hidden
const MAX_TICKS = 12;
const GRID_BELOW = 20; // cells of a side, or
const GRID_FROM = 24; // pixels of a cell: lines between the cells

// Draw only the cells and what stands in the maze, as in a small picture of it.
export function drawMaze(context, board, scene) {
  drawCells(context, board, scene);
  drawWalls(context, board, scene);
  drawObjects(context, board, scene);
}

export function draw(context, board, scene) {
  context.canvas.dataset.layout = JSON.stringify([board.left, board.top, board.size]);
  context.clearRect(0, 0, board.width, board.height);
  context.save();
  clip(context, board);
  drawCells(context, board, scene);
  if (scene.reached) drawReached(context, board, scene);
  drawWalls(context, board, scene);
  drawObjects(context, board, scene);
  if (scene.numbers) drawNumbers(context, board, scene);
  drawPeaks(context, board, scene);
  if (scene.policy) drawPolicy(context, board, scene);
  drawTrail(context, board, scene);
  if (scene.walk) drawTrail(context, board, { ...scene, agent: scene.walk });
  if (scene.first) drawFirstActions(context, board, scene);
  if (scene.door) drawDoor(context, board, scene);
  drawCursor(context, board, scene);
  context.restore();
  drawAxes(context, board, scene);
  if (scene.range) drawColorbar(context, board, scene);
}

// Keep to what is shown of the maze, and the outer half of its outer walls.
function clip(context, { shown, scale }) {
  const wall = 3 * scale;
  context.beginPath();
  context.rect(shown.left - wall, shown.top - wall, shown.right - shown.left + 2 * wall, shown.bottom - shown.top + 2 * wall);
  context.clip();
}

function bitsAt(scene, row, col) {
  return scene.bits?.length === scene.maze.cells.length ? scene.bits[row][col] ?? null : null;
}

function isFloor(scene, row, col) {
  return scene.maze.cells[row][col] !== SOLID;
}

function drawCells(context, board, scene) {
  const { size, left, top, rows, cols, first, last, shown } = board;
  const hatch = size >= 7 ? hatching(context) : null;
  const dots = size >= 7 && !scene.numbers ? dotting(context) : null; // under numbers they would blur
  for (let row = first.row; row < last.row; row++) {
    for (let col = first.col; col < last.col; col++) {
      const square = [left + col * size, top + row * size, size, size];
      const bits = bitsAt(scene, row, col);
      const solid = !isFloor(scene, row, col);
      const absorbing = !solid && bits !== null && absorbs(scene, row, col);
      context.fillStyle = solid ? SOLID_COLOR : bits === null ? (scene.veiled ? VEILED : STATELESS) : absorbing ? ABSORBING
        : colorOf(bits, scene.range, scene.palette);
      context.fillRect(...square);
      const pattern = solid ? hatch : absorbing ? dots : null;
      if (pattern) {
        context.fillStyle = pattern;
        context.fillRect(...square);
      }
    }
  }
  if (Math.max(rows, cols) > GRID_BELOW && size < GRID_FROM) return;
  context.strokeStyle = "rgba(255, 255, 255, 0.35)";
  context.lineWidth = 1;
  context.beginPath();
  for (let col = first.col + 1; col < last.col; col++) {
    line(context, left + col * size, shown.top, left + col * size, shown.bottom);
  }
  for (let row = first.row + 1; row < last.row; row++) {
    line(context, shown.left, top + row * size, shown.right, top + row * size);
  }
  context.stroke();
}

export function hatching(context) {
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
  const { size, first, last } = board;
  let most = 0;
  for (const chances of scene.reached) for (const chance of chances) most = Math.max(most, chance ?? 0);
  for (let row = first.row; row < last.row; row++) {
    for (let col = first.col; col < last.col; col++) {
      if (!isFloor(scene, row, col)) continue;
      const chance = scene.reached[row]?.[col] ?? null;
      const [x, y] = middle(board, { row, col });
      if (chance === null) {
        context.fillStyle = scene.veil;
        context.fillRect(x - size / 2, y - size / 2, size, size);
        continue;
      }
      const aside = scene.numbers ? 0.34 * size : 0;
      const radius = (scene.numbers ? 0.11 : 0.17) * size * Math.sqrt(chance / most);
      const fill = scene.fresh?.has(row * board.cols + col) ? FRESH : "white";
      disc(context, x + aside, y + aside, radius, fill, "black", Math.max(0.5, 0.025 * size));
    }
  }
}

function drawWalls(context, board, scene) {
  const width = board.scale * Math.min(Math.max(0.06 * board.size, 1), 4);
  const path = new Path2D();
  for (const [from, to] of wallSegments(board, scene)) {
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
function* wallSegments({ rows, cols, first, last }, { maze, torus = "" }) {
  const floor = (row, col) => maze.cells[(row + rows) % rows][(col + cols) % cols] !== SOLID;
  for (let row = first.row; row <= last.row; row++) {
    for (let col = first.col; col < last.col; col++) {
      const inner = row > 0 && row < rows;
      const wall = inner ? maze.below[row - 1][col] === "-" : !torus.includes("y");
      if (wall || floor(row - 1, col) !== floor(row, col)) yield [[row, col], [row, col + 1]];
    }
  }
  for (let row = first.row; row < last.row; row++) {
    for (let col = first.col; col <= last.col; col++) {
      const inner = col > 0 && col < cols;
      const wall = inner ? maze.right[row][col - 1] === "|" : !torus.includes("x");
      if (wall || floor(row, col - 1) !== floor(row, col)) yield [[row, col], [row + 1, col]];
    }
  }
}

// The numbers stand at the edges of what is shown.
function drawAxes(context, board, { ink }) {
  const { left, top, size, rows, first, last, shown, scale, narrow } = board;
  const style = { size: 13 * scale, color: ink };
  const bottom = top + rows * size;
  const step = tickStep(Math.max(last.row - first.row, last.col - first.col), size / scale);
  for (let x = step * Math.ceil(first.col / step); x < last.col; x += step) {
    const at = left + (x + 0.5) * size;
    if (at > shown.left && at < shown.right) text(context, x, at, shown.bottom + 14 * scale, style);
  }
  for (let y = step * Math.ceil((rows - last.row) / step); y < rows - first.row; y += step) {
    const at = bottom - (y + 0.5) * size;
    if (at > shown.top && at < shown.bottom) {
      text(context, y, shown.left - 8 * scale, at, { ...style, align: "right" });
    }
  }
  const [x, y] = narrow
    ? [[shown.left - 12 * scale, shown.bottom + 14 * scale], [shown.left - 12 * scale, shown.top - 8 * scale]]
    : [[(shown.left + shown.right) / 2, shown.bottom + 32 * scale], [shown.left - 44 * scale, (shown.top + shown.bottom) / 2]];
  text(context, "x", ...x, style);
  text(context, "y", ...y, style);
}

function tickStep(cells, size) {
  for (let ten = 1; ; ten *= 10) {
    for (const base of [1, 2, 5]) {
      if (base * ten * MAX_TICKS >= cells && base * ten * size >= 18) return base * ten;
    }
  }
}
