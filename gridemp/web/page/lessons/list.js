// The list of lessons, with the sandbox at its end.

import { summaryOf, titleOf } from "./texts.js";
import { say } from "../words.js";

// `open` is called with a lesson, or with null for the sandbox.
export function makeList({ element, begun }, open) {
  const dialog = element("lesson-list");
  const list = element("lesson-entries");
  const entries = new Map();

  for (const lesson of begun.lessons) entries.set(lesson.name, entry(titleOf(lesson), summaryOf(lesson), lesson));
  element("lessons").hidden = begun.lessons.length === 0;
  entries.set("", entry(say("lesson.sandbox"), say("lesson.sandbox_summary"), null));
  element("first-lesson").hidden = element("lessons").hidden;
  element("first-lesson").addEventListener("click", () => open(begun.lessons[0]));
  element("lessons").addEventListener("click", () => dialog.showModal());
  element("lesson-list-close").addEventListener("click", () => dialog.close());

  function entry(title, summary, lesson) {
    const button = Object.assign(document.createElement("button"), { type: "button" });
    const [name, about] = [document.createElement("strong"), document.createElement("span")];
    name.textContent = title;
    about.textContent = summary;
    button.append(name, about);
    button.addEventListener("click", () => {
      dialog.close();
      open(lesson);
    });
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
    return button;
  }

  // Mark the lesson that is open, and those that were finished.
  function mark(name, finished) {
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
