// Lessons: predictions, tasks and explanations around the board, one step after another.

import { onPrediction, onWay } from "./lessons/feedback.js";
import { keepFinished, readFinished } from "./lessons/finished.js";
import { holds } from "./lessons/goals.js";
import { makeLimits } from "./lessons/limits.js";
import { makeList } from "./lessons/list.js";
import { makePanel } from "./lessons/panel.js";
import { titleOf } from "./lessons/texts.js";
import { DEFAULTS } from "./settings.js";
import { say } from "./words.js";

const NOTHING = { tools: ["point"], show: [], controls: {} }; // may be used before a prediction

export function makeLessons(page) {
  const { state, element, begun } = page;
  const { lessons } = begun;
  const answers = new Map(); // by step, in the lesson that is open
  let finished = readFinished();
  let lesson = null;
  let index = 0;
  let start = null; // {maze, settings} with which the step began
  let task = null; // {begun, question, best, reached, leaving} of a step with a goal
  let bringBack = null; // the sandbox as it was before the lesson

  const panel = makePanel(page, {
    answer,
    next: () => turn(next),
    leave: () => turn(() => leave({ below: true })),
    goTo: (to) => turn(() => begin(to, true)),
    back: () => turn(() => begin(index - 1, true)),
    again: () => begin(index, true),
  });
  const limits = makeLimits(page);
  const list = makeList(page, {
    open: (chosen) => turn(() => (chosen ? openLesson(chosen.name) : leave())),
    forget: () => {
      finished = new Set();
      keepFinished(finished);
      list.mark(lesson?.name ?? "", finished);
    },
  });
  list.mark("", finished);

  // ---- Steps

  // Before a reload, `pagehide` is too late in Chromium; Safari on phones has no other event.
  for (const event of ["beforeunload", "pagehide"]) addEventListener(event, keepStep);

  // Keep the step as it is now in the browser's history.
  function keepStep() {
    if (lesson) page.writeAddress();
  }

  // Leave a step for what comes next, and keep both.
  function turn(begins) {
    keepStep();
    begins();
    keepStep();
  }

  // Open a lesson by its name, at a step counted from 1, as it was left if that is known; return false if
  // there is no such lesson.
  function openLesson(name, step = 1, left = null) {
    const found = lessons.find((each) => each.name === name);
    if (!found) return false;
    const known = left && same(left.lesson, found) ? left : null;
    if (found !== lesson) {
      answers.clear();
      for (const [to, given] of known?.answers ?? []) answers.set(to, given);
    }
    bringBack ??= page.setAside();
    lesson = found;
    begin(Math.min(Math.max(step, 1), lesson.steps.length) - 1, true, known);
    return true;
  }

  // Return the step as it is now, for `openLesson`. Another lesson of the same name does not take it over.
  function stepNow() {
    const { maze, settings } = state;
    return { lesson, answers: [...answers], start, maze, settings: { ...settings } };
  }

  // Begin a step, afresh or with what the step before has left; `left` is how the learner left it.
  function begin(to, afresh, left = null) {
    index = to;
    const step = lesson.steps[index];
    const predicts = step.kind === "predict";
    state.veiled = predicts && step.veiled;
    state.picked = pickedBefore();
    dropTask();
    const allowed = predicts ? NOTHING : { ...allowedBy(lesson), ...allowedBy(step) };
    limits.limit(allowed, { toolFirst: step.kind === "do" });
    const written = beginning();
    if (predicts) page.removeAgent();
    if (afresh) {
      const { maze, settings } = left?.start ?? written;
      page.startWith(maze, settings);
    } else if (step.maze) page.startWith(step.maze, { ...state.settings, pin: null, ...step.settings });
    else page.change({ ...(predicts && { pin: written.settings.pin }), ...step.settings });
    start = { maze: state.maze, settings: { ...state.settings } };
    if (step.kind === "do") task = newTask();
    if (left) page.load(left.maze, left.settings); // which can be undone
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
    const begun = { ...start, agent: state.agent, map: null };
    return { begun, question: page.question(), asked: false, best: null, reached: false, leaving: new AbortController() };
  }

  // Answers about the task are of no use any more.
  function dropTask() {
    task?.leaving.abort();
    task = null;
  }

  function next() {
    if (index + 1 < lesson.steps.length) return begin(index + 1, false);
    finished = readFinished(finished).add(lesson.name);
    keepFinished(finished);
    const following = lessons[lessons.indexOf(lesson) + 1];
    if (following) openLesson(following.name);
    else leave();
  }

  // Leave the lesson for the sandbox as it was before; with `below`, the maze and the settings of the
  // lesson stay, as an edit that can be undone.
  function leave({ below = false } = {}) {
    if (!lesson) return;
    const focused = document.activeElement?.closest("#lesson, #lesson-way");
    dropTask();
    lesson = state.picked = null;
    state.veiled = false;
    limits.unlimit();
    panel.hide();
    showVeil();
    list.mark("", finished);
    page.chooseTool("wall");
    bringBack({ below });
    bringBack = null;
    if (focused) page.canvas.focus(); // what had it is hidden
  }

  // ---- Predictions

  function answer(given) {
    answers.set(index, given);
    page.soon();
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
    const after = lesson.steps[index + 1];
    const happens = state.veiled || after?.settings || after?.maze;
    const words = kind === "predict" ? say(happens ? "lesson.see" : "lesson.answer")
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
    if (!task.asked) {
      task.asked = true;
      if (same(page.question(), task.question)) task.begun.map = map;
      findBeginning(task, goal);
    }
    if (task.reached) return;
    if (!task.begun.map) return panel.showGoal(say("lesson.computing"), false);
    const unmet = goal.find((condition) => !holds(condition, now, task.begun, task.best));
    task.reached = !unmet;
    panel.showGoal(unmet ? onWay(unmet, now, task.begun, task.best) : say("lesson.reached"), task.reached);
    if (task.reached) showNext();
  }

  // Ask for the map that the task began with, if the maze was edited before it was there, and how much
  // its mean can gain by opening, or by building, one wall.
  async function findBeginning(current, goal) {
    const { begun, question, leaving } = current;
    const best = goal.find((condition) => "best" in condition)?.best;
    try {
      begun.map ??= await page.askOnce("map", { ...question, range: null }, leaving.signal);
      if (best) {
        const doors = await page.askOnce("doors", question, leaving.signal);
        current.best = doors.best.find(({ wall }) => wall === (best === "build"))?.gain ?? 0;
      }
    } catch (error) {
      if (current !== task) return;
      Object.assign(current, { asked: false }); // with the next map, once more
      panel.showGoal("", false);
      return page.refuse(error);
    }
    if (current === task) watchLesson();
  }

  return {
    openLesson, takesCell, watchLesson, stepNow,
    leaveLesson: leave, listed: limits.listed,
    openedLesson: () => lesson && { name: lesson.name, step: index + 1 },
  };
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

// Return what a lesson or a step allows, as far as it says so.
function allowedBy({ tools, show, controls }) {
  return Object.fromEntries(Object.entries({ tools, show, controls }).filter(([, value]) => value !== undefined));
}
