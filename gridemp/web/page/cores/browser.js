// A core that needs no Python: worlds without noise are computed in the browser.

import { makeAnswers } from "../engine/answers.js";
import { commandOf } from "../engine/command.js";
import { makePauses } from "../engine/pauses.js";
import { checkChoices, checkMaze, checkQuestion, refuse } from "../engine/questions.js";
import { readText } from "../engine/maze_text.js";
import { fileOf, textOf } from "../engine/text.js";
import { sameMaze } from "../mazes.js";
import { DEFAULTS } from "../settings.js";

// `data` is what `start` answers; `noisy` has the answers about noisy worlds, by kind of question, and
// the slips of these worlds.
export function makeBrowserCore(data, { slips, ...noisy } = {}) {
  const answers = makeAnswers(data.limits);

  // Bundled mazes can be named on the command line.
  function describe(question) {
    const { maze } = question;
    checkMaze(maze, data);
    const known = data.mazes.some((each) => each.maze.name === maze.name && sameMaze(each.maze, maze));
    return { text: textOf(maze), file: fileOf(maze), known, command: commandOf(question, known) };
  }

  // To Python, letters other than gridemp's own may mean something.
  function read(body) {
    try {
      return readText(body, data);
    } catch (found) {
      if (found.kind === "text_letter") refuse("letter_needs_python", "maze", found.facts);
      throw found;
    }
  }

  return {
    start: async () => data,
    slips,

    async answer(kind, body, options = {}) {
      if (kind === "figure") refuse("needs_python", "");
      if (kind === "read") return read(body);
      const question = { ...DEFAULTS, horizon: null, heading: null, draw: 0, ...body };
      checkChoices(question);
      if (kind === "describe") return describe(question);
      checkQuestion(question, data);
      if (!question.slip) return answers[kind](question, makePauses(options));
      if (kind in noisy) return noisy[kind](question);
      return refuse("not_exported", "slip");
    },
  };
}
