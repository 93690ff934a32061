// Messages of the page: refusals beside their controls, and short notes at the bottom.

import { Refusal } from "./asking.js";

const NOTED = 4000; // milliseconds

export function refuse(error) {
  if (!(error instanceof Refusal)) throw error;
  const own = [...document.querySelectorAll("[data-refusal]")];
  const beside = own.find((each) => each.dataset.refusal.split(" ").includes(error.field));
  const place = beside ?? own.find((each) => !each.dataset.refusal);
  place.textContent = error.message;
  place.hidden = false;
}

export function accept() {
  for (const each of document.querySelectorAll("[data-refusal]")) each.hidden = true;
}

export function tell(words) {
  const place = document.getElementById("told");
  place.textContent = words;
  setTimeout(() => {
    if (place.textContent === words) place.textContent = "";
  }, NOTED);
}
