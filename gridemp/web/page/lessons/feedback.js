// Sentences about a prediction and about the way to a goal.

import { choicesOf } from "./texts.js";
import { extreme, factOf, gain, isExtreme } from "./goals.js";
import { inBits, say } from "../words.js";

const VISIBLE = 5e-4; // bits

// Return {words, right} about the answer to a prediction: the number of a choice, or a cell.
export function onPrediction(lesson, index, answer, map, placeOf) {
  const { choices, correct, cell: which } = lesson.steps[index];
  if (choices) {
    const words = choicesOf(lesson, index);
    const facts = { yours: words[answer - 1], correct: words[correct - 1] };
    return { words: say(answer === correct ? "lesson.right_choice" : "lesson.wrong_choice", facts), right: answer === correct };
  }
  const right = isExtreme(map, answer, which);
  const best = map.bits.flatMap((line, row) => line.map((bits, col) => ({ row, col, bits })))
    .filter(({ bits }) => bits !== null && Math.abs(bits - extreme(map, which)) < VISIBLE);
  const facts = {
    ...placeOf(answer), value: valueAt(map, answer),
    best_x: placeOf(best[0]).x, best_y: placeOf(best[0]).y, best: valueAt(map, best[0]), count: best.length,
  };
  return { words: say(right ? "lesson.right_cell" : `lesson.wrong_${which}`, facts), right };
}

function valueAt(map, { row, col }) {
  if (map.outcomes) return say("lesson.futures", { count: map.outcomes[row][col] });
  return inBits(map.bits[row][col]);
}

// Return what there is to say about the first condition that does not hold, "" if nothing.
export function onWay(condition, now, begun, best) {
  const { fact } = condition;
  const value = factOf(condition, now, begun);
  if ("best" in condition) {
    const change = gain(condition, now, begun);
    if (change < VISIBLE) return say("lesson.now.not_better");
    if (best === null) return say("lesson.computing");
    return say("lesson.now.not_best", { change: inBits(change), best: inBits(best) });
  }
  if ("rises_by" in condition || "falls_by" in condition) {
    const change = gain(condition, now, begun);
    return say(change < 0 ? "lesson.now.fallen" : "lesson.now.risen", { change: inBits(Math.abs(change)) });
  }
  if (value === null) return say(`lesson.now.nothing_${condition.cell ?? fact}`);
  if (fact === "outcomes") return say("lesson.now.outcomes", { count: value });
  if (fact === "opened" || fact === "built") return say(`lesson.now.${fact}`, { count: value });
  if (["mean", "peak", "lowest", "bits"].includes(fact)) return say(`lesson.now.${fact}`, { bits: inBits(value) });
  return "";
}
