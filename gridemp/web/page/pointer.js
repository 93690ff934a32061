// Input on the board by mouse, finger, pen or keyboard.

import { ALL_SIDES, beside, sideOf } from "./cursor.js";
import { cellAt, cellNear, placeAt } from "./geometry.js";
import { edgeOf, hasEdge, sameMaze, sizeOf, wallAt, withWall } from "./mazes.js";
import { brush, painted, paints } from "./tools.js";
import { makeWallStroke, nearestEdge } from "./walls.js";
import { say } from "./words.js";

const STEADY = 6; // pixels that a finger may move, and
const SECOND = 120; // milliseconds that a second one may come later, before a stroke begins

export function bindPointer(page) {
  const { canvas, state } = page;
  let stroke = null; // {tool, begun, and what its tool needs}
  let touched = null; // {at, timer}: a finger that may yet begin a stroke
  let nearEdge = null;

  // ---- Pointers

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    const at = point(event);
    const cell = cellOf(at);
    if (!cell) return;
    canvas.focus({ preventScroll: true });
    state.cursor = cell;
    canvas.setPointerCapture(event.pointerId);
    if (event.pointerType !== "touch") return begin(at);
    hover(at);
    touched = { at, timer: state.tool === "point" ? 0 : setTimeout(beginTouch, SECOND) };
  });

  canvas.addEventListener("pointermove", (event) => {
    if (!event.isPrimary) return;
    const at = point(event);
    const moved = touched && Math.hypot(at[0] - touched.at[0], at[1] - touched.at[1]) > STEADY;
    if (moved && state.tool !== "point") beginTouch();
    const events = event.getCoalescedEvents?.() ?? [];
    if (stroke) for (const each of events.length ? events : [event]) follow(point(each));
    else hover(at);
    if (moved && state.tool === "point") touched = null; // it points, but pins nothing
  });

  canvas.addEventListener("pointerup", (event) => {
    if (!event.isPrimary) return;
    if (touched) beginTouch();
    finish();
  });
  canvas.addEventListener("pointercancel", (event) => event.isPrimary && abandon());
  canvas.addEventListener("pointerleave", (event) => {
    nearEdge = null;
    if (!state.hovered || event.pointerType === "touch") return; // a finger leaves what it has pointed at
    state.hovered = null;
    page.lookAround();
  });

  function point(event) {
    const frame = canvas.getBoundingClientRect();
    return [event.clientX - frame.left, event.clientY - frame.top];
  }

  // Walls may begin at the border, which is easily missed.
  function cellOf(at) {
    return (state.tool === "wall" ? cellNear : cellAt)(page.board(), ...at);
  }

  function hover(at) {
    const cell = cellOf(at);
    const edge = state.tool === "wall" && cell ? nearestEdge(placeAt(page.board(), ...at), state.maze) : null;
    if (JSON.stringify(edge) !== JSON.stringify(nearEdge)) {
      nearEdge = edge;
      page.paint();
    }
    if (cell?.row === state.hovered?.row && cell?.col === state.hovered?.col) return;
    state.hovered = cell;
    page.lookAround();
  }

  // ---- Strokes, each undone in one step

  function beginTouch() {
    const { at, timer } = touched;
    clearTimeout(timer);
    touched = null;
    begin(at);
  }

  function begin(at) {
    const cell = cellOf(at);
    if (state.tool === "point") return page.pinAt(cell);
    if (state.tool === "agent") return page.drop(cell);
    stroke = { tool: state.tool, at, cell, begun: false };
    if (state.tool === "wall") {
      stroke.walls = makeWallStroke(state.maze, placeAt(page.board(), ...at));
      put(stroke.walls.maze());
    } else {
      stroke.letter = brush(state.maze, state.tool, cell);
      put(painted(state.maze, state.tool, stroke.letter, null, cell));
    }
  }

  // Continue the stroke up to this point.
  function follow(at) {
    if (stroke.walls) {
      stroke.walls.follow(placeAt(page.board(), ...at));
      return put(stroke.walls.maze());
    }
    const [fromX, fromY] = stroke.at;
    const [x, y] = [at[0] - fromX, at[1] - fromY];
    const parts = Math.ceil(Math.hypot(x, y) / (page.board().size / 4));
    let maze = state.maze;
    for (let i = 1; i <= parts; i++) {
      const cell = cellAt(page.board(), fromX + (x * i) / parts, fromY + (y * i) / parts);
      if (!cell) continue;
      for (const next of onTheWay(stroke.cell, cell)) {
        maze = painted(maze, stroke.tool, stroke.letter, stroke.cell, next);
        stroke.cell = next;
      }
    }
    stroke.at = at;
    put(maze);
  }

  // Return the cells from one to a neighbour, by way of a third if they only share a corner.
  function onTheWay(from, to) {
    if (from.row === to.row && from.col === to.col) return [];
    const aslant = from.row !== to.row && from.col !== to.col;
    return aslant ? [{ row: to.row, col: from.col }, to] : [to];
  }

  function put(maze) {
    if (maze === state.maze || sameMaze(maze, state.maze)) return;
    page.edit(maze, { again: stroke.begun });
    stroke.begun = true;
  }

  function finish() {
    clearTimeout(touched?.timer);
    stroke = touched = null;
  }

  // Take a stroke back, as its finger turned out to be one of two.
  function abandon() {
    const { begun } = stroke ?? {};
    finish();
    if (begun) page.takeBack();
  }

  // ---- Keys

  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const side = sideOf(event.key);
    if (side) turnOrMove(side, event.shiftKey);
    else if (event.key === " ") apply();
    else if (event.key === "Enter") page.pinAt(state.cursor);
    else if (event.key === "Escape") page.unpin();
    else return;
    event.preventDefault();
    speakCursor();
  });

  // Speak of the cell under the cursor and the walls around it.
  function speakCursor() {
    const walls = ALL_SIDES.filter((side) => {
      const edge = edgeOf(state.maze, state.cursor, side);
      return edge && wallAt(state.maze, edge);
    });
    const named = (side) => say(`actions.${side}`);
    const parts = [page.inWords(state.cursor)];
    if (walls.length) parts.push(say("cell.wall", { sides: walls.map(named).join(say("cell.and")) }));
    if (state.tool === "wall") parts.push(say("cell.at_side", { side: named(state.side) }));
    page.element("spoken").textContent = parts.join(", ");
  }

  canvas.addEventListener("focus", () => {
    state.cursor ??= { row: sizeOf(state.maze).rows - 1, col: 0 };
    page.paint();
    speakCursor();
  });
  canvas.addEventListener("blur", () => page.paint());

  function turnOrMove(side, turn) {
    state.side = side;
    if (!turn) {
      state.cursor = state.hovered = beside(state.cursor, side, state.maze);
      page.showCell(state.cursor);
    }
    page.lookAround();
  }

  function apply() {
    const cell = state.cursor;
    if (state.tool === "point") page.pinAt(cell);
    else if (state.tool === "agent") page.drop(cell);
    else if (state.tool === "wall") {
      const edge = edgeOf(state.maze, cell, state.side);
      if (edge) page.edit(withWall(state.maze, edge, !wallAt(state.maze, edge)));
    } else if (paints(state.tool)) {
      page.edit(painted(state.maze, state.tool, brush(state.maze, state.tool, cell), null, cell));
    }
  }

  return {
    speakCursor,
    finishStroke: finish,
    abandonStroke: abandon,
    // The edge to highlight: under the mouse, or on the chosen side of the cell cursor.
    edge() {
      if (state.tool !== "wall") return null;
      if (document.activeElement === canvas && state.cursor && canvas.matches(":focus-visible")) {
        return edgeOf(state.maze, state.cursor, state.side);
      }
      return nearEdge && hasEdge(state.maze, nearEdge) ? nearEdge : null;
    },
  };
}
