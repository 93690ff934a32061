// Messages of the page: refusals beside their controls, and short notes at the bottom.

import { Refusal } from "./refusal.js";

const NOTED = 4000; // milliseconds

export function makeMessages({ element }) {
  function refuse(error) {
    if (!(error instanceof Refusal)) throw error;
    const own = [...document.querySelectorAll("[data-refusal]")];
    const beside = own.find((each) => each.dataset.refusal.split(" ").includes(error.field));
    const place = beside ?? own.find((each) => !each.dataset.refusal);
    place.textContent = error.inWords();
    place.hidden = false;
    place.closest("details")?.setAttribute("open", "");
  }

  function accept() {
    for (const each of document.querySelectorAll("[data-refusal]")) each.hidden = true;
  }

  function tell(words) {
    const place = element("told");
    place.textContent = words;
    setTimeout(() => {
      if (place.textContent === words) place.textContent = "";
    }, NOTED);
  }

  return { refuse, accept, tell };
}
