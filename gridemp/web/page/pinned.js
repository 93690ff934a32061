// The pinned cell: its numbers and its curve over the horizons.

import { drawCurve } from "./curve.js";
import { say } from "./words.js";

export function makePinned(page) {
  const { state, element } = page;

  async function showPinned() {
    const svg = element("curve");
    const cell = page.pinned();
    const isFloor = page.isFloor(cell);
    if (!isFloor || !state.map || state.stale || state.veiled) {
      page.callOff("curve");
      svg.toggleAttribute("hidden", true);
      element("curve-note").hidden = true;
      element("pinned").textContent = isFloor ? page.inWords(cell) : say("cell.hint");
      return;
    }
    element("pinned").textContent = page.inWords(cell);
    const place = JSON.stringify(page.placeOf(cell));
    if (svg.dataset.place !== place) svg.toggleAttribute("hidden", true);
    svg.dataset.place = place;
    svg.classList.add("waiting");
    try {
      const curve = await page.ask("curve", { ...page.question(), ...page.placeOf(cell) });
      if (curve === null) return;
      drawCurve(svg, curve, state.settings.horizon, page.begun.limits.horizon);
      svg.toggleAttribute("hidden", false);
      svg.classList.remove("waiting");
      element("curve-note").hidden = curve.complete;
      element("curve-note").textContent = say(curve.exported ? "cell.curve_exported" : "cell.curve_ends", { horizon: curve.horizons.at(-1) });
    } catch (error) {
      svg.toggleAttribute("hidden", true);
      page.refuse(error);
    }
  }

  return { showPinned };
}
