// A player that reveals what the pinned cell can reach, step by step, and one way to go there.

import { glyph, headingBefore } from "./actions.js";
import { withBoxes } from "./mazes.js";
import { outcomes } from "./sentences.js";
import { inBits, number, percent, say } from "./words.js";

const MOST_ACTIONS = 5; // named in the sentence about first actions
const PACE = 1100; // milliseconds a step
const SOON = 60; // milliseconds without an answer, before the one before is forgotten

export function makeReveal(page) {
  const { state, element } = page;
  let answer = null; // about `start`, a cell, and `map`
  let start = null;
  let map = null;
  let step = null; // steps shown, or null while the player is closed
  let timer = 0;

  const still = matchMedia("(prefers-reduced-motion: reduce)"); // then steps are taken by hand
  const steps = () => answer?.steps.length ?? state.settings.horizon;

  // ---- Questions

  // Ask again, as the cell, the maze or a setting may have changed.
  async function showReveal() {
    const cell = page.pinned();
    element("reveal-play").disabled = !state.map;
    if (step === null) return;
    const mapless = !state.map && element("working").hidden; // and none is being computed
    if (!page.isFloor(cell) || mapless || state.veiled) return close();
    if (state.stale) return forget(element("peak").textContent); // the map is computed, or was called off
    const asked = state.map;
    const late = setTimeout(forget, SOON, say("peak.computing"));
    try {
      const found = await page.ask("reveal", { ...page.question(), ...page.placeOf(cell) });
      if (found === null || step === null) return;
      [answer, start, map] = [found, cell, asked];
      step = Math.min(step, steps());
      show();
    } catch (error) {
      close();
      page.refuse(error);
    } finally {
      clearTimeout(late);
    }
  }

  // Show words instead of an answer that may no longer be true.
  function forget(words) {
    if (step === null) return;
    answer = null;
    element("reveal-words").textContent = words;
    element("reveal-walk").closest("p").hidden = true;
    page.paint();
  }

  // Begin at the pinned cell, or else at the one that is pointed at, or else at the brightest.
  function open() {
    if (step !== null || !state.map) return;
    step = 0;
    element("reveal").classList.add("opened");
    if (page.isFloor(page.pinned())) return showReveal();
    const other = [state.hovered, state.cursor].find(page.isFloor);
    page.pinAt(other ?? page.cellOf(state.map.peak));
  }

  function close() {
    if (step === null) return;
    pause();
    page.callOff("reveal");
    [answer, start, map, step] = [null, null, null, null];
    element("reveal").classList.remove("opened");
    element("reveal-words").textContent = "";
    show();
    page.paint();
  }

  // Close the player by hand; its controls are hidden, but for one that gets the focus.
  function leave() {
    close();
    element("reveal-play").focus();
  }

  // ---- Steps

  function go(to) {
    if (step === null) return open();
    step = Math.min(Math.max(to, 0), steps());
    show();
  }

  function play() {
    if (timer) return pause();
    if (step === steps()) step = 0;
    open();
    if (still.matches) return element("reveal-forward").focus(); // as the button to play is hidden
    timer = setInterval(() => {
      if (!answer) return;
      go(step + 1);
      if (step === steps()) pause();
    }, PACE);
    show();
  }

  function pause() {
    clearInterval(timer);
    timer = 0;
    show();
  }

  // ---- Words

  function show() {
    element("reveal-play").textContent = say(step === null ? "reveal.open" : timer ? "reveal.pause" : "reveal.play");
    if (step === null || !answer) return;
    const slider = element("reveal-step");
    slider.max = steps();
    slider.value = step;
    slider.setAttribute("aria-valuetext", say("reveal.at", { step, steps: steps() }));
    element("reveal-at").textContent = say("reveal.at", { step, steps: steps() });
    element("reveal-back").setAttribute("aria-disabled", step === 0); // but it keeps the focus
    element("reveal-forward").setAttribute("aria-disabled", step === steps());
    element("reveal-words").textContent = sentence();
    showWalk();
    page.paint();
  }

  function sentence() {
    if (step === 0) return startSentence();
    if (alone()) return endSentence();
    const { bits, outcomes: count, cells } = answer.steps[step - 1];
    const facts = { count: step, bits: inBits(bits), effective: number(2 ** bits, 1), number: count };
    if (!answer.deterministic && count > 1) return say("reveal.noisy", facts); // a single outcome is sure
    const sure = say("reveal.sure", { ...facts, outcomes: outcomes(count, state.settings, state.maze) });
    return count === cells ? sure : say("cell.joined", { one: sure, other: say(difference(count, cells), { count: cells }) });
  }

  function startSentence() {
    const place = page.placeOf(start);
    if (answer.deterministic) return say("reveal.start", place);
    const likely = Object.entries(answer.first_actions).sort((one, other) => other[1] - one[1]);
    const named = ([action, probability]) => `${say(`actions.${action}`)} ${percent(probability)}`;
    const [most, more] = [likely.slice(0, MOST_ACTIONS).map(named), likely.length > MOST_ACTIONS];
    return say("reveal.start_noisy", { ...place, actions: most.join(", ") + (more ? ", …" : "") });
  }

  // Where the sample sequence ends most often.
  function endSentence() {
    const chances = answer.walk_reached.flatMap((line, row) => line.map((chance, col) => ({ chance, row, col })));
    const best = chances.reduce((one, other) => (other.chance > one.chance ? other : one));
    return say("reveal.ends", { ...page.placeOf(best), percent: percent(best.chance, 1) });
  }

  // True if only the outcomes of the sample sequence are shown.
  function alone() {
    return step === steps() && answer.walk_reached !== null && element("reveal-alone").checked;
  }

  // Return the key of the words for why there are more, or fewer, outcomes than cells.
  function difference(count, cells) {
    if (count < cells) return "reveal.alike";
    const boxes = answer.walk[0].boxes !== null;
    if (state.settings.moves === "turn") return boxes ? "reveal.headings_boxes" : "reveal.headings";
    return answer.walk[0].boxes.length === 1 ? "reveal.box" : "reveal.boxes";
  }

  // The sample sequence, with the actions taken so far in bold.
  function showWalk() {
    const list = element("reveal-walk");
    list.closest("p").hidden = false;
    list.replaceChildren(...answer.walk.map(({ action }, i) => {
      const item = document.createElement("span");
      item.textContent = glyph(action);
      item.classList.toggle("taken", i < step);
      return item;
    }));
    const probability = answer.walk_probability;
    element("reveal-way").textContent = probability === null
      ? say("reveal.one_way")
      : say("reveal.likeliest", { percent: percent(probability, 1) });
    list.setAttribute("aria-label", answer.walk.map(({ action }) => say(`actions.${action}`)).join(", "));
    element("reveal-alone").closest("label").hidden = answer.walk_reached === null || step < steps();
  }

  // ---- The board

  // Return what the player shows on the board, or null while it is closed or its answer is about another map.
  function revealed() {
    if (step === null || !answer || map !== state.map || state.veiled) return null;
    const path = [start, ...answer.walk.slice(0, step).map(page.cellOf)];
    const [{ action, heading: then }] = answer.walk;
    const { heading, boxes } = step ? answer.walk[step - 1] : { heading: headingBefore(action, then), boxes: null };
    const first = step || answer.deterministic ? null : { cell: start, heading, probabilities: answer.first_actions };
    return {
      reached: reachedAfter(step),
      steps: step,
      fresh: fresh(),
      walk: first || alone() ? null : { ...path.at(-1), heading, trail: path.slice(0, -1) },
      maze: boxes ? withBoxes(state.maze, boxes) : state.maze,
      first,
      policy: null,
    };
  }

  function reachedAfter(count) {
    if (count === 0) return state.maze.cells.map((line, row) => [...line].map((_, col) => (row === start.row && col === start.col ? 1 : null)));
    if (count === step && alone()) {
      return answer.walk_reached.map((line) => line.map((chance) => chance || null));
    }
    return answer.steps[count - 1].reached;
  }

  // Return the numbers, in array order, of the cells that the last step has added.
  function fresh() {
    const found = new Set();
    if (!step) return found;
    const before = reachedAfter(step - 1);
    reachedAfter(step).forEach((line, row) => line.forEach((chance, col) => {
      if (chance !== null && (before[row][col] ?? null) === null) found.add(row * line.length + col);
    }));
    return found;
  }

  element("reveal-play").addEventListener("click", play);
  element("reveal-back").addEventListener("click", () => go(step - 1));
  element("reveal-forward").addEventListener("click", () => go(step + 1));
  element("reveal-step").addEventListener("input", ({ target }) => {
    const wanted = target.valueAsNumber;
    pause();
    go(wanted);
  });
  element("reveal-alone").addEventListener("change", show);
  element("reveal-close").addEventListener("click", leave);
  element("reveal").addEventListener("keydown", (event) => event.key === "Escape" && leave());
  show();
  return { showReveal, revealed, closeReveal: close };
}
