// Changes of the maze and of the settings; edits of the maze can be undone.

import { blank, placeInside, resized, sizeOf } from "./mazes.js";
import { DEFAULTS } from "./settings.js";

const MAX_UNDONE = 200;

export function makeEdits(page) {
  const { state } = page;
  const undone = { past: [], future: [] }; // mazes, each with the settings that change with it
  let forgotten = []; // the future before the last edit

  // With `again`, the change belongs to the edit before it and is undone together with it; `before`
  // are settings as they were, to be restored with the maze.
  function edit(maze, { again = false, before = {} } = {}) {
    if (maze === state.maze) return;
    if (!again) {
      undone.past.push({ maze: state.maze, settings: before });
      undone.past.splice(0, undone.past.length - MAX_UNDONE);
      forgotten = undone.future;
      undone.future = [];
    }
    see(maze);
  }

  function see(maze) {
    const [old, now] = [sizeOf(state.maze), sizeOf(maze)];
    state.maze = maze;
    if (old.rows !== now.rows || old.cols !== now.cols) {
      const inside = ({ row, col }) => ({ row: Math.min(row, now.rows - 1), col: Math.min(col, now.cols - 1) });
      Object.assign(state, { map: null, reached: null, hovered: null, cursor: state.cursor && inside(state.cursor) });
    }
    state.settings.pin = placeInside(maze, state.settings.pin);
    page.checkAgent();
    page.showSettings();
    page.refresh();
  }

  function move(from, to) {
    page.finishStroke();
    const last = from.pop();
    if (!last) return;
    to.push({ maze: state.maze, settings: asNow(last.settings) });
    apply(last.settings);
    see(last.maze);
  }

  // Undo the last edit as if it had never been made.
  function takeBack() {
    undone.future = forgotten;
    move(undone.past, []);
  }

  // Return the present values of some settings.
  function asNow(settings) {
    return Object.fromEntries(Object.keys(settings).map((name) => [name, state.settings[name]]));
  }

  // Take over settings; under noise there are no outcomes to count.
  function apply(settings) {
    Object.assign(state.settings, settings);
    if (state.settings.slip > 0 && state.settings.numbers === "outcomes") state.settings.numbers = "bits";
  }

  function change(settings) {
    apply(settings);
    page.showSettings();
    page.refresh();
  }

  function pinAt(cell) {
    if (page.takesCell(cell)) return; // as the answer to a question of a lesson
    const old = page.pinned();
    const again = old?.row === cell.row && old?.col === cell.col;
    const { x, y } = page.placeOf(cell);
    state.settings.pin = again || !page.isFloor(cell) ? null : [x, y];
    page.soon();
    page.lookAround();
    page.showPinned();
    page.showReveal();
  }

  // Load a maze, with the settings that it needs. Undoing it restores those that it changed.
  function load(maze, settings = {}) {
    page.removeAgent();
    const before = Object.entries(state.settings);
    apply(settings);
    const changed = before.filter(([name, value]) => String(value) !== String(state.settings[name]));
    if (maze === state.maze) change({});
    else edit(maze, { before: Object.fromEntries(changed) });
  }

  // Begin anew with a maze and settings, with nothing to undo.
  function startWith(maze, settings) {
    page.removeAgent();
    Object.assign(undone, { past: [], future: [] });
    apply(settings);
    see(maze);
  }

  // Set everything aside, and return a function that brings it back. With `below`, what is shown now
  // stays, and undoing it brings back the rest.
  function setAside() {
    const { past, future } = undone;
    const { maze } = state;
    const settings = { ...state.settings };
    return ({ below = false } = {}) => {
      if (!below) startWith(maze, settings);
      Object.assign(undone, below ? { past: [...past, { maze, settings }].slice(-MAX_UNDONE), future: [] } : { past, future });
      change({});
    };
  }

  function reset() {
    page.chooseTool("wall");
    page.present(false);
    page.seeAsAtFirst();
    page.element("difference").checked = false;
    load(page.begun.maze, { ...DEFAULTS, ...page.begun.settings });
  }

  return {
    edit, see, apply, change, pinAt, load, startWith, setAside, reset, takeBack,
    undo: () => move(undone.past, undone.future),
    redo: () => move(undone.future, undone.past),
    undoable: () => undone.past.length > 0,
    redoable: () => undone.future.length > 0,
    beforeEdit: () => undone.past.at(-1)?.maze ?? null,
    unpin: () => page.pinned() && pinAt(page.pinned()),
    clear: () => edit(blank(state.maze.name, sizeOf(state.maze).rows, sizeOf(state.maze).cols)),
    resize: (rows, cols) => edit(resized(state.maze, rows, cols)),
    rename: (name) => name && edit({ ...state.maze, name }),
  };
}
