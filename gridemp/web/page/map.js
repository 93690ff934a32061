// The map that is shown, asked for after every change, and what is reached from a cell.

import { sizeOf } from "./mazes.js";
import { peakSentence } from "./sentences.js";
import { say } from "./words.js";

const SETTLED = 250; // milliseconds without a change, before anything that is not urgent
const PATIENCE = 300; // milliseconds without an answer, before the page says so
const SOON = 60; // milliseconds that a map waits for the reach of a cell, to be drawn together

export function makeMap(page) {
  const { state, canvas, element } = page;
  let timer = 0;
  let waiting = 0;
  let refreshed = 0;

  // Show the map of the maze and the settings as they are now, and all that belongs to it.
  async function refresh() {
    const serial = ++refreshed;
    try {
      await update(serial);
    } finally {
      if (serial === refreshed) {
        rest();
        canvas.setAttribute("aria-busy", "false");
      }
    }
    if (serial === refreshed && document.activeElement === canvas && state.cursor) page.speakCursor();
  }

  async function update(serial) {
    page.paint();
    canvas.setAttribute("aria-busy", "true");
    soon();
    for (const kind of ["cell", "curve", "step", "figure", "reveal", "arrows", "doors"]) page.callOff(kind);
    clearTimeout(waiting);
    waiting = setTimeout(wait, PATIENCE, 0);
    const world = worldAsked();
    state.partial = null;
    let looked = null;
    try {
      const map = await page.ask("map", page.mapQuestion(), wait).finally(() => {
        if (serial === refreshed) state.partial = null;
      });
      if (map === null) return serial === refreshed && cancelled(); // or a newer one is on its way
      page.accept();
      clearTimeout(waiting);
      Object.assign(state, { map, world, stale: false });
      looked = Promise.all([lookAround(), page.showReveal()]);
      await Promise.race([looked, new Promise((done) => setTimeout(done, SOON))]);
      if (state.reached?.map !== map) state.reached = null;
      page.paint();
    } catch (error) {
      page.accept();
      if (world !== state.world) Object.assign(state, { map: null, reached: null });
      state.stale = state.map === null; // otherwise only a display option was refused
      page.refuse(error);
    }
    if (serial !== refreshed) return;
    rest();
    tellPeak();
    page.showSettings();
    page.tellStory();
    page.showDoor();
    const more = [page.showPinned(), page.showPolicy(), page.showDifference()];
    await Promise.all([looked ?? Promise.all([lookAround(), page.showReveal()]), ...more]);
  }

  function tellPeak() {
    const { map, maze, settings } = state;
    const peak = map && !state.veiled ? peakSentence(map, settings, maze) : "";
    element("peak").textContent = peak;
    const { rows, cols } = sizeOf(maze);
    canvas.setAttribute("aria-label", say("board.label", { name: maze.name, cols, rows, peak }));
  }

  // `partial` has the bits of the cells that are known so far, if the core tells them.
  function wait(fraction, partial) {
    page.accept();
    element("working").hidden = false;
    element("progress").value = fraction;
    state.stale = true;
    document.body.classList.add("waiting");
    if (partial) {
      state.partial = { ...partial, range: state.settings.range ?? rangeOf(partial.bits) };
      page.paint();
    }
    document.body.classList.toggle("partial", state.partial !== null);
    element("peak").textContent = say("peak.computing");
    element("here").textContent = "";
    page.showReveal();
    element("pinned").textContent = page.pinned() ? page.inWords(page.pinned()) : "";
  }

  // No answer is waited for any more.
  function rest() {
    clearTimeout(waiting);
    if (document.activeElement === element("cancel")) canvas.focus({ preventScroll: true });
    element("working").hidden = true;
    document.body.classList.remove("waiting", "partial");
  }

  // The reader did not want to wait: the colours are still those of the map before, but nothing is
  // told that the settings have outdated.
  function cancelled() {
    element("peak").textContent = say("peak.cancelled");
    page.showReveal();
    page.showPinned();
    page.showDoor();
    page.tellStory();
    page.paint();
  }

  element("cancel").addEventListener("click", () => page.callOff("map"));

  // Show what is reached from the cell that is pointed at, or else from the pinned one.
  async function lookAround() {
    const cell = state.tool === "point" && state.hovered ? state.hovered : page.pinned();
    const told = state.hovered ?? (document.activeElement === canvas ? state.cursor : null);
    element("here").textContent = told ? page.inWords(told) : "";
    if (!state.map || state.veiled || !page.isFloor(cell)) {
      page.callOff("cell");
      state.reached = null;
      return page.paint();
    }
    const { map } = state;
    try {
      const answer = await page.ask("cell", { ...page.question(), ...page.placeOf(cell) });
      if (answer === null) return;
      state.reached = { map, grid: answer.reached };
      if (told && told.row === cell.row && told.col === cell.col) {
        element("here").textContent = page.inWords(cell, answer.outcomes);
      }
    } catch (error) {
      state.reached = null;
      page.refuse(error);
    }
    page.paint();
  }

  // Once nothing changes any more, bring address and command line up to date.
  function soon() {
    clearTimeout(timer);
    timer = setTimeout(settle, SETTLED);
  }

  async function settle() {
    await page.writeAddress();
    try {
      const described = await page.ask("describe", page.figureQuestion());
      if (!described) return;
      tellCommand(described.command);
      element("first").hidden = described.known;
    } catch (error) {
      tellCommand("");
      page.refuse(error);
    }
  }

  // Without a command, nothing can be copied or saved.
  function tellCommand(command) {
    element("command").textContent = command;
    for (const id of ["copy-command", "copy-text", "save-text"]) element(id).disabled = !command;
  }

  // Return the question as text, without the options that only change the display of a map.
  function worldAsked() {
    return JSON.stringify({ ...page.question(), maze: { ...state.maze, name: "" } });
  }

  // True if the map is that of the maze and the settings as they are now.
  const isCurrent = () => !state.stale && state.world === worldAsked();

  return { refresh, lookAround, soon, isCurrent };
}

// Return the lowest and the highest of the values that are known, or a range that begins at 0.
function rangeOf(bits) {
  const known = bits.flat().filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return low < high ? [low, high] : [0, high > 0 && Number.isFinite(high) ? high : 1];
}
