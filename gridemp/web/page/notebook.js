// The page as a notebook shows it.

import { makeNotebookCore } from "./cores/notebook.js";
import { begin } from "./explorer.js";

const { words } = JSON.parse(document.getElementById("data").textContent);
let page = null;
let next = null; // what the notebook shows before the page is ready

// The words of a language, among them what to do if the notebook does not answer.
function readWords(language) {
  const { failed, ...others } = words[language] ?? words.en;
  return { ...others, failed: { ...failed, silent: failed.silent_notebook } };
}

function open(shown) {
  if (page) page.load(shown.maze, shown.settings);
  else next = shown;
}

const core = await makeNotebookCore(open);
page = await begin({ core, readWords });
if (next) open(next);
