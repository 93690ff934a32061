// The controls around the board, which show the settings and change them.

import { readText } from "./engine/maze_text.js";
import { sizeOf } from "./mazes.js";
import { Refusal } from "./refusal.js";
import { offer, showValue, valueOf } from "./slider.js";
import { language, number, say } from "./words.js";

const TYPED_INTO = "input[type=number], input:not([type])";

export function bindControls(page) {
  const { state, element, change } = page;
  const { limits } = page.begun;
  const actions = {
    undo: page.undo, redo: page.redo, clear: page.clear, reset: page.reset,
    open: () => element("file").click(),
    "copy-text": page.copyText, "save-text": page.saveText,
    "copy-command": page.copyCommand, "copy-link": page.copyLink,
  };
  element("horizon").max = limits.horizon;
  element("slip").max = limits.slip;
  for (const id of ["cols", "rows"]) element(id).max = limits.side;

  for (const [id, act] of Object.entries(actions)) element(id).addEventListener("click", act);
  element("controls").addEventListener("submit", (event) => event.preventDefault());
  const read = {
    horizon: valueOf,
    slip: valueOf,
    stay: ({ checked }) => checked,
    numbers: ({ value }) => value || null,
  };
  for (const name of ["horizon", "slip", "slip_kind", "moves", "stay", "torus", "sensor", "numbers"]) {
    const get = read[name] ?? (({ value }) => value);
    element(name).addEventListener("input", (event) => change({ [name]: get(event.target) }));
  }

  element("fixed").addEventListener("change", ({ target }) => {
    const [low, high] = state.map?.range ?? [0, 6];
    const rounded = [Math.floor(low * 100) / 100, Math.ceil(high * 100) / 100];
    change({ range: target.checked ? rounded : null });
  });
  for (const id of ["vmin", "vmax"]) element(id).addEventListener("change", setRange);

  function setRange() {
    const ends = ["vmin", "vmax"].map((id) => element(id).valueAsNumber);
    if (ends.every(Number.isFinite)) change({ range: ends });
    else ["vmin", "vmax"].forEach((id) => restore(element(id)));
  }

  element("name").addEventListener("change", ({ target }) => {
    if (target.value.trim()) page.rename(target.value.trim());
    else restore(target);
  });
  for (const id of ["cols", "rows"]) element(id).addEventListener("change", setSize);

  function setSize() {
    const [rows, cols] = ["rows", "cols"].map((id) => element(id).valueAsNumber);
    const fits = (count) => Number.isInteger(count) && count >= 1 && count <= limits.side;
    if (fits(rows) && fits(cols) && rows * cols <= limits.cells) return page.resize(rows, cols);
    ["rows", "cols"].forEach((id) => restore(element(id)));
    page.refuse(new Refusal({ kind: "bad_size", facts: limits, field: "maze" }));
  }

  // ---- Files and the clipboard

  // No maze comes in from elsewhere in a lesson or behind a dialog.
  const barred = () => Boolean(page.openedLesson()) || behindDialog();
  const behindDialog = () => document.querySelector("dialog[open]") !== null;

  async function openText(text, file) {
    page.tell("");
    try {
      const read = await page.askOnce("read", { text, file });
      page.load(read.maze);
      const parts = [...read.left_out];
      if (read.outside) parts.push(say("share.outside", { count: read.outside }));
      const told = parts.length ? [say("share.left_out", { parts: parts.join(", ") })] : [];
      page.tell([...read.said, ...told].join("; "));
    } catch (error) {
      page.accept();
      page.refuse(reasonFor(error, { text, file }));
    }
  }

  // Python says in English why a text cannot be read. In other languages, the reason is the one that
  // the page finds itself, if the text is in a format that it reads.
  function reasonFor(error, asked) {
    if (error.kind !== "bad_text" || language() === "en") return error;
    try {
      readText(asked, page.begun);
    } catch (found) {
      if (found instanceof Refusal && found.kind !== "format_needs_python") return found;
    }
    return error;
  }

  async function openFile(file) {
    if (!file) return;
    const text = asText(await file.arrayBuffer());
    if (text !== null) return openText(text, file.name);
    page.accept();
    page.refuse(new Refusal({ kind: "not_text", facts: { file: file.name }, field: "maze" }));
  }

  element("file").addEventListener("change", async ({ target }) => {
    await openFile(target.files[0]);
    target.value = "";
  });
  addEventListener("dragover", (event) => {
    event.preventDefault();
    document.body.classList.toggle("over", !barred());
  });
  addEventListener("dragleave", () => document.body.classList.remove("over"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("over");
    if (!barred()) openFile(event.dataTransfer.files[0]);
  });
  addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text");
    if (barred() || !text.trim() || event.target.closest?.(TYPED_INTO)) return;
    event.preventDefault();
    openText(text, "pasted.txt");
  });

  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.target.closest?.(TYPED_INTO)) return;
    const key = event.key.toLowerCase();
    if ((key !== "z" && key !== "y") || behindDialog()) return;
    event.preventDefault();
    actions[key === "y" || event.shiftKey ? "redo" : "undo"]();
  });

  for (const button of document.querySelectorAll("[data-format]")) {
    button.addEventListener("click", () => page.saveFigure(button.dataset.format));
  }

  function showSettings() {
    const { maze, settings, map } = state;
    for (const [name, value] of Object.entries(settings)) {
      const control = element(name);
      if (!control || control.type === "range") continue;
      if (control.type === "checkbox") control.checked = value;
      else control.value = value ?? "";
    }
    showSliders();
    for (const each of document.querySelectorAll(".noisy")) each.hidden = settings.slip === 0;
    document.querySelector("#numbers [value=outcomes]").disabled = settings.slip > 0;
    document.querySelector("#slip_kind [value=perpendicular]").disabled = settings.moves === "turn";
    const { rows, cols } = sizeOf(maze);
    for (const [id, value] of Object.entries({ rows, cols, name: maze.name })) {
      reveal(element(id), value);
    }
    element("fixed").checked = settings.range !== null;
    const range = settings.range ?? map?.range ?? [];
    ["vmin", "vmax"].forEach((id, i) => {
      element(id).disabled = settings.range === null;
      reveal(element(id), range[i] === undefined ? "" : Number(range[i].toFixed(2)));
    });
    showEdits();
  }

  // A slider has the values that a step of a lesson lists, or else those that the page can show.
  function showSliders() {
    const { horizon, slip } = state.settings;
    const slips = page.slips({ maze: state.maze, ...state.settings });
    offer(element("horizon"), page.listed("horizon"));
    offer(element("slip"), page.listed("slip") ?? (slips && ascending([...slips, slip])));
    const words = { horizon: number(horizon), slip: number(slip, Number(slip.toFixed(2)) === slip ? 2 : 3) };
    for (const [name, said] of Object.entries(words)) {
      document.querySelector(`output[for=${name}]`).textContent = said;
      showValue(element(name), state.settings[name], said);
    }
  }

  // A button that is disabled passes its focus on.
  function showEdits() {
    const { activeElement } = document;
    const buttons = [element("undo"), element("redo")];
    buttons[0].disabled = !page.undoable();
    buttons[1].disabled = !page.redoable();
    if (!buttons.includes(activeElement) || !activeElement.disabled) return;
    (buttons.find((each) => !each.disabled) ?? page.canvas).focus();
  }

  return { showSettings };
}

// Return different numbers in ascending order.
function ascending(numbers) {
  return [...new Set(numbers)].sort((one, other) => one - other);
}

// Return bytes as a text, or null if they are not UTF-8.
function asText(bytes) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

// Show a value, unless it is unchanged: something else may just be being typed there.
function reveal(control, value) {
  if (control.dataset.shown === String(value)) return;
  control.value = control.dataset.shown = value;
}

// Undo what was typed.
function restore(control) {
  control.value = control.dataset.shown;
}
