// The board: a maze and its map on a canvas, in the colours and the orientation of the figures.
// A cell is {row, col}, row 0 on top; a scene is all that is to be seen.

const SOLID = "#cccccc";
const HATCH = "#8c8c8c";
const STATELESS = "#ebebeb";
const MARGIN = { left: 44, top: 10, bottom: 44, right: 84 };
const MOST_TICKS = 12;
const GRID_BELOW = 20;
const LEAST_NUMBER = 8; // pixels

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

// As matplotlib's Normalize and colour maps do it.
export function colorOf(bits, [low, high], palette) {
  const index = Math.floor(((bits - low) / (high - low)) * palette.length);
  return palette[Math.min(Math.max(index, 0), palette.length - 1)];
}

export function draw(context, board, scene) {
  context.clearRect(0, 0, board.width, board.height);
  drawCells(context, board, scene);
  if (scene.reached) drawReached(context, board, scene);
  drawWalls(context, board, scene);
  drawObjects(context, board, scene);
  if (scene.numbers) drawNumbers(context, board, scene);
  drawPeaks(context, board, scene);
  drawTrail(context, board, scene);
  drawCursor(context, board, scene);
  drawAxes(context, board, scene);
  if (scene.range) drawColorbar(context, board, scene);
}

function bitsAt(scene, row, col) {
  return scene.bits?.length === scene.maze.cells.length ? scene.bits[row][col] ?? null : null;
}

function isFloor(scene, row, col) {
  return scene.maze.cells[row][col] !== "#";
}

function drawCells(context, board, scene) {
  const { size, left, top, rows, cols } = board;
  const hatch = size >= 7 ? hatching(context) : null;
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const corner = [left + col * size, top + row * size, size, size];
      const bits = bitsAt(scene, row, col);
      const solid = !isFloor(scene, row, col);
      context.fillStyle = solid ? SOLID : bits === null ? STATELESS : colorOf(bits, scene.range, scene.palette);
      context.fillRect(...corner);
      if (solid && hatch) {
        context.fillStyle = hatch;
        context.fillRect(...corner);
      }
    }
  }
  if (Math.max(rows, cols) > GRID_BELOW) return;
  context.strokeStyle = "rgba(255, 255, 255, 0.35)";
  context.lineWidth = 1;
  context.beginPath();
  for (let col = 1; col < cols; col++) line(context, left + col * size, top, left + col * size, top + rows * size);
  for (let row = 1; row < rows; row++) line(context, left, top + row * size, left + cols * size, top + row * size);
  context.stroke();
}

function hatching(context) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const inside = tile.getContext("2d");
  inside.strokeStyle = HATCH;
  inside.beginPath();
  for (const shift of [-8, 0, 8]) line(inside, shift, 8, shift + 8, 0);
  inside.stroke();
  return context.createPattern(tile, "repeat");
}

// What is not reached is veiled; a dot's area is how likely the cell is in the end.
function drawReached(context, board, scene) {
  const most = Math.max(...scene.reached.flat().map((chance) => chance ?? 0));
  for (let row = 0; row < board.rows; row++) {
    for (let col = 0; col < board.cols; col++) {
      if (!isFloor(scene, row, col)) continue;
      const chance = scene.reached[row]?.[col] ?? null;
      const [x, y] = middle(board, { row, col });
      if (chance === null) {
        context.fillStyle = scene.veil;
        context.fillRect(x - board.size / 2, y - board.size / 2, board.size, board.size);
        continue;
      }
      const aside = scene.numbers ? 0.34 * board.size : 0;
      const radius = (scene.numbers ? 0.11 : 0.17) * board.size * Math.sqrt(chance / most);
      disc(context, x + aside, y + aside, radius, "white", "black", Math.max(0.5, 0.025 * board.size));
    }
  }
}

function drawWalls(context, board, scene) {
  const width = Math.min(Math.max(0.06 * board.size, 1), 4);
  const path = new Path2D();
  for (const [from, to] of wallSegments(scene)) {
    line(path, ...corner(board, from), ...corner(board, to));
  }
  context.lineCap = "square";
  for (const [color, wide] of [["white", width + 2], ["black", width]]) {
    context.strokeStyle = color;
    context.lineWidth = wide;
    context.stroke(path);
  }
}

// As the figures have them: between floor and floor, floor and solid, and at the edges of the maze.
function* wallSegments({ maze, torus = "" }) {
  const rows = maze.cells.length;
  const cols = maze.cells[0].length;
  const floor = (row, col) => maze.cells[(row + rows) % rows][(col + cols) % cols] !== "#";
  for (let row = 0; row <= rows; row++) {
    for (let col = 0; col < cols; col++) {
      const inner = row > 0 && row < rows;
      const wall = inner ? maze.below[row - 1][col] === "-" : !torus.includes("y");
      if (wall || floor(row - 1, col) !== floor(row, col)) yield [[row, col], [row, col + 1]];
    }
  }
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col <= cols; col++) {
      const inner = col > 0 && col < cols;
      const wall = inner ? maze.right[row][col - 1] === "|" : !torus.includes("x");
      if (wall || floor(row, col - 1) !== floor(row, col)) yield [[row, col], [row + 1, col]];
    }
  }
}

