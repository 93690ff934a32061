// Lessons: predictions, tasks and explanations around the board, one step after another.

import { onPrediction, onWay } from "./lessons/feedback.js";
import { holds } from "./lessons/goals.js";
import { makeLimits } from "./lessons/limits.js";
import { makeList } from "./lessons/list.js";
import { makePanel } from "./lessons/panel.js";
import { titleOf } from "./lessons/texts.js";
import { sameMaze } from "./mazes.js";
import { DEFAULTS } from "./settings.js";
import { say } from "./words.js";

const NOTHING = { tools: ["point"], show: [], controls: {} }; // may be used before a prediction

export function makeLessons(page) {
  const { state, element, begun } = page;
  const { lessons } = begun;
  const answers = new Map(); // by step, in the lesson that is open
  const finished = new Set();
  let lesson = null;
  let index = 0;
  let task = null; // {begun, best, reached} of a step with a goal

  const panel = makePanel(page, {
    answer, next, leave,
    goTo: (to) => begin(to, true),
    back: () => begin(index - 1, true),
    again: () => begin(index, true),
  });
  const limits = makeLimits(page);
  const list = makeList(page, (chosen) => (chosen ? openLesson(chosen.name) : leave()));
  list.mark("", finished);

  // ---- Steps

  // Open a lesson by its name, at a step counted from 1; return false if there is none.
  function openLesson(name, step = 1) {
    const found = lessons.find((each) => each.name === name);
    if (!found) return false;
    if (found !== lesson) answers.clear();
    lesson = found;
    begin(Math.min(Math.max(step, 1), lesson.steps.length) - 1, true);
    return true;
  }

  // Begin a step, afresh or with what the step before has left.
  function begin(to, afresh) {
    index = to;
    const step = lesson.steps[index];
    const predicts = step.kind === "predict";
    state.veiled = predicts && step.veiled;
    state.picked = pickedBefore();
    task = null;
    const allowed = predicts ? NOTHING : { ...allowedBy(lesson), ...allowedBy(step) };
    limits.limit(allowed, { toolFirst: step.kind === "do" });
    const start = beginning();
    if (predicts) page.removeAgent();
    if (afresh) page.startWith(start.maze, start.settings);
    else if (step.maze) page.startWith(step.maze, { ...state.settings, pin: null, ...step.settings });
    else page.change({ ...(predicts && { pin: start.settings.pin }), ...step.settings });
    if (step.kind === "do") task = newTask();
    panel.show(lesson, index, answers.get(index));
    showVeil();
    showNext();
    list.mark(lesson.name, finished);
    page.tellStory();
    panel.focus();
  }

  // Return the maze and the settings of this step as the lesson's file has them.
  function beginning() {
    let { maze } = lesson;
    let settings = { ...DEFAULTS, ...lesson.settings };
    for (const step of lesson.steps.slice(0, index + 1)) {
      if (step.maze) [maze, settings] = [step.maze, { ...settings, pin: null }];
      settings = { ...settings, ...step.settings };
    }
    return { maze, settings };
  }

  function newTask() {
    const { maze, settings, agent } = state;
    return { begun: { maze, settings: { ...settings }, agent, map: null }, best: null, reached: false };
  }

  function next() {
    if (index + 1 < lesson.steps.length) return begin(index + 1, false);
    finished.add(lesson.name);
    const following = lessons[lessons.indexOf(lesson) + 1];
    if (following) openLesson(following.name);
    else leave();
  }

  // Leave the lesson with its maze and its settings, and with all tools.
  function leave() {
    if (!lesson) return;
    lesson = task = state.picked = null;
    state.veiled = false;
    limits.unlimit();
    panel.hide();
    showVeil();
    list.mark("", finished);
    page.chooseTool("wall");
    page.change({});
  }

  // ---- Predictions

  function answer(given) {
    answers.set(index, given);
    showNext();
  }

  // Take a click on a cell as a prediction; return true if it is one.
  function takesCell(cell) {
    const step = lesson?.steps[index];
    if (step?.kind !== "predict") {
      state.picked = null; // it makes way for a pinned cell
      return false;
    }
    if (!step.cell || !page.isFloor(cell)) return true;
    state.picked = cell;
    answer(cell);
    showVeil();
    page.paint();
    return true;
  }

  function pickedBefore() {
    const before = lesson.steps[index].kind === "check" ? index - 1 : index;
    const given = answers.get(before);
    return lesson.steps[before]?.cell && given ? given : null;
  }

  function showVeil() {
    const step = lesson?.steps[index];
    const asked = step?.kind === "predict" && (step.cell ? !state.picked : state.veiled);
    element("veil").hidden = !asked;
    element("reveal").hidden = state.veiled;
    if (asked) element("veil").textContent = say(step.cell ? "lesson.click_cell" : "lesson.veiled");
  }

  function showNext() {
    const { kind } = lesson.steps[index];
    const last = index + 1 === lesson.steps.length;
    const following = lessons[lessons.indexOf(lesson) + 1];
    const words = kind === "predict" ? say("lesson.see")
      : !last ? say(kind === "do" && !task?.reached ? "lesson.skip" : "lesson.next")
      : following ? say("lesson.next_lesson", { title: titleOf(following) }) : say("lesson.to_sandbox");
    const enabled = kind !== "predict" || answers.has(index);
    panel.showNext(words, { enabled, due: enabled && !(task && !task.reached) });
  }

  // ---- Facts

  // Compare the board with the prediction or the goal, whenever it has been drawn.
  function watchLesson() {
    if (!lesson || !state.map || !page.isCurrent()) return;
    const step = lesson.steps[index];
    if (step.kind === "check") showPrediction();
    if (task) watchGoal(step);
  }

  // Show the last prediction, with tasks but no other explanation in between.
  function showPrediction() {
    let before = index - 1;
    while (lesson.steps[before]?.kind === "do") before -= 1;
    if (!answers.has(before)) return;
    const { words, right } = onPrediction(lesson, before, answers.get(before), state.map, page.placeOf);
    panel.showBefore(words, right);
  }

  function watchGoal({ goal }) {
    const { maze, map, settings, agent } = state;
    const now = { maze, map, settings, agent };
    if (!task.begun.map) {
      if (!sameMaze(maze, task.begun.maze)) return;
      task.begun.map = map;
      for (const condition of goal) if ("best" in condition) findBest(task, condition);
    }
    if (task.reached) return;
    const unmet = goal.find((condition) => !holds(condition, now, task.begun, task.best));
    task.reached = !unmet;
    panel.showGoal(unmet ? onWay(unmet, now, task.begun, task.best) : say("lesson.reached"), task.reached);
    if (task.reached) showNext();
  }

  // Ask how much the mean can gain by opening, or by building, one wall.
  async function findBest(current, { best }) {
    try {
      const doors = await page.askOnce("doors", page.question());
      current.best = doors.best.find(({ wall }) => wall === (best === "build"))?.gain ?? 0;
      watchLesson();
    } catch (error) {
      page.refuse(error);
    }
  }

  return {
    openLesson, takesCell, watchLesson,
    leaveLesson: leave,
    openedLesson: () => lesson && { name: lesson.name, step: index + 1 },
  };
}

// Return what a lesson or a step allows, as far as it says so.
function allowedBy({ tools, show, controls }) {
  return Object.fromEntries(Object.entries({ tools, show, controls }).filter(([, value]) => value !== undefined));
}
