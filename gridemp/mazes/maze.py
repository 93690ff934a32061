"""The `Maze` class: floor, thin walls between cells, and objects on cells."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from gridemp.arguments import check_kinds, require
from gridemp.errors import MazeError
from gridemp.mazes.masks import checked_mask, whole_numbers
from gridemp.mazes.objects import Objects, checked_objects
from gridemp.shown import Shown
from gridemp.typing import Indices, Mask

Coordinate = TypeVar("Coordinate", int, Indices)


@dataclass(frozen=True, eq=False, init=False, repr=False)
class Maze(Shown):
    """Grid of H x W cells, surrounded by wall.

    Arrays are indexed by `(row, col)`, with row 0 the first line of the text. Figures and messages
    use `(x, y)`, with x to the right, y up and (0, 0) the bottom-left cell; `xy` and `rowcol`
    convert. Two mazes are equal if their cells, walls and objects are; names are not compared.

    Attributes
    ----------
    floor : ndarray of bool, shape (H, W)
        True, or 1, for the cells where an agent can be; the others are solid.
    wall_right : ndarray of bool, shape (H, W - 1), optional
        True for a thin wall between (r, c) and (r, c + 1). By default there is none.
    wall_below : ndarray of bool, shape (H - 1, W), optional
        True for a thin wall between (r, c) and (r + 1, c). By default there is none.
    name : str
        Name of the maze in figures and messages.
    objects : mapping of (row, col) to str, optional
        Letter of the object on each floor cell that has one, such as T for a trap, in array order.
        By default there is none.

    Raises
    ------
    MazeError
        If a mask holds other values than True and False, the shapes do not fit together, no cell is
        floor, or an object is unknown or not on a floor cell.

    Examples
    --------
    >>> import gridemp
    >>> maze = gridemp.Maze([[1, 1, 0], [1, 1, 1]], name="corner")
    >>> maze
    Maze('corner', 3 x 2 cells, 5 of them floor)
    >>> maze.xy(0, 1)
    (1, 1)
    """

    floor: Mask
    wall_right: Mask
    wall_below: Mask
    name: str
    objects: Objects

    def __init__(
        self,
        floor: ArrayLike,
        wall_right: ArrayLike | None = None,
        wall_below: ArrayLike | None = None,
        name: str = "maze",
        objects: Objects | None = None,
    ) -> None:
        check_kinds(Maze, {"name": name})
        cells = checked_mask("floor", floor)
        if cells.ndim != 2 or 0 in cells.shape:
            raise MazeError(
                f"a maze must be a 2-D array of cells; this one has shape {cells.shape}"
            )
        if not cells.any():
            raise MazeError("the maze has no floor cell; draw at least one")
        height, width = cells.shape
        self._set_mask("floor", cells, (height, width))
        self._set_mask("wall_right", wall_right, (height, width - 1))
        self._set_mask("wall_below", wall_below, (height - 1, width))
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "objects", checked_objects(objects, cells))

    def _set_mask(self, field: str, mask: ArrayLike | None, shape: tuple[int, int]) -> None:
        array = np.zeros(shape, dtype=bool) if mask is None else checked_mask(field, mask)
        if array.shape != shape:
            raise MazeError(f"`{field}` must have shape {shape} for these cells, not {array.shape}")
        array.flags.writeable = False
        object.__setattr__(self, field, array)

    @classmethod
    def from_array(cls, array: ArrayLike, wall: int = 1, *, name: str = "maze") -> "Maze":
        """Maze of an array of numbers, such as an occupancy grid.

        All cells are kept, so that the maze has the shape of the array; unlike in a text, an outer
        ring of walls is not cut off.

        Parameters
        ----------
        array : array_like of bool or int, shape (H, W)
            One value for each cell, row 0 at the top.
        wall : int or bool
            The value that means wall; every other value means floor. Pass 0 or False for an array
            in which 1 or True means floor.
        name : str
            Name of the maze in figures and messages.

        Returns
        -------
        Maze
            Maze of the shape of the array, without objects.

        Raises
        ------
        MazeError
            If the array is not 2-D, holds other than whole numbers, has no floor cell, or holds
            several values of which none is `wall`.

        Examples
        --------
        >>> import gridemp
        >>> maze = gridemp.Maze.from_array([[0, 0, 1], [0, 0, 0]])
        >>> print(maze)
        #####
        #..##
        #...#
        #####
        >>> maze.width, maze.height
        (3, 2)
        """
        cells = whole_numbers("array", array)
        require("wall", wall, (int, np.integer, np.bool_), "the whole number that means wall")
        values = np.unique(cells)
        if len(values) > 1 and wall not in values:
            raise MazeError(
                f"no value of `array` is {wall}; choose `wall` from its values, which go from "
                f"{values[0]} to {values[-1]}"
            )
        return cls(cells != wall, name=name)

    def __repr__(self) -> str:
        height, width = self.shape
        return f"Maze({self.name!r}, {width} x {height} cells, {self.floor.sum()} of them floor)"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy by calling `Maze` again, as the read-only mapping cannot be pickled."""
        return Maze, (*self._masks, self.name, dict(self.objects))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Maze)
            and self.objects == other.objects
            and all(
                np.array_equal(mine, theirs)
                for mine, theirs in zip(self._masks, other._masks, strict=True)
            )
        )

    def __hash__(self) -> int:
        masks = (mask.tobytes() for mask in self._masks)
        return hash((self.shape, *masks, *self.objects.items()))

    @property
    def _masks(self) -> tuple[Mask, Mask, Mask]:
        return self.floor, self.wall_right, self.wall_below

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width, in cells."""
        height, width = self.floor.shape
        return height, width

    @property
    def width(self) -> int:
        """Number of cells from left to right."""
        return self.shape[1]

    @property
    def height(self) -> int:
        """Number of cells from top to bottom."""
        return self.shape[0]

    @property
    def cells(self) -> Indices:
        """Row and column of each floor cell, in array order, shape (C, 2)."""
        return np.argwhere(self.floor)

    def named(self, name: str) -> "Maze":
        """Copy of the maze with another name.

        Parameters
        ----------
        name : str
            Name of the copy in figures and messages.

        Returns
        -------
        Maze
            The copy; the two mazes are equal, as names are not compared.
        """
        check_kinds(Maze.named, locals())
        return Maze(*self._masks, name, self.objects)

    def with_boxes(self, places: Iterable[tuple[int, int]]) -> "Maze":
        """Copy of the maze with its boxes elsewhere.

        Parameters
        ----------
        places : iterable of (row, col)
            Cells of the boxes; a box replaces any other object there.

        Returns
        -------
        Maze
            The copy, with boxes in these cells and in no others.

        Examples
        --------
        >>> import gridemp
        >>> print(gridemp.parse_maze("..$").with_boxes([(0, 0)]))
        #####
        #$..#
        #####
        """
        check_kinds(Maze.with_boxes, locals())
        others = {place: letter for place, letter in self.objects.items() if letter != "$"}
        return Maze(*self._masks, self.name, others | dict.fromkeys(places, "$"))

    def where(self, letters: str) -> Mask:
        """Mask of the floor cells that hold one of some objects.

        Parameters
        ----------
        letters : str
            Characters of the objects, such as "T" or "SG".

        Returns
        -------
        ndarray of bool, shape (C,)
            One value for each floor cell, in array order.

        Examples
        --------
        >>> import gridemp
        >>> gridemp.parse_maze(".#T").where("T")
        array([False,  True])
        """
        check_kinds(Maze.where, locals())
        grid = np.zeros(self.shape, dtype=bool)
        for place, letter in self.objects.items():
            grid[place] = letter in letters
        return np.asarray(grid[self.floor])

    def xy(self, row: Coordinate, col: Coordinate) -> tuple[Coordinate, Coordinate]:
        """Turn a row and a column into x and y.

        Parameters
        ----------
        row, col : int or ndarray of int
            Row, counted from the top, and column of one cell or of several.

        Returns
        -------
        x, y : int or ndarray of int
            Coordinates of the same cells: x to the right, y up.
        """
        return col, self.shape[0] - 1 - row

    def rowcol(self, x: Coordinate, y: Coordinate) -> tuple[Coordinate, Coordinate]:
        """Turn x and y into a row and a column.

        Parameters
        ----------
        x, y : int or ndarray of int
            Coordinates of one cell or of several: x to the right, y up.

        Returns
        -------
        row, col : int or ndarray of int
            Row, counted from the top, and column of the same cells.

        Examples
        --------
        >>> import gridemp
        >>> gridemp.load_maze("klyubin").rowcol(x=0, y=0)
        (9, 0)
        """
        return self.shape[0] - 1 - y, x
