// A question without an answer: the case, its numbers, and the control that it belongs to.

export class Refusal extends Error {
  // The page has words for most kinds; `sentence` is for the others.
  constructor({ sentence = "", field = "", kind = "", facts = {} }) {
    super(sentence);
    Object.assign(this, { field, kind, facts });
  }
}
