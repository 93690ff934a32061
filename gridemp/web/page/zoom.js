// The view of the board: zooming and moving by wheel, buttons, keys, mouse and two fingers.

import { moved, placeAt, zoomed } from "./geometry.js";
import { sizeOf } from "./mazes.js";

const STEP = 1.4; // factor of one click
const WHEEL = { mouse: 400, pinch: 100 }; // pixels of the wheel that enlarge by a factor of e
const LINE = 16; // pixels of a line, the unit of some wheels
const TOUCHED = 32; // pixels: the least cell for a finger
const LARGE = 1.4; // factor for letters and marks in a presentation

export function makeZoom(page) {
  const { canvas, state, element } = page;
  const coarse = matchMedia("(pointer: coarse)");
  const fingers = new Map(); // points of the window, by pointer
  let view = {};
  let seen = ""; // the size of the maze to which the view belongs
  let gesture = false; // from the second finger until all have left
  let pinched = []; // the places of both fingers up to which the maze has followed them
  let frame = 0;
  let held = null; // {pointer, at} while the maze is being moved

  function currentView() {
    const { rows, cols } = sizeOf(state.maze);
    const size = `${cols} by ${rows}`;
    if (size !== seen) view = {};
    seen = size;
    const scale = document.body.classList.contains("presentation") ? LARGE : 1;
    return { ...view, least: coarse.matches ? TOUCHED : 0, scale };
  }

  function look(next) {
    view = next;
    const board = page.measure();
    if (view.at) view.at = withinReach(view.at, board);
    page.paint();
    return board;
  }

  // At an edge the maze goes no further, and what is in the middle is not what was wanted.
  function withinReach(at, board) {
    const real = placeAt(board, ...board.middle);
    const nearer = (way) => (Math.abs(real[way] - at[way]) * board.size > 1 ? real[way] : at[way]);
    return { across: nearer("across"), down: nearer("down") };
  }

  function zoomBy(factor, point) {
    const board = page.measure();
    look(zoomed(board, (factor * (view.size ?? board.size)) / board.size, point));
  }

  // Move the maze by some pixels, and return those by which it did not move.
  function moveBy(x, y) {
    const before = page.measure();
    const after = look({ size: view.size ?? before.size, at: moved(before, view.at, x, y) });
    return [x - (after.left - before.left), y - (after.top - before.top)];
  }

  function fit() {
    look({ size: page.measure().fit });
  }

  // Move the maze, if need be, so that a cell is in view.
  function showCell({ row, col }) {
    const { shown, left, top, size } = page.measure();
    const x = missing(left + col * size, size, shown.left, shown.right);
    const y = missing(top + row * size, size, shown.top, shown.bottom);
    if (x || y) moveBy(x, y);
  }

  function missing(from, size, begin, end) {
    return from < begin ? begin - from : Math.min(0, end - from - size);
  }

  // ---- Buttons, keys and the wheel

  const ways = { "zoom-in": () => zoomBy(STEP), "zoom-out": () => zoomBy(1 / STEP), "zoom-fit": fit };
  for (const [id, act] of Object.entries(ways)) element(id).addEventListener("click", act);
  const keys = { "+": "zoom-in", "=": "zoom-in", "-": "zoom-out", 0: "zoom-fit" };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    event.preventDefault();
    ways[keys[event.key]]();
  });

  canvas.addEventListener("wheel", (event) => {
    const unit = event.deltaMode ? LINE : 1;
    const [x, y] = [event.deltaX * unit, event.deltaY * unit];
    const board = page.measure();
    const aside = event.shiftKey || Math.abs(x) > Math.abs(y);
    if (aside ? board.whole : y > 0 && board.size === board.fit) return; // the page may scroll
    event.preventDefault();
    if (aside) moveBy(-(x || y), 0);
    else zoomBy(Math.exp(-y / (event.ctrlKey ? WHEEL.pinch : WHEEL.mouse)), onCanvas([event.clientX, event.clientY]));
  }, { passive: false });

  // ---- Two fingers, the middle button and the hand; nothing else hears of these

  const capture = { capture: true };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (fingers.size === 2) {
      gesture = true;
      pinched = [...fingers.values()];
      held = null;
      page.abandonStroke();
    } else if (event.button === 1 || (event.button === 0 && state.tool === "hand")) {
      held = { pointer: event.pointerId, at: [event.clientX, event.clientY] };
      canvas.setPointerCapture(event.pointerId);
    }
    if (gesture || held) event.stopImmediatePropagation();
  }, capture);

  canvas.addEventListener("pointermove", (event) => {
    const point = [event.clientX, event.clientY];
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, point);
    if (gesture) frame ||= requestAnimationFrame(pinch); // when both have moved
    if (held?.pointer === event.pointerId) {
      moveBy(point[0] - held.at[0], point[1] - held.at[1]);
      held.at = point;
    }
    if (gesture || held) event.stopImmediatePropagation();
  }, capture);

  for (const kind of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(kind, (event) => {
      if (gesture || held) event.stopImmediatePropagation();
      if (frame) pinch();
      fingers.delete(event.pointerId);
      if (!fingers.size) gesture = false;
      if (held?.pointer === event.pointerId) held = null;
    }, capture);
  }
  canvas.addEventListener("mousedown", (event) => event.button === 1 && event.preventDefault());

  // Zoom and move as two fingers did; what does not move the maze scrolls the page.
  function pinch() {
    cancelAnimationFrame(frame);
    frame = 0;
    if (fingers.size !== 2) return;
    const [from, to] = [pinched, [...fingers.values()]].map(([one, other]) => ({
      at: [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2],
      apart: Math.max(Math.hypot(one[0] - other[0], one[1] - other[1]), 1),
    }));
    pinched = [...fingers.values()];
    zoomBy(to.apart / from.apart, onCanvas(from.at));
    const [, rest] = moveBy(to.at[0] - from.at[0], to.at[1] - from.at[1]);
    scrollBy(0, -rest);
  }

  function onCanvas([x, y]) {
    const frame = canvas.getBoundingClientRect();
    return [x - frame.left, y - frame.top];
  }

  return { currentView, showCell, seeAsAtFirst: () => look({}) };
}
