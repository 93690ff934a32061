// Plot of the empowerment of a cell against the horizon, as an SVG.

import { niceTicks } from "./colorbar.js";
import { number, say } from "./words.js";

const SPACE = "http://www.w3.org/2000/svg";
const WIDTH = 280;
const HEIGHT = 150;
const FRAME = { left: 30, right: 8, top: 8, bottom: 32 };

export function drawCurve(svg, { horizons, bits }, horizon, longest) {
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  const high = Math.max(...bits, 0.1) * 1.05;
  const x = (n) => FRAME.left + ((n - 1) / (longest - 1)) * (WIDTH - FRAME.left - FRAME.right);
  const y = (value) => HEIGHT - FRAME.bottom - (value / high) * (HEIGHT - FRAME.top - FRAME.bottom);
  const parts = [];
  for (const value of niceTicks(0, high, 4)) {
    parts.push(shape("line", { x1: FRAME.left, x2: WIDTH - FRAME.right, y1: y(value), y2: y(value), class: "grid" }));
    parts.push(label(number(value), { x: FRAME.left - 5, y: y(value) + 4, "text-anchor": "end" }));
  }
  for (const n of [1, 5, 10, 15, 20].filter((n) => n <= longest)) {
    parts.push(label(n, { x: x(n), y: HEIGHT - FRAME.bottom + 14, "text-anchor": "middle" }));
  }
  parts.push(label(say("cell.curve_axis"), { x: (FRAME.left + WIDTH) / 2, y: HEIGHT - 4, "text-anchor": "middle" }));
  const points = horizons.map((n, i) => `${x(n)},${y(bits[i])}`).join(" ");
  parts.push(shape("polyline", { points, class: "curve" }));
  horizons.forEach((n, i) => parts.push(shape("circle", { cx: x(n), cy: y(bits[i]), r: n === horizon ? 5 : 2, class: n === horizon ? "now" : "dot" })));
  svg.replaceChildren(...parts);
  const words = horizons.map((n, i) => `${n}: ${number(bits[i], 2)}`).join("; ");
  svg.setAttribute("aria-label", say("cell.curve", { values: words }));
}

function shape(kind, attributes) {
  const element = document.createElementNS(SPACE, kind);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function label(words, attributes) {
  const element = shape("text", attributes);
  element.textContent = words;
  return element;
}
