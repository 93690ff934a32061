// The tools and their effects on cells.

import { drawObject } from "./marks.js";
import { CONVEYORS, FLOOR, SOLID, withCell } from "./mazes.js";
import { say } from "./words.js";

const TOOLS = [
  { id: "point" },
  { id: "solid", letter: SOLID },
  { id: "wall" },
  { id: "trap", letter: "T" },
  { id: "box", letter: "$" },
  { id: "fixed", letter: "B" },
  { id: "ice", letter: "~" },
  { id: "conveyor", letter: ">" },
  { id: "agent" },
  { id: "hand" },
];

const WAYS = { "-1,0": "^", "0,1": ">", "1,0": "v", "0,-1": "<" };

// True for a tool that changes the letters of cells.
export function paints(tool) {
  return TOOLS.some(({ id, letter }) => id === tool && letter);
}

// Return the letter that a stroke paints, which depends on its first cell.
export function brush(maze, tool, { row, col }) {
  const there = maze.cells[row][col];
  if (tool === "conveyor") {
    const turn = CONVEYORS.indexOf(there);
    return turn < 0 ? CONVEYORS[0] : CONVEYORS[turn + 1] ?? FLOOR; // clockwise, then none
  }
  const { letter } = TOOLS.find(({ id }) => id === tool);
  return there === letter ? FLOOR : letter;
}

// Return the maze after a stroke has moved from one cell to the next; conveyors point along it.
export function painted(maze, tool, letter, from, to) {
  if (tool !== "conveyor" || letter === FLOOR || !from) return withCell(maze, to, letter);
  const way = WAYS[[to.row - from.row, to.col - from.col]] ?? letter;
  return withCell(withCell(maze, from, way), to, way);
}

export function showTools(page) {
  const { state } = page;
  const labels = {};
  for (const { id, letter } of TOOLS) {
    const label = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "radio", name: "tool", value: id });
    input.checked = id === state.tool;
    input.addEventListener("change", () => chooseTool(id));
    label.append(input, icon(id, letter), say(`tools.${id}`));
    label.title = say(`tool_help.${id}`);
    labels[id] = label;
    page.element("tools").append(label);
  }

  function chooseTool(id) {
    state.tool = id;
    page.element("tools").querySelector(`[value=${id}]`).checked = true;
    page.lookAround();
    page.paint();
  }

  // Show the hand only where the maze can be moved.
  function offerHand(board) {
    labels.hand.hidden = board.whole;
    if (board.whole && state.tool === "hand") chooseTool("point");
  }

  return { chooseTool, offerHand };
}

function icon(id, letter) {
  const canvas = Object.assign(document.createElement("canvas"), { width: 44, height: 44 });
  canvas.setAttribute("aria-hidden", "true");
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  context.fillStyle = id === "point" || id === "hand" ? "transparent" : "#2a788e";
  context.fillRect(1, 1, 20, 20);
  context.lineCap = "round";
  if (id === "point") arrow(context);
  else if (id === "solid") fill(context, "#cccccc");
  else if (id === "wall") wall(context);
  else if (id === "agent") dot(context);
  else if (id === "hand") cross(context);
  else drawObject(context, letter, 11, 11, 12);
  return canvas;
}

function arrow(context) {
  const path = new Path2D("M5 2 L5 18 L9 14 L12 20 L15 18.5 L12 13 L17.5 12.5 Z");
  context.fillStyle = "black";
  context.strokeStyle = "white";
  context.lineWidth = 1.2;
  context.fill(path);
  context.stroke(path);
}

// Arrows to all four sides.
function cross(context) {
  context.lineJoin = "round";
  for (const [color, width] of [["white", 4.5], ["black", 2]]) {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.stroke(new Path2D("M11 2 V20 M2 11 H20 M8 5 L11 2 L14 5 M8 17 L11 20 L14 17 M5 8 L2 11 L5 14 M17 8 L20 11 L17 14"));
  }
}

function fill(context, color) {
  context.fillStyle = color;
  context.fillRect(1, 1, 20, 20);
}

function wall(context) {
  for (const [color, width] of [["white", 5], ["black", 3]]) {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(11, 3);
    context.lineTo(11, 19);
    context.stroke();
  }
}

function dot(context) {
  context.beginPath();
  context.arc(11, 11, 6, 0, 2 * Math.PI);
  context.fillStyle = "#ff6f59";
  context.strokeStyle = "black";
  context.fill();
  context.stroke();
}
