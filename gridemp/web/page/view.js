// Language and presentation size.

import { LANGUAGES, language } from "./words.js";

export function bindView(page) {
  const { element } = page;
  for (const [id, name] of Object.entries(LANGUAGES)) element("language").append(new Option(name, id));
  element("language").value = language();
  element("language").addEventListener("change", ({ target }) => {
    const address = new URL(location);
    address.searchParams.set("lang", target.value);
    location.assign(address); // a new start, with maze and settings from the fragment
  });
  element("presentation").addEventListener("click", ({ target }) => {
    const on = document.body.classList.toggle("presentation");
    target.setAttribute("aria-pressed", on);
    page.paint();
  });
  return {};
}
