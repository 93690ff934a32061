// The story above the board: what is seen, and an invitation to the first edit.

import { corner } from "./geometry.js";
import { endsInCells } from "./sentences.js";
import { say } from "./words.js";

// The invitation stands on the grid line on the right of this cell, given as {x, y}.
const INVITED_AT = { x: 5, y: 6 };
const LEAST_ROOM = 64; // pixels for the words; these stay inside the maze
const ASIDE = 18; // pixels around them

export function makeStory(page) {
  const { state, element } = page;
  const first = state.maze;

  function tellStory() {
    const { horizon, slip } = state.settings;
    const kind = slip > 0 ? "story_noise" : endsInCells(state.settings, state.maze) ? "story" : "story_sensed";
    element("story-text").textContent = say(`page.${kind}`, { count: horizon });
    invite();
  }

  // Invite to draw until the maze is changed.
  function invite() {
    const sign = element("invitation");
    const board = page.board();
    const { x: col, y } = INVITED_AT;
    const free = [col, col + 1].every((x) => board && page.isFloor(page.cellOf({ x, y })));
    sign.hidden = state.maze !== first || state.tool !== "wall" || state.settings.pin !== null || !state.map || !free;
    if (sign.hidden) return;
    const [left, top] = corner(board, [board.rows - 1 - y, col + 1]);
    const { shown } = board;
    const room = shown.right - left - ASIDE;
    sign.hidden = left < shown.left || room < LEAST_ROOM || top < shown.top || top > shown.bottom;
    Object.assign(sign.style, { left: `${left}px`, top: `${top}px`, maxWidth: `${room}px` });
  }

  return { tellStory, invite };
}
