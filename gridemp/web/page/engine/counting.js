// Number of sensor readings that exactly n steps can bring about in a world without noise.
//
// The capacity of such a channel is log2 of the number of its distinct outputs. Let R_k be the set
// of states that k steps from a start can lead to. If every state can be back after p steps, p being
// 1 or 2, then R_k contains R_{k-p}, and R_{k+1} is R_{k+1-p} with the successors of those states
// alone that are in R_k but not in R_{k-p}. So each state is followed at most p times, whatever
// the number of steps. Otherwise R_{k+1} is made anew from all of R_k.

// Return a follower of one start at a time. `labels` are the readings of the states; if they may
// change later, give the number of possible labels.
export function makeFollower(graph, labels, possible = 0) {
  const states = labels.length;
  const apart = !possible && new Set(labels).size === states; // then they need not be compared
  const lists = [0, 1].map(() => new Int32Array(states)); // R_k for even and odd k; p = 1 has one list
  const marks = [0, 1].map(() => new Int32Array(states));
  const stamps = [0, 0];
  const sizes = [0, 0];
  const followed = [0, 0]; // how many of a list have been followed
  const sensed = [0, 0]; // how many of a list have been counted
  const counts = [0, 0];
  const kinds = possible || labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const seen = [0, 1].map(() => new Int32Array(apart ? 0 : kinds));
  let here = 0;
  let serial = 0;

  function clear(which) {
    sizes[which] = followed[which] = sensed[which] = counts[which] = 0;
    stamps[which] = ++serial;
  }

  function begin(state) {
    clear(0);
    clear(1);
    here = 0;
    lists[0][0] = state;
    marks[0][state] = stamps[0];
    sizes[0] = 1;
  }

  function advance() {
    const { stride, heads, degrees, period } = graph;
    const from = lists[here];
    const end = sizes[here];
    const next = period === 1 ? 0 : 1 - here;
    if (!period) clear(next);
    const list = lists[next];
    const mark = marks[next];
    const stamp = stamps[next];
    let size = sizes[next];
    for (let i = period ? followed[here] : 0; i < end; i++) {
      const row = from[i] * stride;
      for (let entry = row, stop = row + degrees[from[i]]; entry < stop; entry++) {
        const state = heads[entry];
        if (mark[state] !== stamp) {
          mark[state] = stamp;
          list[size++] = state;
        }
      }
    }
    followed[here] = end;
    sizes[next] = size;
    here = next;
  }

  // Number of different readings in the states reached now.
  function count() {
    if (apart) return sizes[here];
    const list = lists[here];
    for (let i = sensed[here]; i < sizes[here]; i++) {
      const label = labels[list[i]];
      if (seen[here][label] !== stamps[here]) {
        seen[here][label] = stamps[here];
        counts[here]++;
      }
    }
    sensed[here] = sizes[here];
    return counts[here];
  }

  return {
    begin, advance, count,
    // The states reached now, in no particular order; valid until the next step.
    reached: () => lists[here].subarray(0, sizes[here]),
    after(state, steps) {
      begin(state);
      for (let step = 0; step < steps; step++) advance();
      return count();
    },
  };
}

// Count the readings after n steps from some states, where `counts`, one for each state, is still 0.
export async function countFrom(follower, states, steps, counts, pauses) {
  for (let i = 0; i < states.length; i++) {
    counts[states[i]] ||= follower.after(states[i], steps);
    if (pauses.isDue()) await pauses.pause((i + 1) / states.length);
  }
}
