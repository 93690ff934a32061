"""Random maze texts in gridemp's own two formats, with all that these allow, and with mistakes."""

import numpy as np
from support.random_questions import random_maze

from gridemp import Maze, format_maze
from gridemp.mazes.objects import OBJECTS

ENDS = ("\n", "\r\n", "\r")
LETTERS = " .#+-|o?\t;" + "".join(OBJECTS)


def random_text(rng):
    """A text that shows a random maze, and half of the time has mistakes."""
    maze = random_maze(rng)
    if rng.random() < 0.3:
        lines = lines_of_rooms(maze.floor, int(rng.integers(0, 4)))
    elif rng.random() < 0.5:
        lines = thin_lines(rng, maze)
    else:
        lines = block_lines(rng, Maze(maze.floor, objects=maze.objects))
    if rng.random() < 0.4:
        lines = [line.rstrip() for line in lines]
    if rng.random() < 0.3:
        lines = [" " * 2 + line for line in lines]
    if rng.random() < 0.5:
        for _ in range(rng.integers(1, 4)):
            lines = with_mistake(rng, lines)
    if rng.random() < 0.25:
        others = dict(zip("#.SG$", rng.permutation(list("Xw@A%·Eg*H")).tolist(), strict=False))
        kept = str(rng.choice(list(others)))
        lines = [line.translate(str.maketrans(others | {kept: kept})) for line in lines]
    for _ in range(rng.integers(0, 3)):
        place = rng.integers(len(lines) + 1)
        lines.insert(place, str(rng.choice((";", "; a comment"))))
    if rng.random() < 0.3:
        lines = ["", *lines, "", "  "]
    mark = "\ufeff" if rng.random() < 0.2 else ""
    return mark + str(rng.choice(ENDS)).join(lines)


def block_lines(rng, maze):
    """Lines in the block format, with or without the outer wall, and with spaces for floor."""
    lines = format_maze(maze, thin=False).splitlines()
    if rng.random() < 0.3:
        lines = [line[1:-1] for line in lines[1:-1]]
    if rng.random() < 0.5:
        share = rng.choice((0.2, 1.0))
        lines = [changed(rng, line, ".", " ", share) for line in lines]
    if rng.random() < 0.3:
        lines = [changed(rng, line, "#", " ", rng.choice((0.1, 0.5))) for line in lines]
    return lines


def thin_lines(rng, maze):
    """Lines in the thin-wall format with cells of any width, with or without outer walls."""
    lines = format_maze(maze, thin=True).splitlines()
    width = int(rng.integers(1, 6))
    stretched = []
    for i, line in enumerate(lines):
        parts = [line[at + 1 : at + 4] for at in range(0, len(line) - 1, 4)]
        centred = [part.strip()[:1] if i % 2 and "#" not in part else "" for part in parts]
        filled = [
            (letter if letter else part[0] * width).center(width)
            for part, letter in zip(parts, centred, strict=True)
        ]
        between = [line[at] for at in range(0, len(line), 4)]
        pairs = zip(between, [*filled, ""], strict=True)
        stretched.append("".join(post + part for post, part in pairs))
    if rng.random() < 0.3:
        stretched = [line.replace("+", "o") for line in stretched]
    if rng.random() < 0.3:
        share = rng.choice((0.05, 0.5))
        letters = str(rng.choice(("+-|", "#", "|-")))
        for letter in letters:
            stretched = [changed(rng, line, letter, " ", share) for line in stretched]
    return stretched


def lines_of_rooms(floor, width):
    """Lines with walls around the floor only: thin ones between cells so wide, or blocks for 0."""
    inside = np.pad(floor, 1)
    near = inside[:-1, :-1] | inside[1:, :-1] | inside[:-1, 1:] | inside[1:, 1:]
    if width == 0:
        inside = np.pad(inside, 1)
        corners = np.pad(near, 1)
        near = corners[:-1, :-1] | corners[1:, :-1] | corners[:-1, 1:] | corners[1:, 1:]
        drawing = np.where(inside[1:-1, 1:-1], ".", np.where(near, "#", " "))
        return ["".join(row) for row in drawing.tolist()]
    lines = []
    for row in range(len(floor) + 1):
        above, below = inside[row, 1:-1], inside[row + 1, 1:-1]
        walls = [("-" if wall else " ") * width for wall in above ^ below] + [""]
        posts = ["+" if post else " " for post in near[row]]
        lines.append("".join(post + wall for post, wall in zip(posts, walls, strict=True)))
        if row < len(floor):
            sides = inside[row + 1, :-1] ^ inside[row + 1, 1:]
            lines.append("".join(("|" if side else " ") + " " * width for side in sides)[:-width])
    return lines


def changed(rng, line, old, new, share):
    """A line in which a share of the letters `old` are replaced."""
    return "".join(new if each == old and rng.random() < share else each for each in line)


def with_mistake(rng, lines):
    """Lines with one letter changed, added or left out, or one line left out or repeated."""
    lines = list(lines)
    row = int(rng.integers(len(lines)))
    line, letter = lines[row], str(rng.choice(list(LETTERS)))
    col = int(rng.integers(len(line) + 1))
    kind = rng.integers(5)
    if kind == 0:
        lines[row] = line[:col] + letter + line[col + 1 :]
    elif kind == 1:
        lines[row] = line[:col] + letter + line[col:]
    elif kind == 2:
        lines[row] = line[:col] + line[col + 1 :]
    elif kind == 3 and len(lines) > 1:
        del lines[row]
    else:
        lines.insert(row, line)
    return lines
