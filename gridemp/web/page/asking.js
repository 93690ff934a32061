// Questions to the server; a newer one of the same kind cancels the older.

const ROOT = "/api/2/";
const LINES = "application/x-ndjson";
const pending = new Map();

export class Refusal extends Error {
  constructor({ sentence, field }) {
    super(sentence);
    this.field = field;
  }
}

export async function start() {
  return (await lastLine(await fetch(ROOT + "start"))).result;
}

// Return the answer, or null if a newer question of the same kind has been asked meanwhile.
export async function ask(kind, body, report = () => {}) {
  pending.get(kind)?.abort();
  const controller = new AbortController();
  pending.set(kind, controller);
  try {
    const response = await post(kind, body, controller.signal);
    const { result, error } = await lastLine(response, report);
    if (error) throw new Refusal(error);
    return controller.signal.aborted ? null : result;
  } catch (error) {
    if (controller.signal.aborted) return null;
    throw error instanceof Refusal ? error : gone();
  } finally {
    if (pending.get(kind) === controller) pending.delete(kind);
  }
}

// Cancel the pending question of a kind.
export function callOff(kind) {
  pending.get(kind)?.abort();
}

// Return the answer to a question that no newer one cancels.
export async function askOnce(kind, body) {
  const response = await post(kind, body).catch(() => {
    throw gone();
  });
  const { result, error } = await lastLine(response);
  if (error) throw new Refusal(error);
  return result;
}

export async function askFile(body) {
  const response = await post("figure", body).catch(() => {
    throw gone();
  });
  if (!response.headers.get("content-type").startsWith(LINES)) return response.blob();
  throw new Refusal((await lastLine(response)).error);
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
  const again = `gridemp explore --port ${location.port}`;
  return new Refusal({ sentence: `gridemp does not answer; start it again with ${again}`, field: "" });
}
