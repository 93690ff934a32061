// Names of the lessons that were finished, which the browser keeps where a page may store something.

const KEY = "gridemp.finished";

// Return the names that are stored now, which another tab may have changed, or else those `known`.
export function readFinished(known = []) {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEY)));
  } catch {
    return new Set(known); // storage is refused, or holds something else
  }
}

export function keepFinished(names) {
  try {
    localStorage.setItem(KEY, JSON.stringify([...names]));
  } catch {
    // then ticks last until the page is closed
  }
}
