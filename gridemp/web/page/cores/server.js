// The core of a served page: every question is answered by the server, in Python.

import { Refusal } from "../refusal.js";

const ROOT = "/api/2/";
const LINES = "application/x-ndjson";

export function makeServerCore() {
  return {
    start: async () => resultOf(await reached(fetch(ROOT + "start"))),

    async answer(kind, body, { signal, report } = {}) {
      const response = await post(kind, body, signal);
      const isFile = response.ok && !isLines(response);
      return isFile ? reached(response.blob()) : resultOf(response, report);
    },
  };
}

function post(kind, body, signal) {
  const headers = { "Content-Type": "application/json" };
  return reached(fetch(ROOT + kind, { method: "POST", headers, body: JSON.stringify(body), signal }));
}

// Wait for something from the server, and refuse if there is no connection or it breaks.
function reached(promise) {
  return promise.catch(() => {
    throw gone();
  });
}

function isLines(response) {
  return (response.headers.get("content-type") ?? "").startsWith(LINES);
}

// Report the progress told by the lines of an answer, and return its result or throw its refusal.
// An error of `report` is thrown as it is, since the server has nothing to do with it.
async function resultOf(response, report = () => {}) {
  if (!isLines(response)) throw new Refusal({ kind: "other_program", facts: { status: response.status } });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let last = {};
  for (;;) {
    const { value, done } = await reached(reader.read());
    if (done) break;
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      last = JSON.parse(line);
      if ("progress" in last) report(last.progress, last.partial);
    }
  }
  if (last.error) throw new Refusal(last.error);
  if (!("result" in last)) throw gone(); // the server stopped in the middle
  return last.result;
}

function gone() {
  return new Refusal({ kind: "gone", facts: { port: location.port } });
}
