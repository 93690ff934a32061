// The outside of a drawing: spaces that are not cells of the maze, because closed walls shut them out.
// `gridemp/mazes/outside.py` says when walls are closed. Places are row * cols + col.

// Return the places that are outside (1), or null if there are none; `space` and `wall` are 1 where
// the drawing has them, and the other places are floor.
export function outsideOf(space, wall, size) {
  const seeds = space.map((there, place) => Number(there && isAtEdge(place, size)));
  if (!seeds.includes(1)) return null;
  const reached = flooded(space, seeds, size, false);
  const rest = reached.map((there) => 1 - there);
  const inside = rest.map((there, place) => Number(there && !wall[place]));
  const isOpen = inside.some((there, place) => there && touches(reached, place, size, false));
  const held = flooded(rest, inside, size, true);
  return isOpen || rest.some((there, place) => there && !held[place]) ? null : reached;
}

// True if a neighbour of a place, in four directions or in eight, is in an area.
export function touches(area, place, size, corners) {
  return neighboursOf(place, size, corners).some((next) => area[next]);
}

function isAtEdge(place, { rows, cols }) {
  const [row, col] = [Math.floor(place / cols), place % cols];
  return row === 0 || col === 0 || row === rows - 1 || col === cols - 1;
}

// Return the seeds and what paths in the area connect to them.
function flooded(area, seeds, size, corners) {
  const reached = Uint8Array.from(seeds);
  const places = [...seeds.keys()].filter((place) => seeds[place]);
  while (places.length) {
    for (const next of neighboursOf(places.pop(), size, corners)) {
      if (!area[next] || reached[next]) continue;
      reached[next] = 1;
      places.push(next);
    }
  }
  return reached;
}

function neighboursOf(place, { rows, cols }, corners) {
  const [row, col] = [Math.floor(place / cols), place % cols];
  const found = [];
  for (let down = -1; down <= 1; down++) {
    for (let right = -1; right <= 1; right++) {
      const isThere = row + down >= 0 && row + down < rows && col + right >= 0 && col + right < cols;
      if (isThere && (down || right) && (corners || !down || !right)) found.push(place + down * cols + right);
    }
  }
  return found;
}
