// What is drawn over a map when it is asked for: arrows of a policy, first actions, the best door.

import { blocked, direction } from "./actions.js";
import { endsOf, middle } from "./geometry.js";
import { disc, line, text } from "./shapes.js";

const LENGTH = 0.72; // of a cell: an arrow alone
const RAY = 0.47; // of a cell: one of several, from the middle
const FIRST = 0.85; // of a cell: the likeliest first action
const RING = 0.14; // of a cell: radius of the ring of a stay
const BESIDE = { from: 0.27, length: 0.2, ring: 0.33 }; // of a cell: beside an object in its middle
const [SHAFT, HEAD, HEAD_LENGTH] = [0.075, 0.26, 0.26]; // of a cell: widths and a length
const LEAST_CELL = 9; // pixels; in smaller cells, arrows would hide the map
const DOOR = "#ff6f59";

// An arrow in each direction in which a policy goes, and a ring where it may stay, as in figures.
// Where an object stands, they are small and beside it.
export function drawPolicy(context, board, { policy, maze, torus }) {
  if (board.size < LEAST_CELL) return;
  for (const { cell, heading, actions } of policy) {
    const ways = new Map(actions.map((action) => {
      const way = direction(action, heading);
      const turns = action === "left" || action === "right";
      return way.join() === "0,0" || (!turns && blocked(maze, torus, cell, way)) ? ["0,0", null] : [way.join(), way];
    }));
    const stays = ways.delete("0,0");
    const at = middle(board, cell);
    const alone = ways.size === 1 && !stays;
    const object = maze.cells[cell.row][cell.col] !== ".";
    const [from, length] = object ? [BESIDE.from, BESIDE.length] : alone ? [-0.5 * LENGTH, LENGTH] : [0, RAY];
    for (const way of ways.values()) {
      const unit = normed(way);
      drawArrow(context, at.map((each, i) => each + from * board.size * unit[i]), unit, length * board.size, board.size);
    }
    const middleOfRing = object ? at.map((each) => each + BESIDE.ring * board.size) : at;
    const radius = Math.min(RING * board.size, 7) * (object ? 0.6 : 1);
    if (stays) disc(context, ...middleOfRing, radius, "white", "black", Math.max(1, 0.04 * board.size));
  }
}

// The first actions of a source: lengths, and the radius of a ring for a stay, are in proportion to
// their probabilities. Arrows into a wall are short.
export function drawFirstActions(context, board, { first, maze, torus }) {
  const { cell, heading, probabilities } = first;
  const most = Math.max(...Object.values(probabilities));
  const at = middle(board, cell);
  for (const [action, probability] of Object.entries(probabilities)) {
    const way = direction(action, heading);
    const share = probability / most;
    if (way[0] === 0 && way[1] === 0) {
      disc(context, ...at, 1.6 * RING * board.size * share, "white", "black", Math.max(1, 0.04 * board.size));
      continue;
    }
    const turns = action === "left" || action === "right";
    const length = FIRST * board.size * share * (!turns && blocked(maze, torus, cell, way) ? 0.5 : 1);
    const unit = normed(way);
    const tail = [at[0] + RING * board.size * unit[0], at[1] + RING * board.size * unit[1]];
    if (share > 0.02) drawArrow(context, tail, unit, length, board.size);
  }
}

// The edge whose change gains most, with its gain.
export function drawDoor(context, board, { door }) {
  const [from, to] = endsOf(board, door);
  context.lineCap = "round";
  for (const [color, width] of [["black", 10], ["white", 8], [DOOR, 5]]) {
    context.strokeStyle = color;
    context.lineWidth = Math.max(width * Math.min(board.size / 45, 1), width / 2);
    context.beginPath();
    line(context, ...from, ...to);
    context.stroke();
  }
  const size = 15;
  context.font = `700 ${size}px system-ui, sans-serif`;
  const half = context.measureText(door.words).width / 2 + 6;
  const x = Math.min(Math.max((from[0] + to[0]) / 2, half), board.width - half);
  const y = Math.max(Math.min(from[1], to[1]) - 16, 12);
  context.beginPath();
  context.roundRect(x - half, y - 12, 2 * half, 24, 12);
  context.fillStyle = "white";
  context.strokeStyle = DOOR;
  context.lineWidth = 2;
  context.fill();
  context.stroke();
  text(context, door.words, x, y, { size, color: "black", weight: 700 });
}

function normed([across, down]) {
  const length = Math.hypot(across, down);
  return [across / length, down / length];
}

export function drawArrow(context, [x, y], [across, down], length, size) {
  const head = Math.min(HEAD_LENGTH * size, 0.6 * length);
  const [shaft, wide] = [SHAFT, HEAD].map((width) => (0.5 * width * head) / HEAD_LENGTH);
  const outline = [[0, shaft], [0, -shaft], [length - head, -shaft], [length - head, -wide], [length, 0], [length - head, wide], [length - head, shaft]];
  const path = new Path2D();
  for (const [along, aside] of outline) path.lineTo(x + along * across + aside * down, y + along * down - aside * across);
  path.closePath();
  context.lineJoin = "round";
  context.strokeStyle = "white";
  context.lineWidth = Math.max(1, 0.05 * size);
  context.stroke(path);
  context.fillStyle = "black";
  context.fill(path);
}
