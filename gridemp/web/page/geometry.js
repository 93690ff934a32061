// Where the maze lies on its canvas, in pixels. A cell is {row, col}, row 0 on top.

// Around the maze: the numbers of the axes and the colourbar, which is below on a narrow canvas.
const WIDE = { left: 54, top: 10, bottom: 44, right: 84 };
const NARROW = { left: 28, top: 16, bottom: 76, right: 8 };
const NARROW_BELOW = 520; // pixels
const CLOSEST = 160; // pixels of a cell

// A view has `size`, the wanted pixels of a cell, and `at`, the place of the maze in the middle of
// the board. By default, it is the whole maze, or its middle if cells would be smaller than `least`.
// `scale` enlarges letters, marks and what is around the maze.
export function geometry(width, height, maze, { size: wanted, at, least = 0, scale = 1 } = {}) {
  const rows = maze.cells.length;
  const cols = maze.cells[0].length;
  const margin = marginOf(width, scale);
  const frame = {
    left: margin.left * scale, right: width - margin.right * scale,
    top: margin.top * scale, bottom: height - margin.bottom * scale,
  };
  const [across, up] = [frame.right - frame.left, frame.bottom - frame.top];
  const fit = Math.max(2, Math.floor(Math.min(across / cols, up / rows)));
  const most = Math.max(fit, CLOSEST);
  const size = Math.round(Math.min(Math.max(wanted ?? Math.max(fit, least), fit), most));
  const middle = at ?? { across: cols / 2, down: rows / 2 };
  const left = begin(frame.left, across, size * cols, middle.across * size,
    Math.round((frame.right - size * cols + frame.left) / 2));
  const top = begin(frame.top, up, size * rows, middle.down * size, Math.round((frame.bottom - size * rows) / 2));
  const shown = {
    left: Math.max(left, frame.left), right: Math.min(left + size * cols, frame.right),
    top: Math.max(top, frame.top), bottom: Math.min(top + size * rows, frame.bottom),
  };
  return {
    width, height, rows, cols, size, left, top, shown, fit, most, scale, narrow: margin === NARROW,
    middle: [(frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2],
    whole: size * cols <= across && size * rows <= up,
    // The cells in view: the first row and column, and those after the last.
    first: { row: Math.floor((shown.top - top) / size), col: Math.floor((shown.left - left) / size) },
    last: { row: Math.ceil((shown.bottom - top) / size), col: Math.ceil((shown.right - left) / size) },
  };
}

// A maze alone, with cells of some pixels and a margin around it, as for a small picture.
export function bare(maze, size, margin) {
  const [rows, cols] = [maze.cells.length, maze.cells[0].length];
  const [width, height] = [cols * size + 2 * margin, rows * size + 2 * margin];
  return {
    width, height, rows, cols, size, left: margin, top: margin, scale: 1,
    shown: { left: margin, top: margin, right: width - margin, bottom: height - margin },
    first: { row: 0, col: 0 }, last: { row: rows, col: cols },
  };
}

// Return where a maze begins that takes some pixels of the room for it: centred if it fits, or else
// so that its middle is in the middle of the room, but no room is left empty.
function begin(from, room, pixels, middle, centred) {
  if (pixels <= room) return Math.max(from, centred);
  return Math.round(Math.min(Math.max(from + room / 2 - middle, from + room - pixels), from));
}

// The height at which the maze takes the whole width of its canvas, for a view of the whole maze.
export function heightFor(width, maze, { least = 0, scale = 1 } = {}) {
  const margin = marginOf(width, scale);
  const size = Math.max(least, Math.floor((width - (margin.left + margin.right) * scale) / maze.cells[0].length), 0);
  return size * maze.cells.length + Math.ceil((margin.top + margin.bottom) * scale);
}

function marginOf(width, scale) {
  return width < NARROW_BELOW * scale ? NARROW : WIDE;
}

// Where a point of the canvas lies, in cells: whole numbers are the lines between them.
export function placeAt(board, x, y) {
  return { across: (x - board.left) / board.size, down: (y - board.top) / board.size };
}

export function cellAt(board, x, y) {
  const { shown } = board;
  if (x < shown.left || x >= shown.right || y < shown.top || y >= shown.bottom) return null;
  const { across, down } = placeAt(board, x, y);
  return { row: Math.floor(down), col: Math.floor(across) };
}

// As cellAt, but a point that just misses the maze still belongs to the cell beside it.
export function cellNear(board, x, y) {
  const { shown, size } = board;
  const into = (at, begin, end) => (at < begin && at > begin - size / 3 ? begin : at >= end && at < end + size / 3 ? end - 1 : at);
  return cellAt(board, into(x, shown.left, shown.right), into(y, shown.top, shown.bottom));
}

export function middle(board, { row, col }) {
  return [board.left + (col + 0.5) * board.size, board.top + (row + 0.5) * board.size];
}

export function corner(board, [row, col]) {
  return [board.left + col * board.size, board.top + row * board.size];
}

// The two ends of an edge.
export function endsOf(board, { kind, row, col }) {
  const begin = kind === "right" ? [row, col + 1] : [row + 1, col];
  return [begin, [row + 1, col + 1]].map((each) => corner(board, each));
}

// Return the view in which cells are larger by a factor, and the place at a point of the canvas stays there.
export function zoomed(board, factor, [x, y] = board.middle) {
  const size = Math.min(Math.max(board.size * factor, board.fit), board.most);
  const { across, down } = placeAt(board, x, y);
  const [middleX, middleY] = board.middle;
  return { size, at: { across: across + (middleX - x) / Math.round(size), down: down + (middleY - y) / Math.round(size) } };
}

// Return the place in the middle after a maze with one place there was moved by some pixels.
export function moved(board, at, x, y) {
  const { across, down } = at ?? placeAt(board, ...board.middle);
  return { across: across - x / board.size, down: down - y / board.size };
}
