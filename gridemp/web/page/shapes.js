// Lines, discs, texts and colours.

export function line(path, fromX, fromY, toX, toY) {
  path.moveTo(fromX, fromY);
  path.lineTo(toX, toY);
}

export function disc(context, x, y, radius, fill, edge, width) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = edge;
  context.lineWidth = width;
  context.stroke();
}

export function text(context, words, x, y, { size, color, align = "center", edge = "", weight = 400 }) {
  context.font = `${weight} ${size}px system-ui, sans-serif`;
  context.textAlign = align;
  context.textBaseline = "middle";
  if (edge) {
    context.strokeStyle = edge;
    context.lineWidth = 0.25 * size;
    context.strokeText(words, x, y);
  }
  context.fillStyle = color;
  context.fillText(words, x, y);
}

// As matplotlib's Normalize and colour maps do it.
export function colorOf(bits, [low, high], palette) {
  const index = Math.floor(((bits - low) / (high - low)) * palette.length);
  return palette[Math.min(Math.max(index, 0), palette.length - 1)];
}

// Cells that no action can change have a colour of their own: scene.absorbing is a set of their
// numbers, in array order.
export const ABSORBING = "#f6cfc9";
export const DOTS = "#b5564a";

export function absorbs(scene, row, col) {
  return scene.absorbing?.has(row * scene.maze.cells[0].length + col) ?? false;
}

// Black or white, by the relative luminance of WCAG 2.1.
export function readableOn(color) {
  const [red, green, blue] = [1, 3, 5].map((i) => {
    const part = parseInt(color.slice(i, i + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "black" : "white";
}
