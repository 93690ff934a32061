// The core of a served page: every question is answered by the server, in Python.

import { Refusal } from "../refusal.js";

const ROOT = "/api/2/";
const LINES = "application/x-ndjson";

export function makeServerCore() {
  return {
    async start() {
      try {
        return (await lastLine(await fetch(ROOT + "start"))).result;
      } catch {
        throw gone();
      }
    },

    async answer(kind, body, { signal, report } = {}) {
      let response;
      try {
        response = await post(kind, body, signal);
        if (!response.headers.get("content-type").startsWith(LINES)) return await response.blob();
        const { result, error } = await lastLine(response, report);
        if (error) throw new Refusal(error);
        return result;
      } catch (error) {
        throw error instanceof Refusal || signal?.aborted ? error : gone();
      }
    },
  };
}

function post(kind, body, signal) {
  const headers = { "Content-Type": "application/json" };
  return fetch(ROOT + kind, { method: "POST", headers, body: JSON.stringify(body), signal });
}

// Report the progress told by the lines of an answer, and return its last line.
async function lastLine(response, report = () => {}) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let last = null;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return last;
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      last = JSON.parse(line);
      if ("progress" in last) report(last.progress);
    }
  }
}

function gone() {
  return new Refusal({ kind: "gone", facts: { port: location.port } });
}
