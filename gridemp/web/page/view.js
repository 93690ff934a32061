// Language and presentation size.

import { LANGUAGES, language } from "./words.js";

export function bindView(page) {
  const { element } = page;
  for (const [id, name] of Object.entries(LANGUAGES)) element("language").append(new Option(name, id));
  element("language").value = language();
  element("language").addEventListener("change", async ({ target }) => {
    await page.writeAddress();
    const address = new URL(location);
    address.searchParams.set("lang", target.value);
    history.replaceState(history.state, "", address);
    location.reload(); // all is in the address, or in the browser's history
  });
  // Show the page in the size for a presentation, or in the usual one.
  function present(on) {
    document.body.classList.toggle("presentation", on);
    element("presentation").setAttribute("aria-pressed", on);
    page.paint();
  }

  element("presentation").addEventListener("click", () => present(!document.body.classList.contains("presentation")));
  return { present };
}
