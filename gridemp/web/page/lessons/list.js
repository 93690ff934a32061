// The list of lessons, with the sandbox at its end.

import { summaryOf, titleOf } from "./texts.js";
import { say } from "../words.js";

// `act` has functions for what a reader does: open(lesson), with null for the sandbox, and forget().
export function makeList({ element, begun }, act) {
  const dialog = element("lesson-list");
  const list = element("lesson-entries");
  const entries = new Map();

  for (const lesson of begun.lessons) entries.set(lesson.name, entry(titleOf(lesson), summaryOf(lesson), lesson));
  element("lessons").hidden = begun.lessons.length === 0;
  entries.set("", entry(say("lesson.sandbox"), say("lesson.sandbox_summary"), null));
  element("first-lesson").hidden = element("lessons").hidden;
  element("first-lesson").addEventListener("click", () => act.open(begun.lessons[0]));
  element("lessons").addEventListener("click", () => dialog.showModal());
  element("lesson-list-close").addEventListener("click", () => dialog.close());
  element("lesson-list-forget").addEventListener("click", () => {
    act.forget();
    element("lesson-list-close").focus(); // as the button is gone
  });

  function entry(title, summary, lesson) {
    const button = Object.assign(document.createElement("button"), { type: "button" });
    const [name, about] = [document.createElement("strong"), document.createElement("span")];
    name.textContent = title;
    about.textContent = summary;
    button.append(name, about);
    button.addEventListener("click", () => {
      dialog.close();
      act.open(lesson);
    });
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
    return button;
  }

  // Mark the lesson that is open, and those that were finished.
  function mark(name, finished) {
    element("lesson-list-forget").hidden = ![...entries.keys()].some((each) => finished.has(each));
    for (const [each, button] of entries) {
      button.toggleAttribute("aria-current", each === name);
      if (each === name) button.setAttribute("aria-current", "true");
      button.classList.toggle("finished", finished.has(each));
      button.querySelector(".tick")?.remove();
      if (!finished.has(each)) continue;
      const tick = Object.assign(document.createElement("em"), { className: "tick", textContent: `✓ ${say("lesson.finished")}` });
      button.append(tick);
    }
  }

  return { mark };
}
