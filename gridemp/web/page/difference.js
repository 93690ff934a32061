// What the last edit has changed: the map after it minus the map before it.

import { sizeOf } from "./mazes.js";
import { inBits, say } from "./words.js";

// As the colour map RdBu_r of the figures: blue for less, red for more.
const ANCHORS = ["053061", "2166ac", "4393c3", "92c5de", "d1e5f0", "f7f7f7", "fddbc7", "f4a582", "d6604d", "b2182b", "67001f"];
const COLORS = 256;
const NEGLIGIBLE = 1e-9; // bits

export function makeDifference(page) {
  const { state, element } = page;
  let shown = null; // {map, bits, range}

  async function showDifference() {
    const { map } = state;
    const before = comparable() ? page.beforeEdit() : null;
    element("difference").disabled = before === null;
    if (before === null) element("difference").checked = false;
    if (!element("difference").checked || !map || state.veiled) return forget(before);
    try {
      const old = await page.askOnce("map", { ...page.question(), maze: before });
      if (state.map !== map) return;
      shown = { map, ...differenceOf(old.bits, map.bits) };
      tell();
    } catch (error) {
      forget(before);
      page.refuse(error);
    }
    page.paint();
  }

  function forget(before) {
    shown = null;
    element("difference-words").textContent = say(before === null ? "difference.none" : "difference.hint");
    page.paint();
  }

  // A maze of another size has other cells.
  function comparable() {
    const before = page.beforeEdit();
    const [old, now] = [before, state.maze].map((maze) => maze && JSON.stringify(sizeOf(maze)));
    return before !== null && old === now;
  }

  function tell() {
    const { mean, most, cell } = shown;
    const facts = { mean: signed(mean), most: signed(most), ...(cell && page.placeOf(cell)) };
    element("difference-words").textContent = say(Math.abs(most) > NEGLIGIBLE ? "difference.told" : "difference.nothing", facts);
  }

  element("difference").addEventListener("change", showDifference);
  // What replaces the map in the scene, or nothing.
  const differenceShown = () => shown?.map === state.map && !state.partial && !state.veiled
    ? { bits: shown.bits, range: shown.range, palette: PALETTE, label: say("difference.bar"), reached: null, ringed: [], absorbing: new Set(), numbers: null }
    : {};
  return { showDifference, differenceShown };
}

// Return the differences, the range of their colours around 0, their mean and the largest one.
function differenceOf(before, after) {
  const bits = after.map((line, row) => line.map((value, col) => {
    const old = before[row][col];
    return value === null || old === null ? null : value - old;
  }));
  let [sum, count, most, cell] = [0, 0, 0, null];
  bits.forEach((line, row) => line.forEach((value, col) => {
    if (value === null) return;
    sum += value;
    count += 1;
    if (Math.abs(value) > Math.abs(most)) [most, cell] = [value, { row, col }];
  }));
  const end = Math.abs(most) > NEGLIGIBLE ? Math.abs(most) : 1;
  return { bits, range: [-end, end], mean: count ? sum / count : 0, most, cell };
}

export function signed(value) {
  return `${value < 0 ? "−" : "+"}${inBits(Math.abs(value))}`;
}

const PALETTE = Array.from({ length: COLORS }, (_, i) => {
  const place = (i / (COLORS - 1)) * (ANCHORS.length - 1);
  const below = Math.min(Math.floor(place), ANCHORS.length - 2);
  const parts = [0, 2, 4].map((at) => {
    const [low, high] = [below, below + 1].map((each) => parseInt(ANCHORS[each].slice(at, at + 2), 16));
    return Math.round(low + (high - low) * (place - below)).toString(16).padStart(2, "0");
  });
  return `#${parts.join("")}`;
});
