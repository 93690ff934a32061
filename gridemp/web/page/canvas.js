// Drawing of the board on its canvas, at most once a frame.

import { draw } from "./board.js";
import { geometry, heightFor } from "./geometry.js";
import { numberTexts } from "./numbers.js";
import { say } from "./words.js";

const INVISIBLE_GAP = 5e-4; // bits, as in the figures

export function makeCanvas(page) {
  const { canvas, state, pinned, cellOf } = page;
  const { palette } = page.begun;
  const numberOf = ({ row, col }) => row * state.maze.cells[0].length + col;
  let board = null;
  let frame = 0;
  let drawn = null;

  function paint() {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(paintNow);
  }

  // Return where the maze lies now, which may differ from where it was drawn.
  function measure() {
    const { width, height } = canvas.getBoundingClientRect();
    const view = page.currentView();
    canvas.parentElement.style.setProperty("--wanted", `${heightFor(width, state.maze, view)}px`);
    return geometry(width, height, state.maze, view);
  }

  function paintNow() {
    board = measure();
    const { width, height } = board;
    const dots = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * dots) || canvas.height !== Math.round(height * dots)) {
      canvas.width = Math.round(width * dots);
      canvas.height = Math.round(height * dots);
    }
    const context = canvas.getContext("2d");
    context.setTransform(dots, 0, 0, dots, 0, 0);
    const style = getComputedStyle(document.documentElement);
    const { settings } = state;
    const map = state.veiled ? null : state.partial ?? state.map;
    const focused = document.activeElement === canvas && state.cursor;
    const absorbing = new Set((map?.absorbing ?? []).map(([x, y]) => numberOf(cellOf({ x, y }))));
    const scene = {
      maze: state.maze, torus: settings.torus, palette,
      bits: map?.bits, range: map?.range, numbers: map && !state.partial && settings.numbers && numberTexts(settings.numbers, map),
      label: map && say(map.gap > INVISIBLE_GAP ? "picture.bar_lower" : "picture.bar"), zero: say("picture.absorbing"),
      ringed: (map?.ringed ?? []).map(([x, y]) => cellOf({ x, y })),
      absorbing,
      reached: state.partial ? null : state.reached?.grid, pin: state.picked ?? pinned(), veiled: state.veiled,
      policy: page.policyShown()?.filter(({ cell }) => !absorbing.has(numberOf(cell))), door: page.doorShown(),
      agent: state.agent && { ...state.agent, ...cellOf(state.agent), trail: state.agent.trail.map(cellOf) },
      cursor: focused ? state.cursor : null,
      edge: page.edge(),
      ink: style.getPropertyValue("--ink"), veil: style.getPropertyValue("--veil"),
      ...page.differenceShown(), ...page.revealed(),
    };
    draw(context, board, scene);
    if (map !== drawn) performance.mark("map drawn"); // for the benchmark of the explorer
    drawn = map;
    page.invite();
    page.tellAgent();
    page.offerHand(board);
    page.tellLegend(scene);
    page.watchLesson();
  }

  return { paint, measure, board: () => board };
}
