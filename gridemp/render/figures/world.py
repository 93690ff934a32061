"""The maze of a world with the conditions in its title."""

from matplotlib.axes import Axes

from gridemp.arguments import check_kinds
from gridemp.render.artists.map_key import drawn_entries, object_entries
from gridemp.render.artists.maze_axes import draw_maze
from gridemp.render.layout.boxes import arrange
from gridemp.render.layout.keys import with_map_key
from gridemp.render.layout.legends import draw_map_legend
from gridemp.render.layout.margins import long_side, map_box, with_title
from gridemp.render.layout.titles import figure_title
from gridemp.report.captions import world_caption
from gridemp.worlds.world import World


def draw_world(
    world: World,
    *,
    ax: Axes | None = None,
    width: float | None = None,
    title: str | bool = True,
    legend: bool = True,
) -> Axes:
    """Draw the maze of a world, without values, and a legend of its objects.

    Parameters
    ----------
    world : World
        World to draw.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure that fits the maze.
    width : float, optional
        Width of the new figure in inches; by default as in `draw_maze`.
    title : str or bool
        Title; if True, it gives the maze, the number of actions and the conditions.
    legend : bool
        If True, explain the objects in a legend below the maze; not on given axes.

    Returns
    -------
    matplotlib.axes.Axes
        Axes in (x, y) of cell centres, y up.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.load_maze("trap"), slip=0.1)
    >>> gridemp.render.draw_world(world).get_title()
    'trap, 5 actions, slip 0.1'
    """
    check_kinds(draw_world, locals())
    maze = world.maze
    text = figure_title(title, world_caption(world))
    entries = object_entries([maze]) if legend and ax is None else []
    box = map_box(maze.shape)
    below = box.bottom
    if ax is None:
        side = long_side(maze.shape)
        box, text = with_title(box, text, side=side, width=width)
        box, entries = with_map_key(box, entries, side, width)
        _, ((ax,),) = arrange([[box]], side=side, width=width)
    draw_maze(maze, ax=ax, torus=world.torus)
    ax.set_title(text, parse_math=False)
    draw_map_legend(ax, drawn_entries(entries, [ax]), below)
    return ax