const TURNS = { "^": 0, ">": 0.5, v: 1, "<": 1.5 };

function drawObjects(context, board, scene) {
  if (board.size < 6) return;
  const aside = scene.numbers ? 0.33 : 0;
  const size = (scene.numbers ? 0.45 : 1) * Math.min(0.45 * board.size, 22);
  for (let row = 0; row < board.rows; row++) {
    for (let col = 0; col < board.cols; col++) {
      const letter = scene.maze.cells[row][col];
      if (letter === "." || letter === "#") continue;
      const [x, y] = middle(board, { row, col });
      drawObject(context, letter, x - aside * board.size, y - aside * board.size, size);
    }
  }
}

// Also for the tools: the mark of an object, of so many pixels.
export function drawObject(context, letter, x, y, size) {
  context.save();
  context.translate(x, y);
  context.lineJoin = context.lineCap = "round";
  const half = size / 2;
  const shape = new Path2D();
  if (letter === "T") {
    line(shape, -half, -half, half, half);
    line(shape, -half, half, half, -half);
  } else if (letter === "$" || letter === "B") {
    shape.rect(-0.8 * half, -0.8 * half, 1.6 * half, 1.6 * half);
  } else if (letter === "~") {
    shape.moveTo(-half, 0.2 * half);
    shape.bezierCurveTo(-0.3 * half, -1.2 * half, 0.3 * half, 1.2 * half, half, -0.2 * half);
  } else if (letter in TURNS) {
    context.rotate(TURNS[letter] * Math.PI);
    for (const [i, [px, py]] of [[0, -half], [half, 0.7 * half], [-half, 0.7 * half]].entries()) {
      i ? shape.lineTo(px, py) : shape.moveTo(px, py);
    }
    shape.closePath();
  } else {
    text(context, letter, 0, 0, { size, color: "white", edge: "black", weight: 700 });
  }
  const open = letter === "T" || letter === "~" || letter === "$";
  context.strokeStyle = "black";
  context.lineWidth = open ? 0.36 * size : 0.3 * size;
  context.stroke(shape);
  context.fillStyle = letter === "B" ? "black" : "white";
  if (!open) context.fill(shape);
  context.strokeStyle = "white";
  context.lineWidth = 0.16 * size;
  if (open || letter === "B") context.stroke(shape);
  context.restore();
}

function drawNumbers(context, board, scene) {
  const fits = scene.numbers.map((texts) => {
    const longest = texts.flat().reduce((a, b) => ((b ?? "").length > a.length ? b : a), "");
    context.font = "10px system-ui, sans-serif";
    const wide = context.measureText(longest.replaceAll("1", "0")).width / 10;
    return Math.min(0.8 * board.size / wide, 0.5 * board.size, 18);
  });
  const way = fits.findIndex((size) => size >= LEAST_NUMBER);
  if (way < 0 || scene.numbers[way].length !== board.rows) return;
  for (let row = 0; row < board.rows; row++) {
    for (let col = 0; col < board.cols; col++) {
      const bits = bitsAt(scene, row, col);
      if (bits === null || !isFloor(scene, row, col)) continue;
      const veiled = scene.reached && (scene.reached[row]?.[col] ?? null) === null;
      const color = veiled ? scene.ink : readableOn(colorOf(bits, scene.range, scene.palette));
      text(context, scene.numbers[way][row][col], ...middle(board, { row, col }), { size: fits[way], color });
    }
  }
}

