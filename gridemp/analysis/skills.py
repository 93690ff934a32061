"""Skills of one cell: the walks between which an agent of potential empowerment chooses."""

import warnings

from gridemp.arguments import check_kinds
from gridemp.engine.empowerment import TOLERANCE
from gridemp.engine.potential import Skills, skills, walks_of
from gridemp.errors import ConvergenceWarning
from gridemp.information.capacity import check_tolerance
from gridemp.worlds.cells import states_in
from gridemp.worlds.world import World


def cell_skills(
    world: World,
    x: int,
    y: int,
    discount: float,
    tol: float = TOLERANCE,
    *,
    heading: str = "best",
) -> Skills:
    """Find the skills of one cell, which attain its potential empowerment.

    Parameters
    ----------
    world : World
        Deterministic world whose sensor tells all states apart, as for `potential_empowerment`.
    x, y : int
        Coordinates of the cell, counted from 0; y points up.
    discount : float
        Discount, between 0 and 1.
    tol : float
        Largest certified gap to accept, in bits.
    heading : {"best", "north", "east", "south", "west"}
        State to use if the cell has several: that with the most bits, or with a heading.

    Returns
    -------
    Skills
        Walks, their probabilities, and the bits that they attain.

    Raises
    ------
    GridempError
        If the cell, the heading, the discount or the tolerance is invalid, or `world` is not such
        a world.

    Warns
    -----
    ConvergenceWarning
        If `tol` is not reached; the interval is still certified.

    Examples
    --------
    At the end of a corridor of three cells, the skills are to stay, or to go to another cell and
    stay there:

    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("..."))
    >>> skills = gridemp.analysis.cell_skills(world, x=0, y=0, discount=0.9)
    >>> for walk, weight in zip(skills.walks[:3], skills.weights):
    ...     print(f"{walk.states[: walk.tail]} then {walk.states[walk.tail :]}: {weight:.3f}")
    () then (0,): 0.398
    (0,) then (1,): 0.327
    (0, 1) then (2,): 0.275
    """
    check_kinds(cell_skills, locals())
    check_tolerance(tol)
    walks = walks_of(world, discount)
    found = [skills(walks, state, tol) for state in states_in(world, x, y, heading)]
    best = max(found, key=lambda each: each.bits)
    best = best._replace(gap=max(each.bits + each.gap for each in found) - best.bits)
    if best.gap > tol:
        warnings.warn(
            f"this cell is certified only to within {best.gap:.3g} bits, not {tol:g}; raise `tol`",
            ConvergenceWarning,
            stacklevel=2,
        )
    return best
