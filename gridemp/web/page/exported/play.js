// The button that runs through the horizons, one after another, up to the longest.

import { say } from "../words.js";

const PACE = 900; // milliseconds for each horizon

// `at` returns the number of the map that is shown, `go` shows another. For readers who prefer
// less motion, the button moves on by one horizon only.
export function makePlay({ button, count, at, go }) {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let timer = null;

  function label() {
    button.textContent = say(still.matches ? "exported.next" : timer === null ? "exported.play" : "exported.pause");
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    label();
  }

  function advance() {
    go(at() + 1);
    if (at() === count - 1) stop();
  }

  function toggle() {
    if (timer !== null) return stop();
    if (still.matches) return go((at() + 1) % count);
    if (at() === count - 1) go(0);
    timer = setInterval(advance, PACE);
    label();
  }

  button.addEventListener("click", toggle);
  still.addEventListener("change", stop);
  label();
  return { toggle, stop };
}
