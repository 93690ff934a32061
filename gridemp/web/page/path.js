// A path along the lines between cells, from corner to corner, that follows a pointer.
// Places are {across, down} in cells; whole numbers are lines, and a corner is where two meet.

const AHEAD = 0.45; // of the next edge: once the stroke covers it, the edge belongs to the path
const BEHIND = 0.35; // of the first edge, likewise
const TURN = 0.56; // cells aside before the path turns; more than a hand shakes
const SHALLOW = { short: 0.85, long: 0.65 }; // cells aside: up to there, a bulge is straightened
const SHORT = 2; // edges of a short bulge
const CLOSE = 0.25; // cells: this near, a stroke comes back to a wall that was there before
const SAMPLE = 0.1; // cells between the places that are looked at
const TOUCH = 0.3; // cells: this near, a stroke meets itself,
const AWAY = 0.8; // once it has been so far away
const LAG = 1.5; // cells by which a path may stay behind its stroke

// Return a path that begins at a place. It takes edges back when the pointer goes back, and comes
// to a corner a second time only where the stroke meets itself. `walled` says which corners have
// walls already: shallow bulges do not close cells off against these.
export function makePath(start, { rows, cols }, walled = () => false) {
  const samples = [{ ...start, length: 0 }];
  const path = [nearestCorner(start, rows, cols)]; // of {across, down, sample}
  let along = null; // the direction of the last step
  let freeUntil = -1; // length of the stroke up to which the path may meet itself

  // Follow the pointer in a straight line to a place.
  function follow(place) {
    const last = samples.at(-1);
    const parts = Math.ceil(Math.hypot(place.across - last.across, place.down - last.down) / SAMPLE);
    for (let i = 1; i <= parts; i++) {
      look({
        across: last.across + ((place.across - last.across) * i) / parts,
        down: last.down + ((place.down - last.down) * i) / parts,
      });
    }
  }

  function look(place) {
    const last = samples.at(-1);
    const length = last.length + Math.hypot(place.across - last.across, place.down - last.down);
    samples.push({ ...place, length });
    if (meetsItself(samples)) freeUntil = length + LAG;
    while (step(place, length <= freeUntil));
  }

  // Take the step that is most overdue, and return whether there was one.
  function step(place, free) {
    const here = path.at(-1);
    const lost = Math.hypot(place.across - here.across, place.down - here.down) > LAG;
    const due = DIRECTIONS.map((way) => [way, excess(way, place, here)])
      .filter(([, much]) => much > 0)
      .sort((a, b) => b[1] - a[1]);
    for (const [way] of due) {
      const next = { across: here.across + way.across, down: here.down + way.down };
      if (next.across < 0 || next.across > cols || next.down < 0 || next.down > rows) continue;
      const bulge = bulgeBefore(way);
      if (same(next, path.at(-2))) path.pop();
      else if (bulge && walled(next) && dot(difference(next, place), way) > CLOSE) continue;
      else if (!bulge || !straighten(bulge, way, walled(next))) {
        if (!free && !lost && path.some((corner) => same(corner, next))) continue;
        if (path.length === 1) coverFirst(way);
        path.push({ ...next, sample: samples.length - 1 });
      }
      along = path.length > 1 ? difference(path.at(-1), path.at(-2)) : null;
      return true;
    }
    return false;
  }

  // Return by how much a place is beyond the point at which a step is due.
  function excess(way, place, here) {
    const lag = difference(place, here);
    const far = dot(lag, way);
    if (along === null) return far - 0.5;
    if (!same(way, along)) return far - TURN;
    const aside = Math.abs(lag.across * way.down) + Math.abs(lag.down * way.across);
    return far - Math.max(AHEAD, Math.min(aside, TURN));
  }

  // Begin the path one corner earlier if the stroke began well before its first corner.
  function coverFirst(way) {
    const [first] = path;
    if (dot(difference(start, first), way) > -BEHIND) return;
    path.unshift({ across: first.across - way.across, down: first.down - way.down, sample: 0 });
  }

  // Return the part of the path that a step in this direction would bring back to a line that it
  // left, one cell aside: the number of its first corner, and its height above the line in cells.
  function bulgeBefore(way) {
    let first = path.length - 1;
    while (first > 0 && dot(way, difference(path[first], path[first - 1])) === 0) first--;
    if (first === 0 || dot(way, difference(path[first], path[first - 1])) !== -1) return null;
    const base = path[first - 1];
    const heights = samples.slice(path[first].sample).map((each) => dot(difference(base, each), way));
    return { first, height: Math.max(...heights) };
  }

  // Replace a bulge by the line below it if it is shallow, and return whether it was.
  function straighten({ first, height }, way, closing) {
    const short = closing || path.length - 1 - first <= SHORT;
    if (height > (short ? SHALLOW.short : SHALLOW.long)) return false;
    const line = path.slice(first + 1).map((corner) => (
      { ...corner, across: corner.across + way.across, down: corner.down + way.down }));
    if (line.some((corner) => path.slice(0, first).some((other) => same(other, corner)))) return false;
    path.splice(first, Infinity, ...line);
    return true;
  }

  // Return the corners in order, none if no edge is covered yet.
  function corners() {
    return path.length < 2 ? [] : path.map(({ across, down }) => ({ across, down }));
  }

  return { follow, corners };
}

const DIRECTIONS = [[1, 0], [-1, 0], [0, 1], [0, -1]].map(([across, down]) => ({ across, down }));

function nearestCorner({ across, down }, rows, cols) {
  return { across: within(Math.round(across), cols), down: within(Math.round(down), rows), sample: 0 };
}

function within(value, most) {
  return Math.min(Math.max(value, 0), most);
}

// Return whether the last place is near an earlier one, and the stroke was elsewhere in between.
function meetsItself(samples) {
  const last = samples.at(-1);
  let away = false;
  for (let i = samples.length - 2; i >= 0; i--) {
    const far = Math.hypot(last.across - samples[i].across, last.down - samples[i].down);
    away ||= far > AWAY;
    if (away && far < TOUCH) return true;
  }
  return false;
}

function difference(to, from) {
  return { across: to.across - from.across, down: to.down - from.down };
}

function dot(one, other) {
  return one.across * other.across + one.down * other.down;
}

function same(one, other) {
  return one.across === other?.across && one.down === other?.down;
}
