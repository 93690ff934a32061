// The page in a file of its own: the browser computes worlds without noise, others are in the file.

import { makeBrowserCore } from "./cores/browser.js";
import { makeNoisyAnswers } from "./cores/noisy.js";
import { begin } from "./explorer.js";

const DEFAULTS = { slip_kind: "uniform", moves: "nesw", stay: true, torus: "", sensor: "state", policy: "greedy", draw: 0 };

const data = JSON.parse(document.getElementById("data").textContent);
const browser = makeBrowserCore(data.start);
const noisy = makeNoisyAnswers(await unpacked(data.noisy), data.start.limits.horizon);
const core = {
  start: browser.start,
  async answer(kind, body, options) {
    if (kind === "figure") return picture();
    if (body.slip && kind in noisy) return noisy[kind]({ ...DEFAULTS, ...body });
    return browser.answer(kind, body, options);
  },
};

await begin({ core, readWords: (language) => data.words[language] ?? data.words.en });

async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

// The board as it is on the screen, on the colour of the page, as a PNG.
function picture() {
  const board = document.getElementById("board");
  const canvas = Object.assign(document.createElement("canvas"), { width: board.width, height: board.height });
  const context = canvas.getContext("2d");
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(board, 0, 0);
  return new Promise((done) => canvas.toBlob(done));
}
