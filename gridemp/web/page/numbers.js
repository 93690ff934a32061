// Numbers to be written into the cells.

import { number } from "./words.js";

const made = new WeakMap(); // by map, then by content

// Return the ways to write them, the longest first: each an H x W grid of texts, null on walls.
export function numberTexts(content, map) {
  if (!made.has(map)) made.set(map, {});
  return (made.get(map)[content] ??= textsOf(content, map));
}

function textsOf(content, { bits, outcomes }) {
  const grid = (values, text) => values.map((row) => row.map((value) => (value === null ? null : text(value))));
  if (content === "outcomes") return outcomes ? [grid(outcomes, (count) => number(count))] : [];
  return content === "bits" ? [2, 1, 0].map((decimals) => grid(bits, (value) => number(value, decimals))) : [];
}
