// The texts of lessons: translated in the file of a language, or else as the lesson's file has them.

import { hasWords, say } from "../words.js";

export const titleOf = (lesson) => text(lesson, "title", lesson.title);
export const summaryOf = (lesson) => text(lesson, "summary", lesson.summary);
export const textOf = (lesson, index) => ofStep(lesson, index, "text");
export const hintOf = (lesson, index) => ofStep(lesson, index, "hint");

export function choicesOf(lesson, index) {
  const { choices = [] } = lesson.steps[index];
  return choices.map((choice, i) => text(lesson, `steps.${index + 1}.choices.${i + 1}`, choice));
}

function ofStep(lesson, index, part) {
  return text(lesson, `steps.${index + 1}.${part}`, lesson.steps[index][part] ?? "");
}

function text(lesson, part, own) {
  const key = `lessons.${lesson.name}.${part}`;
  return hasWords(key) ? say(key) : own;
}
