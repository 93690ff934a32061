// An agent at {x, y} that climbs the map, asking the core of the page for each step.

import { sizeOf } from "./mazes.js";
import { inBits, say } from "./words.js";

const PACE = 350; // milliseconds a step
const LONGEST_TRAIL = 2000;

export function makeAgent(page) {
  const { state, element, placeOf } = page;
  let timer = null;
  let playing = null; // the run that goes on; one that was stopped is never taken up again
  let about = null; // the world and the policy that the last sentence is about

  function drop(cell) {
    stop();
    if (state.maze.cells[cell.row][cell.col] === "#") return tell(say("agent.only_on_floor"));
    state.agent = { ...placeOf(cell), heading: null, trail: [], steps: 0 };
    tell(say("agent.placed"));
    page.paint();
  }

  async function step() {
    const { agent } = state;
    if (!agent) return;
    try {
      const answer = await page.ask("step", { ...asked(), x: agent.x, y: agent.y, heading: agent.heading, draw: agent.steps });
      if (answer === null || state.agent !== agent) return;
      const { x, y, heading } = answer;
      const trail = [...agent.trail, { x: agent.x, y: agent.y }].slice(-LONGEST_TRAIL);
      state.agent = { x, y, heading, trail, steps: agent.steps + 1 };
      tell(inWords(answer));
      if (answer.maze) page.edit(answer.maze);
      about = asked();
      page.paint();
      if (answer.settled && answer.deterministic) stop();
    } catch (error) {
      stop();
      page.refuse(error);
    }
  }

  const asked = () => ({ ...page.question(), policy: state.settings.policy });

  // Once the world has changed, what was said of the last step no longer holds.
  function tellAgent() {
    const now = asked();
    if (!state.agent?.steps || Object.keys(now).every((name) => now[name] === about?.[name])) return;
    about = now;
    tell(say("agent.stands", { x: state.agent.x, y: state.agent.y }));
  }

  function inWords({ action, x, y, bits, settled, deterministic }) {
    const facts = { action: say(`actions.${action}`), x, y, bits: inBits(bits), seed: state.agent.steps - 1 };
    if (!deterministic) return say("agent.slipped", facts);
    return say(settled ? "agent.settled" : "agent.stepped", facts);
  }

  async function play(run) {
    await step();
    if (playing === run) timer = setTimeout(play, PACE, run);
  }

  function toggle() {
    if (playing) return stop();
    if (!state.agent) return tell(say("agent.first_place"));
    playing = {};
    show();
    play(playing);
  }

  function stop() {
    playing = null;
    clearTimeout(timer);
    show();
  }

  function show() {
    element("play").textContent = say(playing ? "agent.pause" : "agent.play");
  }

  function remove() {
    stop();
    state.agent = null;
    tell(say("agent.hint"));
    page.paint();
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
    else tell(say("agent.first_place"));
  });
  element("play").addEventListener("click", toggle);
  element("remove").addEventListener("click", remove);
  tell(say("agent.hint"));
  return { drop, tellAgent, checkAgent: check, removeAgent: () => state.agent && remove() };
}
