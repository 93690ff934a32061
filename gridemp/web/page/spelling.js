// The name that a misspelt one may stand for, the same as `difflib.get_close_matches` finds in Python.

const ALIKE = 0.6; // the least similarity of two names, from 0 to 1

// Return the most similar of some names in alphabetical order, or null if none is similar.
export function nearest(word, names) {
  const similarity = (name) => (2 * matching(name, word)) / (name.length + word.length);
  const best = names.reduce((one, other) => (similarity(other) >= similarity(one) ? other : one));
  return similarity(best) >= ALIKE ? best : null;
}

// Return the number of letters in the longest part that two words share, and in those that are
// shared before it and after it.
function matching(one, other) {
  let [length, start, otherStart] = [0, 0, 0];
  for (let i = 0; i < one.length; i++) {
    for (let j = 0; j < other.length; j++) {
      let same = 0;
      while (i + same < one.length && one[i + same] === other[j + same]) same++;
      if (same > length) [length, start, otherStart] = [same, i, j];
    }
  }
  if (!length) return 0;
  const before = matching(one.slice(0, start), other.slice(0, otherStart));
  return before + length + matching(one.slice(start + length), other.slice(otherStart + length));
}
