"""Things that hands can use: keys, doors, balls and boxes that can be carried or opened.

The things of a state are a row of codes, one for each thing, in ascending order; things of one kind
are interchangeable. A code is the number of the kind times the number of places, plus the number of
the place: a cell, the agent's hand, or nowhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import KEYS, LOCKED, MARKS, OBJECTS
from gridemp.typing import Labels, Mask


class Kind(NamedTuple):
    """Kind of thing.

    Attributes
    ----------
    letter : str
        Letter that stands for it in a maze.
    name : str
        Name; no two kinds of a world share one.
    blocks : bool
        False if an agent can walk over it, as through an open door.
    portable : bool
        True if it can be carried.
    toggled : str or None
        Name of the kind that toggling turns it into; "" if that removes it, None if that changes
        nothing.
    key : str
        Name of the kind that the agent must hold to toggle it; "" if none is needed.
    """

    letter: str
    name: str
    blocks: bool = True
    portable: bool = False
    toggled: str | None = None
    key: str = ""


KINDS = {
    **{letter: Kind(letter, name, portable=True) for letter, name in KEYS.items()},
    **{
        letter: Kind(letter, name, toggled="open door", key=KEYS[letter.lower()])
        for letter, name in LOCKED.items()
    },
    "D": Kind("D", "closed door", toggled="open door"),
    "d": Kind("d", "open door", blocks=False, toggled="closed door"),
    "b": Kind("b", "ball", portable=True),
}
DOORS = "Dd"  # that need no key


class Things:
    """Rules of the things in a world, and where the things are at first.

    Parameters
    ----------
    kinds : iterable of Kind
        All kinds that occur, including those that others turn into.
    placed : mapping of int to str
        Name of the kind of the thing in each cell that holds one.
    held : str
        Name of the kind of the thing in the agent's hand; "" if the hand is empty.
    ground : ndarray of bool, shape (C,)
        True for the cells onto which a thing can be dropped if none is there.

    Attributes
    ----------
    kinds : tuple of Kind
        The kinds, by number.
    first : ndarray of int, shape (T,)
        Codes of the T things at first.
    held : str
        Name of the kind of the thing in the agent's hand at first; "" if the hand is empty.
    """

    def __init__(
        self, kinds: Iterable[Kind], placed: Mapping[int, str], held: str, ground: Mask
    ) -> None:
        self.kinds, self.held, self.ground = tuple(kinds), held, ground
        self.hand, self.places = hand_and_places(len(ground))
        self.nothing = len(self.kinds)  # the number of no kind, as that in an empty hand
        numbers = {kind.name: number for number, kind in enumerate(self.kinds)} | {"": self.nothing}
        self._passable = np.array([not kind.blocks for kind in self.kinds] + [True])
        self._portable = np.array([kind.portable for kind in self.kinds] + [False])
        # The kind that toggling makes of a kind, for each kind that the agent may hold.
        self._toggled = np.repeat(np.arange(self.nothing + 1)[:, None], self.nothing + 1, axis=1)
        for number, kind in enumerate(self.kinds):
            if kind.toggled is not None:
                held_kinds = [kind.key] if kind.key else list(numbers)
                opens = [numbers[name] for name in held_kinds if name in numbers]
                self._toggled[number, opens] = numbers[kind.toggled]
        places = [*placed.items(), *([(self.hand, held)] if held else [])]
        codes = [numbers[name] * self.places + place for place, name in places]
        self.first = np.sort(np.array(codes, dtype=np.int32))

    def obstacles(self, codes: Labels) -> Labels:
        """Return the cells of the things that block the way, -1 for others: shape (N, T)."""
        kind, place = np.divmod(codes, self.places)
        return np.where(self._passable[kind] | (place >= self.hand), -1, place)

    def used(self, codes: Labels, action: str, front: Labels, free: Mask) -> Labels:
        """Return the things after the agent has used its hands.

        Parameters
        ----------
        codes : ndarray of int, shape (N, T)
            Codes of the things in N states.
        action : {"pickup", "drop", "toggle"}
            Action of the agent.
        front : ndarray of int, shape (N,)
            Cell in front of the agent.
        free : ndarray of bool, shape (N,)
            True where the agent's hands reach that cell.
        """
        if not codes.shape[1]:
            return codes
        every = np.arange(len(codes))
        kind, place = np.divmod(codes, self.places)
        in_hand, in_front = place == self.hand, place == front[:, None]
        holds, hit = in_hand.any(axis=1), in_front.any(axis=1)
        held = np.where(holds, kind[every, in_hand.argmax(axis=1)], self.nothing)
        which = (in_hand if action == "drop" else in_front).argmax(axis=1)
        own = kind[every, which]
        if action == "pickup":
            acts, after = hit & ~holds & self._portable[own], own * self.places + self.hand
        elif action == "drop":
            acts, after = holds & ~hit & self.ground[front], own * self.places + front
        else:
            turned = self._toggled[own, held]
            nowhere = np.where(turned == self.nothing, self.places - 1, front)
            acts, after = hit, turned * self.places + nowhere
        acts &= free
        codes = codes.copy()
        codes[every[acts], which[acts]] = after[acts]
        return np.sort(codes, axis=1)


class Layout(NamedTuple):
    """Places of the things in a state.

    Attributes
    ----------
    placed : dict of (row, col) to Kind
        Kind of the thing in each cell that holds one.
    held : Kind or None
        Kind of the thing in the agent's hand.
    """

    placed: dict[tuple[int, int], Kind]
    held: Kind | None


def layout(codes: Iterable[int], kinds: Sequence[Kind], maze: Maze) -> Layout:
    """Layout of the codes of things in a maze."""
    cells = maze.cells
    hand, places = hand_and_places(len(cells))
    placed, held = {}, None
    for kind, place in (divmod(code, places) for code in codes):
        if place < hand:
            row, col = cells[place].tolist()
            placed[row, col] = kinds[kind]
        elif place == hand:
            held = kinds[kind]
    return Layout(placed, held)


def with_things(maze: Maze, layout: Layout) -> Maze:
    """Copy of a maze with its things where a layout has them."""
    fixed = {place: letter for place, letter in maze.objects.items() if letter not in KINDS}
    placed = {place: kind.letter for place, kind in layout.placed.items()}
    return Maze(maze.floor, maze.wall_right, maze.wall_below, maze.name, fixed | placed)


def hand_and_places(cells: int) -> tuple[int, int]:
    """Number of the place "in the agent's hand" and number of places, for a number of cells."""
    return cells, cells + 2


def check_holding(holding: str, *, hands: bool) -> None:
    """Raise a GridempError unless an agent can hold the things of a letter; it may be empty."""
    if holding and not hands:
        raise GridempError("an agent without hands cannot hold an object; set `hands`")
    portable = [letter for letter, kind in KINDS.items() if kind.portable]
    if holding and holding not in portable:
        raise GridempError(
            "`holding` must be the letter of an object that can be carried, one of "
            f"{', '.join(portable)}, not {holding!r}"
        )


def things_of(maze: Maze, holding: str = "") -> tuple[Maze, Things]:
    """Maze and things of an agent with hands.

    Parameters
    ----------
    maze : Maze
        Maze, which may have keys, doors and balls.
    holding : str
        Letter of the thing that the agent holds at first, if any; see `check_holding`.

    Returns
    -------
    maze : Maze
        The maze without the thing that is held.
    things : Things
        All things.

    Raises
    ------
    GridempError
        If the thing to hold is not in the maze exactly once.
    """
    letters = {letter for letter in maze.objects.values() if letter in KINDS}
    if holding:
        maze = _without(maze, holding)
        letters.add(holding)
    placed = {
        cell: KINDS[letter].name
        for letter in sorted(letters)
        for cell in np.flatnonzero(maze.where(letter)).tolist()
    }
    doors = any(KINDS[letter].toggled for letter in letters)
    kinds = [
        kind for letter, kind in KINDS.items() if letter in letters or (doors and letter in DOORS)
    ]
    others = "".join(letter for letter in OBJECTS if letter not in MARKS and letter not in KINDS)
    held = KINDS[holding].name if holding else ""
    return maze, Things(kinds, placed, held, ground=~maze.where(others))


def _without(maze: Maze, holding: str) -> Maze:
    """Maze without the only thing of a kind, which the agent holds; raise a GridempError."""
    objects = {place: letter for place, letter in maze.objects.items() if letter != holding}
    count = len(maze.objects) - len(objects)
    if count != 1:
        raise GridempError(
            f"`holding` must name an object that the maze has exactly once, but {maze.name} has "
            f"the {KINDS[holding].name} ({holding}) {count} times"
        )
    return Maze(maze.floor, maze.wall_right, maze.wall_below, maze.name, objects)
