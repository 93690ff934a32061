// Help: a dialog with a list of keys, another about the tools, and a "?" beside every control that has
// an explanation.

import { say } from "./words.js";

const KEYS = ["arrows", "space", "shift", "enter", "escape", "zoom", "undo", "paste"];

export function bindHelp({ element }) {
  for (const key of KEYS) element("key-list").append(...term(say(`help.${key}`), say(`help.${key}_do`)));
  element("help").addEventListener("click", () => element("help-dialog").showModal());
  for (const label of document.querySelectorAll("[data-help]")) explain(label);
  element("tools-help").setAttribute("aria-label", `${say("help_on.button")} ${say("tools.legend")}`);
  element("tools-help").addEventListener("click", () => {
    const offered = [...document.querySelectorAll("#tools label")].filter((label) => label.offsetParent);
    element("tool-list").replaceChildren(...offered.flatMap(({ textContent, title }) => term(textContent, title)));
    element("tools-dialog").showModal();
  });
  return {};
}

function term(name, meaning) {
  return [["dt", name], ["dd", meaning]].map(([tag, textContent]) => Object.assign(document.createElement(tag), { textContent }));
}

// Put a "?" after a label; it shows and hides the explanation below the control.
function explain(label) {
  const topic = label.dataset.help;
  const words = Object.assign(document.createElement("p"), { id: `help-${topic}`, className: "explanation", hidden: true });
  words.textContent = say(`help_on.${topic}`);
  const button = Object.assign(document.createElement("button"), { type: "button", className: "why", textContent: "?" });
  button.setAttribute("aria-label", `${say("help_on.button")} ${label.textContent}`);
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", words.id);
  button.addEventListener("click", () => {
    words.hidden = !words.hidden;
    button.setAttribute("aria-expanded", String(!words.hidden));
  });
  if (label.tagName === "LEGEND") {
    label.append(button);
    label.after(words);
    return;
  }
  const name = document.createElement("span");
  name.className = label.className; // hidden together with its control
  label.before(name);
  name.append(label, button);
  name.nextElementSibling.after(words);
}
