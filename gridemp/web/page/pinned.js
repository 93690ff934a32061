// The pinned cell: its numbers and its curve over the horizons.

import { ask, callOff } from "./asking.js";
import { drawCurve } from "./curve.js";

const HINT = "Point at a cell to see what it can reach; click or press Enter to pin it.";

export function makePinned({ state, element, question, placeOf, pinned, inWords, refuse, longest }) {
  return async function showPinned() {
    const svg = element("curve");
    const cell = pinned();
    const isFloor = cell && (state.maze.cells[cell.row]?.[cell.col] ?? "#") !== "#";
    if (!isFloor || !state.map) {
      callOff("curve");
      svg.toggleAttribute("hidden", true);
      element("curve-note").hidden = true;
      element("pinned").textContent = isFloor ? inWords(cell) : HINT;
      return;
    }
    element("pinned").textContent = inWords(cell);
    const place = JSON.stringify(placeOf(cell));
    if (svg.dataset.place !== place) svg.toggleAttribute("hidden", true);
    svg.dataset.place = place;
    svg.classList.add("waiting");
    try {
      const curve = await ask("curve", { ...question(), ...placeOf(cell) });
      if (curve === null) return;
      drawCurve(svg, curve, state.settings.horizon, longest);
      svg.toggleAttribute("hidden", false);
      svg.classList.remove("waiting");
      element("curve-note").hidden = curve.complete;
      element("curve-note").textContent = `Horizons longer than ${curve.horizons.at(-1)} take too long here; gridemp curve computes them.`;
    } catch (error) {
      svg.toggleAttribute("hidden", true);
      refuse(error);
    }
  };
}
