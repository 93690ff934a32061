// Where the maze lies on its canvas, in pixels. A cell is {row, col}, row 0 on top.

const MARGIN = { left: 54, top: 10, bottom: 44, right: 84 };

export function geometry(width, height, maze) {
  const rows = maze.cells.length;
  const cols = maze.cells[0].length;
  const across = (width - MARGIN.left - MARGIN.right) / cols;
  const up = (height - MARGIN.top - MARGIN.bottom) / rows;
  const size = Math.max(2, Math.floor(Math.min(across, up)));
  const left = Math.max(MARGIN.left, Math.round((width - MARGIN.right - size * cols + MARGIN.left) / 2));
  const top = Math.max(MARGIN.top, Math.round((height - MARGIN.bottom - size * rows) / 2));
  return { width, height, rows, cols, size, left, top };
}

// The height at which the maze takes the whole width of its canvas.
export function heightFor(width, maze) {
  const size = Math.max(0, width - MARGIN.left - MARGIN.right) / maze.cells[0].length;
  return Math.ceil(size * maze.cells.length) + MARGIN.top + MARGIN.bottom;
}

// Where a point of the canvas lies, in cells: whole numbers are the lines between them.
export function placeAt(board, x, y) {
  return { across: (x - board.left) / board.size, down: (y - board.top) / board.size };
}

export function cellAt(board, x, y) {
  const { across, down } = placeAt(board, x, y);
  const cell = { row: Math.floor(down), col: Math.floor(across) };
  const inside = cell.row >= 0 && cell.row < board.rows && cell.col >= 0 && cell.col < board.cols;
  return inside ? cell : null;
}

export function middle(board, { row, col }) {
  return [board.left + (col + 0.5) * board.size, board.top + (row + 0.5) * board.size];
}

export function corner(board, [row, col]) {
  return [board.left + col * board.size, board.top + row * board.size];
}
