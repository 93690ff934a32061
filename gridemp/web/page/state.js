// The state of the page, and the questions that follow from it.

import { SOLID, sizeOf } from "./mazes.js";
import { cellSentence } from "./sentences.js";
import { DEFAULTS } from "./settings.js";

// A cell is {row, col}, a place {x, y} with y pointing up.
export function makeState(begun) {
  const state = {
    maze: begun.maze, settings: { ...DEFAULTS, ...begun.settings }, tool: "wall",
    map: null, partial: null, stale: true, reached: null, hovered: null, cursor: null, side: "north", agent: null,
    veiled: false, picked: null, // by a lesson: the map is hidden, a cell is marked
  };

  function cellOf({ x, y }) {
    return { row: sizeOf(state.maze).rows - 1 - y, col: x };
  }

  function placeOf({ row, col }) {
    return { x: col, y: sizeOf(state.maze).rows - 1 - row };
  }

  function pinned() {
    const { pin } = state.settings;
    return pin && cellOf({ x: pin[0], y: pin[1] });
  }

  function question() {
    const { horizon, slip, moves, stay, torus, sensor } = state.settings;
    const slip_kind = slip ? state.settings.slip_kind : DEFAULTS.slip_kind;
    return { maze: state.maze, horizon, slip, slip_kind, moves, stay, torus, sensor };
  }

  // `count` is the number of outcomes, if it is known better than from the map.
  function inWords(cell, count = null) {
    const map = state.stale || state.veiled ? null : state.map;
    const facts = {
      ...placeOf(cell), letter: state.maze.cells[cell.row][cell.col],
      bits: map?.bits[cell.row]?.[cell.col] ?? null,
      count: map?.outcomes?.[cell.row][cell.col] ?? count, noisy: map && !map.deterministic,
    };
    return cellSentence(facts, state.settings, state.maze);
  }

  return {
    state, cellOf, placeOf, pinned, question, inWords,
    mapQuestion: () => ({ ...question(), range: state.settings.range }),
    figureQuestion: () => ({ ...question(), range: state.settings.range, numbers: state.settings.numbers }),
    isFloor: (cell) => (state.maze.cells[cell?.row]?.[cell.col] ?? SOLID) !== SOLID,
  };
}
