// Names of the lessons that were finished, which the browser keeps where a page may store something.

const KEY = "gridemp.finished";

export function readFinished() {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEY)));
  } catch {
    return new Set(); // nothing may be stored here, or something else was
  }
}

export function keepFinished(names) {
  try {
    localStorage.setItem(KEY, JSON.stringify([...names]));
  } catch {
    // the page does without
  }
}
