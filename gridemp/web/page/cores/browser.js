// A core that needs no Python: worlds without noise are computed in the browser.

import { makeAnswers } from "../engine/answers.js";
import { commandOf } from "../engine/command.js";
import { makePauses } from "../engine/pauses.js";
import { checkMaze, checkQuestion, refuse } from "../engine/questions.js";
import { fileOf, textOf } from "../engine/text.js";
import { sameMaze } from "../mazes.js";

const DEFAULTS = {
  slip: 0, slip_kind: "uniform", moves: "nesw", stay: true, torus: "", sensor: "state", range: null,
  numbers: null, policy: "greedy", heading: null, draw: 0,
};

// `data` is what `start` answers.
export function makeBrowserCore(data) {
  const answers = makeAnswers(data.limits);

  // Bundled mazes can be named on the command line.
  function describe(question) {
    const { maze } = question;
    checkMaze(maze, data);
    const known = data.mazes.some((each) => each.maze.name === maze.name && sameMaze(each.maze, maze));
    return { text: textOf(maze), file: fileOf(maze), known, command: commandOf(question, known) };
  }

  return {
    start: async () => data,

    async answer(kind, body, options = {}) {
      if (kind === "read" || kind === "figure") refuse("needs_python", "");
      const question = { ...DEFAULTS, ...body };
      if (kind === "describe") return describe(question);
      checkQuestion(question, data);
      if (question.slip) refuse("not_exported", "slip");
      return answers[kind](question, makePauses(options));
    },
  };
}
