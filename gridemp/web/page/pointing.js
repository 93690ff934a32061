// Input on the board by mouse, finger, pen or keyboard.

import { cellAt, placeAt } from "./geometry.js";
import { edgeOf, hasEdge, sizeOf, wallAt, withWall } from "./mazes.js";
import { brush, painted } from "./tools.js";
import { say } from "./words.js";

const SIDES = { ArrowUp: "north", ArrowRight: "east", ArrowDown: "south", ArrowLeft: "west" };
const STEPS = { north: [-1, 0], east: [0, 1], south: [1, 0], west: [0, -1] };

export function bindPointing(page) {
  const { canvas, state } = page;
  let stroke = null; // {at, cell, begun, and the letter or whether it is a wall that is painted}
  let nearEdge = null;

  // ---- Pointers

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    const at = point(event);
    const cell = cellAt(page.board(), ...at);
    if (!cell) return;
    canvas.focus({ preventScroll: true });
    state.cursor = cell;
    canvas.setPointerCapture(event.pointerId);
    if (state.tool === "point") page.pinAt(cell);
    else if (state.tool === "agent") page.drop(cell);
    else begin(at, cell);
  });

  canvas.addEventListener("pointermove", (event) => {
    if (!event.isPrimary) return;
    const events = event.getCoalescedEvents?.() ?? [];
    if (stroke) for (const each of events.length ? events : [event]) follow(point(each));
    else hover(point(event));
  });

  for (const kind of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(kind, (event) => event.isPrimary && finish());
  }
  canvas.addEventListener("pointerleave", () => {
    nearEdge = null;
    if (!state.hovered) return;
    state.hovered = null;
    page.lookAround();
  });

  function point(event) {
    const frame = canvas.getBoundingClientRect();
    return [event.clientX - frame.left, event.clientY - frame.top];
  }

  function hover(at) {
    const cell = cellAt(page.board(), ...at);
    const edge = state.tool === "wall" && cell ? nearestEdge(at, cell) : null;
    if (JSON.stringify(edge) !== JSON.stringify(nearEdge)) {
      nearEdge = edge;
      page.paint();
    }
    if (cell?.row === state.hovered?.row && cell?.col === state.hovered?.col) return;
    state.hovered = cell;
    page.lookAround();
  }

  // ---- Strokes, each undone in one step

  function begin(at, cell) {
    stroke = { at, cell, begun: false };
    if (state.tool === "wall") {
      const edge = nearestEdge(at, cell);
      if (!edge) return;
      stroke.wall = !wallAt(state.maze, edge);
      put(withWall(state.maze, edge, stroke.wall));
    } else {
      stroke.letter = brush(state.maze, state.tool, cell);
      put(painted(state.maze, state.tool, stroke.letter, null, cell));
    }
  }

  // Continue the stroke over all cells or edges up to this point.
  function follow(at) {
    const { size } = page.board();
    const [fromX, fromY] = stroke.at;
    const [x, y] = [at[0] - fromX, at[1] - fromY];
    const parts = Math.ceil(Math.hypot(x, y) / (size / 4));
    let maze = state.maze;
    for (let i = 1; i <= parts; i++) {
      const here = [fromX + (x * i) / parts, fromY + (y * i) / parts];
      const cell = cellAt(page.board(), ...here);
      if (!cell) continue;
      if (state.tool === "wall") {
        const edge = edgeAlong(here, Math.abs(x) > Math.abs(y));
        if (edge && stroke.wall !== undefined) maze = withWall(maze, edge, stroke.wall);
      } else {
        for (const next of onTheWay(stroke.cell, cell)) {
          maze = painted(maze, state.tool, stroke.letter, stroke.cell, next);
          stroke.cell = next;
        }
      }
    }
    if (parts) stroke.at = at;
    put(maze);
  }

  // Return the cells from one to a neighbour, by way of a third if they only share a corner.
  function onTheWay(from, to) {
    if (from.row === to.row && from.col === to.col) return [];
    const aslant = from.row !== to.row && from.col !== to.col;
    return aslant ? [{ row: to.row, col: from.col }, to] : [to];
  }

  function put(maze) {
    if (maze === state.maze) return;
    page.edit(maze, { again: stroke.begun });
    stroke.begun = true;
  }

  function finish() {
    stroke = null;
  }

  function nearestEdge(at, cell) {
    const { across, down } = placeAt(page.board(), ...at);
    const far = { north: down - cell.row, west: across - cell.col };
    Object.assign(far, { south: 1 - far.north, east: 1 - far.west });
    const edges = Object.keys(far).map((side) => [far[side], edgeOf(state.maze, cell, side)]);
    return edges.filter(([, edge]) => edge).sort((a, b) => a[0] - b[0])[0]?.[1] ?? null;
  }

  // Return the edge along which a stroke in this direction runs.
  function edgeAlong(at, level) {
    const { across, down } = placeAt(page.board(), ...at);
    const edge = level
      ? { kind: "below", row: Math.round(down) - 1, col: Math.floor(across) }
      : { kind: "right", row: Math.floor(down), col: Math.round(across) - 1 };
    return hasEdge(state.maze, edge) ? edge : null;
  }

  // ---- Keys

  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const side = SIDES[event.key];
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
    const walls = Object.keys(STEPS).filter((side) => {
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
      const { rows, cols } = sizeOf(state.maze);
      const [down, across] = STEPS[side];
      const { row, col } = state.cursor;
      state.cursor = {
        row: Math.min(Math.max(row + down, 0), rows - 1),
        col: Math.min(Math.max(col + across, 0), cols - 1),
      };
      state.hovered = state.cursor;
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
    } else {
      page.edit(painted(state.maze, state.tool, brush(state.maze, state.tool, cell), null, cell));
    }
  }

  return {
    speakCursor,
    finishStroke: finish,
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
