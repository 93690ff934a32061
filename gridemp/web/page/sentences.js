// Sentences about cells and maps, made from facts.

import { SOLID } from "./mazes.js";
import { inBits, number, say } from "./words.js";

// Return the words for so many outcomes; what differs between them depends on the world.
export function outcomes(count, settings, maze) {
  return say(`outcomes.${kindOfOutcomes(settings, maze)}`, { count });
}

// True if two outcomes are different only if the agent ends in different cells.
export function endsInCells(settings, maze) {
  return kindOfOutcomes(settings, maze) === "cells";
}

function kindOfOutcomes({ sensor, moves }, maze) {
  if (sensor === "position") return "cells";
  if (sensor !== "state") return sensor;
  const boxes = maze.cells.some((row) => row.includes("$"));
  return boxes || moves === "turn" ? "states" : "cells";
}

// Return the sentence about a cell at {x, y} on which `letter` stands; `bits` is null without a
// value, `count` without a number of outcomes.
export function cellSentence({ x, y, letter, bits, count, noisy }, settings, maze) {
  if (letter === SOLID) return say("cell.solid", { x, y });
  const object = letter === "." ? null : say(`objects.${letter}`);
  const place = object ? say("cell.place_object", { x, y, object }) : say("cell.place", { x, y });
  if (bits === null) return place;
  const facts = { place, count, bits: inBits(bits), effective: number(2 ** bits, 1) };
  if (noisy && !count) return say("cell.noisy", { ...facts, count: 2 ** bits }, 1);
  if (noisy && count > 1) return say("cell.noisy_possible", facts); // a single outcome is sure
  return say("cell.sure", { ...facts, outcomes: outcomes(count, settings, maze) });
}

export function peakSentence(map, settings, maze) {
  const { x, y, bits, outcomes: count, ties } = map.peak;
  const facts = { x, y, bits: inBits(bits) };
  const parts = [map.deterministic
    ? say("peak.sure", { ...facts, outcomes: outcomes(count, settings, maze) })
    : say("peak.noisy", facts)];
  if (ties > 1) parts.push(say("peak.ties", { count: ties - 1 }));
  if (map.per_cell === "best") parts.push(say(settings.moves === "turn" ? "peak.best_heading" : "peak.best_state"));
  return parts.reduce((one, other) => say("cell.joined", { one, other }));
}
