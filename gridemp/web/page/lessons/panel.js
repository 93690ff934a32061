// The panel of a lesson: its steps as dots, the text, the question or the goal, and the buttons.

import { choicesOf, hintOf, textOf, titleOf } from "./texts.js";
import { say } from "../words.js";

const HINT_AFTER = 15_000; // milliseconds

// `act` has functions for what a reader does: goTo(index), answer(choice), next(), again(), leave().
export function makePanel({ element }, act) {
  const part = (name) => element(`lesson-${name}`);
  let timer = 0;

  for (const [name, does] of [["back", act.back], ["next", act.next], ["again", act.again], ["leave", act.leave]]) {
    part(name).addEventListener("click", does);
  }
  part("ask").addEventListener("click", () => {
    part("ask").hidden = true;
    part("hint").hidden = false;
    part("hint").focus();
  });

  // Show a step; `answered` is the number of the choice made before, if any.
  function show(lesson, index, answered) {
    for (const id of ["lesson", "lesson-way"]) element(id).hidden = false;
    if (element("lesson").getBoundingClientRect().top < 0) element("lesson").scrollIntoView();
    part("title").textContent = titleOf(lesson);
    part("text").textContent = textOf(lesson, index);
    showDots(lesson, index);
    showChoices(lesson, index, answered);
    Object.assign(part("before"), { hidden: true, textContent: "" });
    part("goal").textContent = "";
    part("goal").classList.remove("reached");
    part("back").disabled = index === 0;
    part("again").hidden = lesson.steps[index].kind !== "do";
    clearTimeout(timer);
    const hint = hintOf(lesson, index);
    part("hint").textContent = hint;
    for (const name of ["hint", "ask"]) part(name).hidden = true;
    if (hint) timer = setTimeout(() => (part("ask").hidden = false), HINT_AFTER);
  }

  function showDots({ steps }, index) {
    const dots = steps.map((step, i) => {
      const button = Object.assign(document.createElement("button"), { className: "dot", type: "button" });
      button.setAttribute("aria-label", say("lesson.step", { index: i + 1, count: steps.length, kind: say(`lesson.kinds.${step.kind}`) }));
      if (i === index) button.setAttribute("aria-current", "step");
      button.classList.toggle("past", i < index);
      button.addEventListener("click", () => act.goTo(i));
      const item = document.createElement("li");
      item.append(button);
      return item;
    });
    part("dots").replaceChildren(...dots);
    part("kind").textContent = say(`lesson.kinds.${steps[index].kind}`);
  }

  function showChoices(lesson, index, answered) {
    const labels = choicesOf(lesson, index).map((words, i) => {
      const input = Object.assign(document.createElement("input"), { type: "radio", name: "choice", value: i + 1 });
      input.checked = answered === i + 1;
      input.addEventListener("change", () => act.answer(i + 1));
      const label = document.createElement("label");
      label.append(input, words);
      return label;
    });
    part("choices").replaceChildren(...labels);
    part("choices").hidden = labels.length === 0;
  }

  // Name the button that leads on; say if it can be pressed, and if it is what should be done next.
  function showNext(words, { enabled, due }) {
    part("next").textContent = words;
    part("next").disabled = !enabled;
    part("next").classList.toggle("due", due);
  }

  // Say what was predicted and whether it was right.
  function showBefore(words, right) {
    const place = part("before");
    const shown = `${right ? "✓" : "✗"} ${words}`;
    if (!place.hidden && place.textContent === shown) return;
    place.hidden = false;
    place.classList.toggle("right", right);
    place.textContent = shown;
  }

  function showGoal(words, reached) {
    const place = part("goal");
    const shown = reached ? `✓ ${words}` : words;
    if (place.textContent !== shown) place.textContent = shown;
    place.classList.toggle("reached", reached);
    if (reached) clearTimeout(timer);
  }

  function hide() {
    clearTimeout(timer);
    for (const id of ["lesson", "lesson-way"]) element(id).hidden = true;
  }

  return { show, showNext, showBefore, showGoal, hide, focus: () => part("text").focus({ preventScroll: true }) };
}
