// The core of a page in a notebook: every question goes through a port to the kernel, to Python.

import { Refusal } from "../refusal.js";

const HELLO = "gridemp";

// `open` is called with {maze, settings} when the notebook shows another maze.
export async function makeNotebookCore(open) {
  const waiting = new Map();
  const port = await connected();
  let last = 0;
  let opened = 0; // mazes that the notebook has shown since the start

  port.onmessage = ({ data }) => {
    const { id, line, files } = data;
    if (data.opened) {
      opened = data.opened;
      return open(JSON.parse(line).result);
    }
    const asked = waiting.get(id);
    if (!asked) return;
    const { progress, partial, result, error } = line ? JSON.parse(line) : { result: new Blob(files) };
    if (progress !== undefined) return asked.report(progress, partial);
    waiting.delete(id);
    if (error) asked.reject(new Refusal(error));
    else asked.resolve(result);
  };

  function answer(kind, body = {}, { signal, report = () => {} } = {}) {
    const id = ++last;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject, report });
      signal?.addEventListener("abort", () => {
        if (waiting.delete(id)) port.postMessage({ id, kind: "cancel" });
        reject(signal.reason);
      });
      // A map that a newer question would replace is the one that the page shows.
      port.postMessage({ id, kind, body, opened, shown: signal !== undefined });
    });
  }

  async function start() {
    const begun = await answer("start");
    opened = begun.opened;
    return begun;
  }

  return { start, answer };
}

// Tell the notebook that the page is there, and wait for the port that it sends.
function connected() {
  return new Promise((done) => {
    addEventListener("message", ({ source, data, ports }) => {
      if (source === parent && data === HELLO) done(ports[0]);
    });
    parent.postMessage(HELLO, "*");
  });
}
