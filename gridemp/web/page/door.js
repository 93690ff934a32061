// The best door: the thin wall whose change raises the mean most. A first press of the button marks
// it, a second one opens it.

import { signed } from "./difference.js";
import { withWall } from "./mazes.js";
import { percent, say } from "./words.js";

export function makeDoor(page) {
  const { state, element } = page;
  let door = null; // with `asked`, the question whose answer it is

  const asked = () => JSON.stringify(page.question());
  const current = () => (door?.asked === asked() && !state.veiled ? door : null);

  async function press() {
    const found = current();
    if (found) return page.edit(withWall(state.maze, found, found.wall));
    const question = asked();
    const wait = (share) => (element("door-words").textContent = `${say("door.searching")} ${percent(share)}`);
    element("door-words").textContent = say("door.searching");
    try {
      const answer = await page.ask("doors", page.question(), wait);
      if (answer === null) return; // it was asked again, or the maze or a setting has changed
      const [best] = answer.best;
      door = best ? { ...best, asked: question, words: signed(best.gain) } : null;
      showDoor();
      if (!best) element("door-words").textContent = say("door.none");
    } catch (error) {
      showDoor();
      page.refuse(error);
    }
    page.paint();
  }

  // Show the state of the button; a door is forgotten when the maze or a setting changes.
  function showDoor() {
    door = current();
    const kind = door?.wall ? "build" : "open";
    element("door").textContent = say(door ? `door.${kind}` : "door.mark");
    element("door-words").textContent = door ? say(`door.${kind}_words`, { gain: signed(door.gain) }) : "";
  }

  element("door").addEventListener("click", press);
  showDoor();
  return { showDoor, doorShown: current };
}
