// The page as a notebook shows it.

import { makeNotebookCore } from "./cores/notebook.js";
import { begin } from "./explorer.js";

const { words } = JSON.parse(document.getElementById("data").textContent);
let page = null;
let next = null; // what the notebook shows before the page is ready

function open(shown) {
  if (page) page.load(shown.maze, shown.settings);
  else next = shown;
}

const core = await makeNotebookCore(open);
page = await begin({ core, readWords: (language) => words[language] ?? words.en });
if (next) open(next);
