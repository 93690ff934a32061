// Questions to the core of the page; a newer one of the same kind cancels the older.

// `core` answers: {start(), answer(kind, body, {signal, report})}. If it knows only some noisy worlds,
// slips({maze, ...settings}) returns the slips among which a reader can choose, or null for all.
export function makeRequests(core) {
  const pending = new Map();

  // Tell programs that watch the page whether an answer is on its way.
  const tell = () => document.documentElement.toggleAttribute("data-asking", pending.size > 0);

  // Return the answer, or null if a newer question of the same kind has been asked meanwhile.
  async function ask(kind, body, report = () => {}) {
    pending.get(kind)?.abort();
    const controller = new AbortController();
    const { signal } = controller;
    pending.set(kind, controller);
    tell();
    try {
      const result = await core.answer(kind, body, { signal, report });
      return signal.aborted ? null : result;
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    } finally {
      if (pending.get(kind) === controller) pending.delete(kind);
      tell();
    }
  }

  return {
    ask,
    slips: core.slips ?? (() => null),
    // Cancel the pending question of a kind.
    callOff: (kind) => pending.get(kind)?.abort(),
    // Return the answer to a question that no newer one cancels, but a signal may.
    askOnce: (kind, body, signal) => core.answer(kind, body, { signal }),
  };
}
