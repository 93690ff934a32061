// The words of the page in the reader's language, and numbers as that language writes them.

export const LANGUAGES = { en: "English", de: "Deutsch", fr: "Français" };

const formats = new Map();
const plurals = new Map();
const spoken = { language: "en", words: {} };

// Choose the language: that of `?lang=`, or else the first of the reader's that there is.
export function chosenLanguage() {
  const asked = new URLSearchParams(location.search).get("lang");
  const wanted = [asked ?? "", ...navigator.languages].map((each) => each.slice(0, 2).toLowerCase());
  return wanted.find((each) => each in LANGUAGES) ?? "en";
}

// Use a language; `words` are those of its file.
export function speak(language, words) {
  Object.assign(spoken, { language, words });
  document.documentElement.lang = language;
}

export function language() {
  return spoken.language;
}

// True if there are words for a key, such as "tools.wall".
export function hasWords(key) {
  return found(key) !== undefined;
}

// Return the words for a key, with facts in place of {names}. Words that depend on a number come
// in several forms, chosen by `facts.count`. Numbers among the facts are written by `number`, with so
// many decimals; these count for the form, too: 1 bit, but 1.00 bits.
export function say(key, facts = {}, decimals) {
  const words = found(key);
  if (words === undefined) throw new Error(`there are no words for ${key}`);
  const form = typeof words === "string" ? words : words[plural(decimals).select(facts.count)] ?? words.other;
  return form.replace(/\{(\w+)\}/g, (all, name) => {
    const fact = facts[name];
    return typeof fact === "number" ? number(fact, decimals) : fact ?? all;
  });
}

// Return an amount of empowerment with its unit.
export function inBits(bits, decimals = 2) {
  return say("units.bits", { count: bits }, decimals);
}

// Return a number with so many decimals; by default, with as many as it has, but at most three.
export function number(value, decimals) {
  const grouped = Math.abs(value) >= 10_000;
  const key = `${spoken.language} ${decimals} ${grouped}`;
  const make = () => new Intl.NumberFormat(spoken.language, { ...digits(decimals), useGrouping: grouped });
  return kept(formats, key, make).format(value);
}

function plural(decimals) {
  return kept(plurals, `${spoken.language} ${decimals}`, () => new Intl.PluralRules(spoken.language, digits(decimals)));
}

function digits(decimals) {
  return decimals === undefined
    ? { maximumFractionDigits: 3 }
    : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
}

// Return what is kept under a key. To make a format takes longer than to use it a hundred times.
function kept(map, key, make) {
  if (!map.has(key)) map.set(key, make());
  return map.get(key);
}

// Return a probability as a percentage.
export function percent(share, decimals = 0) {
  return share.toLocaleString(spoken.language, { ...digits(decimals), style: "percent" });
}

// Fill in the words of elements: data-say is their text, data-say-label their label for screen
// readers, data-say-title what is shown when the mouse rests on them.
export function fillIn(root = document) {
  for (const element of root.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  for (const element of root.querySelectorAll("[data-say-label]")) {
    element.setAttribute("aria-label", say(element.dataset.sayLabel));
  }
  for (const element of root.querySelectorAll("[data-say-title]")) element.title = say(element.dataset.sayTitle);
}

function found(key) {
  return key.split(".").reduce((words, part) => words?.[part], spoken.words);
}
