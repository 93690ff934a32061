// An agent at {x, y} that climbs the map, each step computed by the server.

import { ask } from "./asking.js";
import { sizeOf } from "./mazes.js";

const PACE = 350; // milliseconds a step
const LONGEST_TRAIL = 2000;

export function makeAgent({ state, element, question, placeOf, edit, paint, refuse }) {
  let timer = null;
  let playing = false;

  function drop(cell) {
    stop();
    if (state.maze.cells[cell.row][cell.col] === "#") return tell("an agent can only stand on floor; click a floor cell");
    state.agent = { ...placeOf(cell), heading: null, trail: [], steps: 0 };
    tell("agent placed; Step and Play make it climb");
    paint();
  }

  async function step() {
    const { agent } = state;
    if (!agent) return;
    try {
      const asked = { ...question(), x: agent.x, y: agent.y, heading: agent.heading, draw: agent.steps };
      const answer = await ask("step", asked);
      if (answer === null || state.agent !== agent) return;
      const { x, y, heading } = answer;
      const trail = [...agent.trail, { x: agent.x, y: agent.y }].slice(-LONGEST_TRAIL);
      state.agent = { x, y, heading, trail, steps: agent.steps + 1 };
      tell(inWords(answer));
      if (answer.maze) edit(answer.maze);
      paint();
      if (!answer.moved && answer.deterministic) stop();
    } catch (error) {
      stop();
      refuse(error);
    }
  }

  function inWords({ action, x, y, bits, moved, deterministic }) {
    const drawn = deterministic ? "" : ` (the noise is random, with seed ${state.agent.steps - 1})`;
    const where = `x = ${x}, y = ${y}, ${bits.toFixed(2)} bits`;
    if (!moved && deterministic) return `stays at ${where}: no step leads to higher empowerment`;
    return deterministic ? `${action} to ${where}` : `intended ${action}, now at ${where}${drawn}`;
  }

  async function play() {
    await step();
    if (playing) timer = setTimeout(play, PACE);
  }

  function toggle() {
    if (playing) return stop();
    if (!state.agent) return tell("first place an agent with the agent tool");
    playing = true;
    show();
    play();
  }

  function stop() {
    playing = false;
    clearTimeout(timer);
    show();
  }

  function show() {
    element("play").textContent = playing ? "Pause" : "Play";
  }

  function remove() {
    stop();
    state.agent = null;
    tell("Place an agent with the agent tool; it climbs the map.");
    paint();
  }

  // Remove the agent if an edit has left it in a wall or outside the maze.
  function check() {
    const { agent } = state;
    if (!agent) return;
    const { rows, cols } = sizeOf(state.maze);
    const inside = ({ x, y }) => x < cols && y < rows;
    if (!inside(agent) || state.maze.cells[rows - 1 - agent.y][agent.x] === "#") remove();
    else agent.trail = agent.trail.filter(inside);
  }

  function tell(words) {
    element("agent").textContent = words;
  }

  element("step").addEventListener("click", () => {
    stop();
    if (state.agent) step();
    else tell("first place an agent with the agent tool");
  });
  element("play").addEventListener("click", toggle);
  element("remove").addEventListener("click", remove);
  return { drop, check };
}
