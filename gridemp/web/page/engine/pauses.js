// Long work in slices, so that the page can show progress and a newer question can cancel it.

const SLICE = 12; // milliseconds

export function makePauses({ signal, report = () => {} } = {}) {
  let end = performance.now() + SLICE;
  const part = (fraction) => fraction;
  return makePart(part);

  // Pauses of a part of the work; `whole` turns the fraction done of the part into that of all.
  function makePart(whole) {
    return {
      isDue: () => performance.now() > end,
      async pause(fraction) {
        report(whole(fraction));
        await nextTask();
        signal?.throwIfAborted();
        end = performance.now() + SLICE;
      },
      part: (from, to) => makePart((fraction) => whole(from + (to - from) * fraction)),
    };
  }
}

// Wait until the browser has done what is due; unlike timers, messages are not delayed.
function nextTask() {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });
}
