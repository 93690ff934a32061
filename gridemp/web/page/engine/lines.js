// The numbered lines of a drawing, {number, line}, and mistakes in them with their places.

import { refuse } from "./questions.js";

const LARGEST = 4_000_000; // characters of a drawing

// Return the lines of a text without its comments (;) and the empty lines around the drawing. A tab
// at the end of a line is left out, with the blanks that follow it.
export function numberedRows(text) {
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  const rows = lines
    .map((line, i) => ({ number: i + 1, line: line.replace(/\t[ \t]*$/, "") }))
    .filter((_, i) => !lines[i].startsWith(";"));
  if (!rows.some(({ line }) => line.trim())) refuse("text_empty", "maze");
  return rows.slice(rows.findIndex(({ line }) => line), rows.findLastIndex(({ line }) => line) + 1);
}

export function withoutBlanks(rows) {
  return rows.map(({ number, line }) => ({ number, line: line.replace(/[ \t]+$/, "") }));
}

// Return rows without the blanks at their ends and without blank rows around the drawing.
export function trimmed(rows) {
  const bare = withoutBlanks(rows);
  return bare.slice(bare.findIndex(({ line }) => line), bare.findLastIndex(({ line }) => line) + 1);
}

export function longest(rows) {
  return rows.reduce((most, { line }) => Math.max(most, line.length), 0);
}

// Return rows with spaces added at their ends; null if the drawing would be too large. Tabs are refused.
export function padded(rows) {
  const cols = longest(rows);
  for (const row of rows) checkTabs(row);
  return rows.length * cols > LARGEST ? null : rows.map(({ number, line }) => ({ number, line: line.padEnd(cols) }));
}

// Refuse a text because of a mistake at a place in it, counted from 1.
export function refuseAt({ number }, column, kind, facts = {}) {
  refuse(kind, "maze", { line: number, column, ...facts });
}

function checkTabs(row) {
  if (row.line.includes("\t")) refuseAt(row, row.line.indexOf("\t") + 1, "text_tab");
}

// Refuse tabs, and rows that are not as long as the first.
export function checkLengths(rows) {
  const first = rows[0].line.length;
  for (const row of rows) {
    const length = row.line.length;
    checkTabs(row);
    if (length !== first) refuseAt(row, Math.min(length, first) + 1, "text_length", { length, first });
  }
}
