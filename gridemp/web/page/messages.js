// Messages of the page: refusals beside their controls, and short notes at the bottom.

import { Refusal } from "./refusal.js";
import { hasWords, say } from "./words.js";

const NOTED = 4000; // milliseconds

export function makeMessages({ element, canvas }) {
  const general = document.querySelector("[data-refusal='']");

  // Show a refusal beside a control, or above the board if that place is not seen; report other errors.
  function refuse(error, field = error.field) {
    if (!(error instanceof Refusal)) return reportError(error);
    const beside = document.querySelector(`[data-refusal~="${field}"]`);
    if (!beside || !show(beside, inWords(error))) show(general, inWords(error));
  }

  // Return true if the words are seen; a place may be left out in a lesson.
  function show(place, words) {
    const details = place.closest("details");
    const open = details?.open;
    if (details) details.open = true;
    place.replaceChildren(words, dismissal());
    place.hidden = false;
    if (place.getClientRects().length) return true;
    place.hidden = true;
    if (details) details.open = open;
    return false;
  }

  // Hide all refusals; the focus goes from the button in one of them to its control.
  function accept() {
    for (const each of document.querySelectorAll("[data-refusal]:not([hidden])")) {
      const focused = each.contains(document.activeElement);
      each.hidden = true;
      if (focused) controlOf(each).focus({ preventScroll: true });
    }
  }

  function controlOf({ dataset }) {
    return dataset.refusal.split(" ").map(element).find((each) => each && "value" in each) ?? canvas;
  }

  // Faults of the page after its start; those before are told by startup.js.
  function tellFault(error) {
    if (error instanceof Refusal) refuse(error);
    else show(general, say("refusals.broken", { error: error?.message ?? String(error) }));
  }

  addEventListener("error", ({ error }) => error && tellFault(error)); // without one, it is a hint to programmers
  addEventListener("unhandledrejection", ({ reason }) => tellFault(reason));

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
  if (!kind || !hasWords(key)) return message;
  return say(key, kind === "bad_field" ? { field: nameOf(facts.field) } : facts);
}

// Return the label of the control of a field.
function nameOf(field) {
  const key = ["settings", "picture", "agent"].map((part) => `${part}.${field}`).find(hasWords);
  return key ? say(key) : field;
}
