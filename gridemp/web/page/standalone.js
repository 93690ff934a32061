// The page in a file of its own: the browser computes worlds without noise, others are in the file.

import { makeBrowserCore } from "./cores/browser.js";
import { makeNoisyAnswers } from "./cores/noisy.js";
import { begin } from "./explorer.js";
import { inflated } from "./inflated.js";

const data = JSON.parse(document.getElementById("data").textContent);
const records = await new Response(inflated(data.noisy)).json();
const { limits, maze } = data.start;
const browser = makeBrowserCore(data.start, makeNoisyAnswers(records, limits.horizon, maze));
const core = {
  ...browser,
  answer: async (kind, body, options) => (kind === "figure" ? picture() : browser.answer(kind, body, options)),
};

await begin({ core, readWords: (language) => data.words[language] ?? data.words.en });

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
