"""Pictures and tables of results for a notebook, in gridemp's style instead of the notebook's."""

import base64
import html
from collections.abc import Callable
from typing import Any

from gridemp import render
from gridemp.display.text import capacity_rows, text_of
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.maps import EmpowermentMaps
from gridemp.errors import GridempError
from gridemp.information.capacity import Capacity
from gridemp.render.layout.notebook_figure import figure_png
from gridemp.report.captions import caption

# The figure of each kind of result, by the name of its class: as a function imports its figure
# when it is called, no result imports the figures of others.
FIGURES: dict[str, Callable[[Any], Any]] = {
    "Alternation": lambda alternation: render.alternation_figure(alternation),
    "Audit": lambda found: render.audit_figure(found, found.estimates[0].estimator),
    "CellSource": lambda source: render.cell_figure(source),
    "ConditionGrid": lambda grid: render.draw_condition_grid(grid),
    "Difference": lambda apart: render.difference_figure(apart.one, apart.other),
    "EmpowermentCurve": lambda curve: render.draw_curve(curve),
    "EmpowermentMap": lambda emap: render.heatmap(emap),
    "EmpowermentMaps": lambda emaps: render.panels(emaps),
    "ExplorationRecord": lambda record: render.exploration_figure(record),
    "Flow": lambda flow: render.draw_flow(flow),
    "LanderConditions": lambda result: render.draw_lander_conditions(result),
    "LanderCurve": lambda curve: render.draw_lander_curve(curve),
    "LanderMap": lambda lmap: render.draw_lander_map(lmap),
    "LearnedBound": lambda learned: render.learned_figure(learned),
    "LearningCurve": lambda curve: log_figure(curve),
    "Maze": lambda maze: render.draw_maze(maze),
    "Sensitivity": lambda result: render.draw_sensitivity(result),
    "World": lambda world: render.draw_world(world),
}


MAX_PANELS = 40  # maps of a list; the picture of more would take long and be endless


def png_of(shown: object) -> bytes | None:
    """PNG image of the figure of a result, or None if it has none or cannot be drawn."""
    kinds = [kind.__name__ for kind in type(shown).__mro__ if kind.__name__ in FIGURES]
    if not kinds or (isinstance(shown, EmpowermentMaps) and len(shown) > MAX_PANELS):
        return None
    try:
        with render.look():
            return figure_png(FIGURES[kinds[0]](shown).get_figure(root=True))
    except GridempError:
        return None


def log_figure(curve: Any) -> Any:
    """Axes of a learning curve, or of the grid of its conditions."""
    if not curve.conditions:
        return render.draw_learning_curve(curve)
    from gridemp.logs import condition_grid

    return render.draw_condition_grid(condition_grid(curve))


def html_of(shown: object) -> str | None:
    """HTML of a result for which a picture alone is not enough, or None."""
    if isinstance(shown, Capacity):
        return capacity_html(shown)
    if isinstance(shown, EmpowermentMap):
        return map_html(shown)
    if isinstance(shown, EmpowermentMaps) and not 0 < len(shown) <= MAX_PANELS:
        return f"<pre>{html.escape(text_of(shown))}</pre>"
    return None


def map_html(emap: EmpowermentMap) -> str | None:
    """HTML image of the heatmap of a map, with a text alternative that names the peak."""
    if (png := png_of(emap)) is None:
        return None
    x, y, bits, *_ = emap.peak
    text = f"{caption(emap)}: the peak is {bits:.2f} bits at x = {x}, y = {y}"
    data = base64.b64encode(png).decode()
    return f'<img alt="{html.escape(text)}" src="data:image/png;base64,{data}">'


def capacity_html(capacity: Capacity) -> str:
    """HTML table of a capacity."""
    left = 'style="text-align: left"'
    rows = [
        f"<tr><th {left}>{name}</th><td {left}>{value}</td></tr>"
        for name, value in capacity_rows(capacity)
    ]
    return f"<table>{''.join(rows)}</table>"