// Black or white, by the relative luminance of WCAG 2.1.
export function readableOn(color) {
  const [red, green, blue] = [1, 3, 5].map((i) => {
    const part = parseInt(color.slice(i, i + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "black" : "white";
}

function drawPeaks(context, board, scene) {
  for (const cell of scene.ringed ?? []) {
    const [x, y] = middle(board, cell);
    const radius = Math.min(Math.max(0.225 * board.size, 4), 14);
    const edge = Math.max(1.2, 0.2 * Math.min(radius, 10));
    const path = new Path2D();
    if (scene.numbers) path.rect(x - 0.4 * board.size, y - 0.4 * board.size, 0.8 * board.size, 0.8 * board.size);
    else path.arc(x, y, radius, 0, 2 * Math.PI);
    for (const [color, wide] of [["white", edge + 1.6], ["black", edge]]) {
      context.strokeStyle = color;
      context.lineWidth = wide;
      context.stroke(path);
    }
  }
}

function drawTrail(context, board, scene) {
  if (!scene.agent) return;
  const points = [...scene.agent.trail, scene.agent].map((cell) => middle(board, cell));
  context.lineJoin = context.lineCap = "round";
  for (const [color, wide] of [["black", 0.16 * board.size], ["#ff6f59", 0.1 * board.size]]) {
    context.strokeStyle = color;
    context.lineWidth = Math.max(wide, 1);
    context.beginPath();
    for (let i = 1; i < points.length; i++) {
      const [from, to] = [points[i - 1], points[i]];
      const far = Math.hypot(to[0] - from[0], to[1] - from[1]) > 1.5 * board.size; // round a torus
      if (!far) line(context, ...from, ...to);
    }
    context.stroke();
  }
  const [x, y] = points.at(-1);
  const radius = Math.max(0.27 * board.size, 3);
  disc(context, x, y, radius, "#ff6f59", "black", Math.max(1, 0.06 * board.size));
  const angle = { north: -0.5, east: 0, south: 0.5, west: 1 }[scene.agent.heading] ?? null;
  if (angle === null) return;
  context.strokeStyle = "black";
  context.beginPath();
  line(context, x, y, x + radius * Math.cos(angle * Math.PI), y + radius * Math.sin(angle * Math.PI));
  context.stroke();
}

function drawCursor(context, board, scene) {
  for (const [cell, style] of [[scene.pin, []], [scene.cursor, [4, 3]]]) {
    if (!cell) continue;
    const [x, y] = corner(board, [cell.row, cell.col]);
    for (const [color, wide] of [["black", 4], ["white", 2]]) {
      context.setLineDash(color === "white" ? style : []);
      context.strokeStyle = color;
      context.lineWidth = wide;
      context.strokeRect(x + 3, y + 3, board.size - 6, board.size - 6);
    }
  }
  context.setLineDash([]);
  if (!scene.edge) return;
  const { kind, row, col } = scene.edge;
  const ends = kind === "right" ? [[row, col + 1], [row + 1, col + 1]] : [[row + 1, col], [row + 1, col + 1]];
  context.strokeStyle = "#ff6f59";
  context.lineWidth = Math.max(3, 0.1 * board.size);
  context.beginPath();
  line(context, ...corner(board, ends[0]), ...corner(board, ends[1]));
  context.stroke();
}

function drawAxes(context, board, scene) {
  const { left, top, size, rows, cols } = board;
  const style = { size: 13, color: scene.ink };
  const bottom = top + rows * size;
  const step = tickStep(Math.max(rows, cols), size);
  for (let x = 0; x < cols; x += step) text(context, x, left + (x + 0.5) * size, bottom + 14, style);
  for (let y = 0; y < rows; y += step) {
    text(context, y, left - 8, bottom - (y + 0.5) * size, { ...style, align: "right" });
  }
  text(context, "x", left + (cols * size) / 2, bottom + 32, style);
  text(context, "y", left - 34, top + (rows * size) / 2, style);
}

function tickStep(cells, size) {
  for (let ten = 1; ; ten *= 10) {
    for (const base of [1, 2, 5]) {
      if (base * ten * MOST_TICKS >= cells && base * ten * size >= 18) return base * ten;
    }
  }
}

function drawColorbar(context, board, scene) {
  const { top, size, rows, cols } = board;
  const tall = Math.max(rows * size, 120);
  const left = board.left + cols * size + 16;
  const [low, high] = scene.range;
  scene.palette.forEach((color, i) => {
    context.fillStyle = color;
    const above = top + tall * (1 - (i + 1) / scene.palette.length);
    context.fillRect(left, above, 14, tall / scene.palette.length + 1);
  });
  const style = { size: 13, color: scene.ink, align: "left" };
  for (const value of niceTicks(low, high, tall / 40)) {
    const y = top + tall * (1 - (value - low) / (high - low));
    context.strokeStyle = scene.ink;
    context.lineWidth = 1;
    context.beginPath();
    line(context, left + 14, y, left + 18, y);
    context.stroke();
    text(context, Number(value.toFixed(3)), left + 21, y, style);
  }
  context.save();
  context.translate(left + 60, top + tall / 2);
  context.rotate(-Math.PI / 2);
  text(context, scene.label, 0, 0, { size: 13, color: scene.ink });
  context.restore();
}

export function niceTicks(low, high, most) {
  const rough = (high - low) / Math.max(2, Math.min(most, 8));
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((base) => base * ten).find((each) => each >= rough);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => (first + i) * step);
}

function middle(board, { row, col }) {
  return [board.left + (col + 0.5) * board.size, board.top + (row + 0.5) * board.size];
}

function corner(board, [row, col]) {
  return [board.left + col * board.size, board.top + row * board.size];
}

function line(path, fromX, fromY, toX, toY) {
  path.moveTo(fromX, fromY);
  path.lineTo(toX, toY);
}

function disc(context, x, y, radius, fill, edge, width) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = edge;
  context.lineWidth = width;
  context.stroke();
}

function text(context, words, x, y, { size, color, align = "center", edge = "", weight = 400 }) {
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
