// The different successors of each state, without their actions. Those of state s are `heads` from
// s * stride on, as many as its degree. `period` is 1 or 2 if every state can be back after so many
// steps, else 0.

export async function graphOf({ successors, actions, bodies }, pauses) {
  const stride = actions.length;
  const graph = { stride, heads: new Int32Array(successors.length), degrees: new Uint8Array(bodies.length) };
  for (let state = 0; state < bodies.length; state++) {
    setRow(graph, state, successors, state * stride);
    if (pauses.isDue()) await pauses.pause(state / bodies.length);
  }
  for (const period of [1, 2]) {
    if (await allComeBack(graph, period, pauses)) return { ...graph, period };
  }
  return { ...graph, period: 0 };
}

async function allComeBack(graph, steps, pauses) {
  for (let state = 0; state < graph.degrees.length; state++) {
    if (!comesBack(graph, state, steps)) return false;
    if (pauses.isDue()) await pauses.pause(1);
  }
  return true;
}

// Set the successors of a state to those that begin at some place of a table.
export function setRow({ stride, heads, degrees }, state, table, begin) {
  let degree = 0;
  const row = state * stride;
  for (let action = 0; action < stride; action++) {
    const next = table[begin + action];
    let entry = 0;
    while (entry < degree && heads[row + entry] !== next) entry++;
    if (entry === degree) heads[row + degree++] = next;
  }
  degrees[state] = degree;
}

export function comesBack({ stride, heads, degrees }, state, steps) {
  const row = state * stride;
  for (let entry = row; entry < row + degrees[state]; entry++) {
    const next = heads[entry];
    if (next === state) return true;
    if (steps === 2) {
      const begin = next * stride;
      for (let after = begin; after < begin + degrees[next]; after++) if (heads[after] === state) return true;
    }
  }
  return false;
}

// Return, for each state, where its predecessors begin in a list of all: those of state s are
// `tails` from `first[s]` up to `first[s + 1]`.
export function predecessorsOf({ stride, heads, degrees }) {
  const first = new Int32Array(degrees.length + 1);
  const each = (use) => degrees.forEach((degree, state) => {
    for (let entry = state * stride; entry < state * stride + degree; entry++) use(state, heads[entry]);
  });
  each((_, next) => first[next + 1]++);
  for (let state = 0; state < degrees.length; state++) first[state + 1] += first[state];
  const tails = new Int32Array(first[degrees.length]);
  const filled = first.slice();
  each((state, next) => (tails[filled[next]++] = state));
  return { first, tails };
}
