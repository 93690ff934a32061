// Messages of the page: refusals beside their controls, and short notes at the bottom.

import { Refusal } from "./refusal.js";
import { hasWords, say } from "./words.js";

const NOTED = 4000; // milliseconds

export function makeMessages({ element }) {
  function refuse(error) {
    if (!(error instanceof Refusal)) throw error;
    const own = [...document.querySelectorAll("[data-refusal]")];
    const beside = own.find((each) => each.dataset.refusal.split(" ").includes(error.field));
    const place = beside ?? own.find((each) => !each.dataset.refusal);
    place.replaceChildren(inWords(error), dismissal());
    place.hidden = false;
    place.closest("details")?.setAttribute("open", "");
  }

  function accept() {
    for (const each of document.querySelectorAll("[data-refusal]")) each.hidden = true;
  }

  function dismissal() {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "dismissal" });
    button.setAttribute("aria-label", say("refusals.dismiss"));
    button.addEventListener("click", accept);
    return button;
  }

  // Escape dismisses what is refused before it does anything else.
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !document.querySelector("[data-refusal]:not([hidden])")) return;
    event.stopPropagation();
    accept();
  }, { capture: true });

  function tell(words) {
    const place = element("told");
    place.textContent = words;
    setTimeout(() => {
      if (place.textContent === words) place.textContent = "";
    }, NOTED);
  }

  return { refuse, accept, tell };
}

// Return what a refusal says in the reader's language.
export function inWords({ kind, facts, message }) {
  const key = `refusals.${kind}`;
  return kind && hasWords(key) ? say(key, facts) : message;
}
