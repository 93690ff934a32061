// Sentences about the maps of an exported page and about their cells.

import { SOLID } from "../mazes.js";
import { cellSentence, peakSentence } from "../sentences.js";
import { hasWords, inBits, number, say } from "../words.js";

// The settings of which the sentences of the explorer speak.
const settingsOf = ({ outcome, conditions }) => ({
  sensor: outcome === "cells" ? "position" : outcome, moves: conditions.moves,
});

// Return the sentence on what the colours mean.
export function aboutColors(data, map) {
  const words = [say(data.deterministic ? "exported.about" : "exported.about_noisy", { count: map.horizon })];
  if (map.absorbing.length) words.push(say("exported.about_absorbing"));
  return words.join(" ");
}

// Return the maze, the horizon and the conditions of a map.
export function caption(data, map) {
  const { moves, doors, stay, torus, sensor, labels } = data.conditions;
  const parts = [
    data.name,
    say("exported.steps", { count: map.horizon }),
    moves !== "nesw" && say(`exported.moves_${moves}`),
    doors && say("exported.doors"),
    !stay && say("exported.no_stay"),
    torus && say(`exported.torus_${torus}`),
    sensor !== "state" && say(`exported.sensor_${sensor}`),
    labels && say("exported.sensor", { name: labels }),
    noise(data),
    data.per_cell && say(shown(data)),
    data.bounds ? say("exported.bounds", { gap: say("units.bits", { count: map.gap }) }) : !data.deterministic && certified(map.gap),
  ];
  return parts.filter(Boolean).join(", ");
}

function noise({ conditions, deterministic }) {
  const { noise: kind, slip, slip_kind } = conditions;
  if (kind === "own") return say("exported.own_noise");
  if (!slip) return deterministic && say("exported.no_noise");
  return say(`exported.slip_${slip_kind}`, { slip: number(slip) });
}

function shown({ per_cell, headings }) {
  const choice = per_cell === "best" || per_cell === "mean";
  return choice ? `exported.${per_cell}_${headings ? "heading" : "state"}` : `exported.heading_${per_cell}`;
}

function certified(gap) {
  const power = Array.from(String(Math.ceil(Math.log10(gap) - 1e-9)), (sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign] ?? "⁻").join("");
  return say("exported.certified", { gap: `10${power}` });
}

export function peak(data, map) {
  return peakSentence({ ...map, deterministic: data.deterministic && map.peak.outcomes !== null }, settingsOf(data), data.maze);
}

// Return the sentence about a cell from which the agent can end in the cells of a grid, or null.
export function about({ row, col }, data, map, reached) {
  const letter = data.maze.cells[row][col];
  const bits = map.bits[row][col];
  const place = { x: col, y: data.maze.cells.length - 1 - row };
  if (bits !== null && letter !== SOLID && (data.bounds || data.per_cell === "mean")) {
    const where = say("cell.place", place);
    if (!data.bounds) return say("exported.mean", { place: where, bits: inBits(bits) });
    return say("exported.between", { place: where, lower: number(bits, 2), upper: inBits(map.upper[row][col]) });
  }
  const ends = reached?.flat().filter((share) => share !== null).length;
  const noisy = !data.deterministic;
  const count = map.outcomes?.[row][col] ?? (data.outcome === "cells" && ends ? ends : null);
  const known = hasWords(`objects.${letter}`) ? letter : ".";
  const facts = { ...place, letter: letter === SOLID ? letter : known, bits, count, noisy };
  const sentence = cellSentence(facts, settingsOf(data), data.maze);
  const more = ends && data.outcome !== "cells" && ends !== count;
  return more ? say("exported.also", { sentence, dots: say("exported.dots", { count: ends }) }) : sentence;
}
