// A question without an answer: the case, its numbers, and the control that it belongs to.

import { hasWords, say } from "./words.js";

export class Refusal extends Error {
  // `kind` and `facts` have words in the reader's language; `sentence` is for kinds that have none.
  constructor({ sentence = "", field = "", kind = "", facts = {} }) {
    super(sentence);
    Object.assign(this, { field, kind, facts });
  }

  inWords() {
    const key = `refusals.${this.kind}`;
    return this.kind && hasWords(key) ? say(key, this.facts) : this.message;
  }
}
