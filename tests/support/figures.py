"""Artists of figures, and checks of their layout."""

import numpy as np
from matplotlib.collections import QuadMesh
from matplotlib.text import Text


def assert_inside(figure, slack=0.02):
    """Raise if anything drawn leaves the figure by more than `slack` inches."""
    box, (wide, high) = figure.get_tightbbox(), figure.get_size_inches()
    np.testing.assert_array_less(-slack, [box.x0, box.y0])
    np.testing.assert_array_less([box.x1, box.y1], [wide + slack, high + slack])


def by_gid(ax, gid):
    return [artist for artist in ax.get_children() if artist.get_gid() == gid]


def first_by_gid(ax, gid):
    return next(iter(by_gid(ax, gid)), None)


def arrow_ends(arrow):
    """Tail and tip of a FancyArrowPatch with a filled head, in data coordinates."""
    arrow.set_linewidth(0)  # a thick line would end before the tip
    path = arrow.get_path()
    places = path.vertices[path.codes != path.CLOSEPOLY]
    return places[0], places[np.linalg.norm(places - places[0], axis=1).argmax()]


def texts_of(figure):
    return [text.get_text() for text in figure.texts]


def assert_apart(figure):
    """Raise if axes, their labels or titles meet those of others, or the edge of the figure."""
    wide, high = figure.bbox.width, figure.bbox.height
    parts = [boxes_of(ax) for ax in figure.axes]
    for box in (box for own in parts for box in own):
        assert -1 < box.x0 < box.x1 < wide + 1, box
        assert -1 < box.y0 < box.y1 < high + 1, box
    for i, own in enumerate(parts):
        for box, other in ((box, other) for box in own for each in parts[:i] for other in each):
            across = min(box.x1, other.x1) - max(box.x0, other.x0)
            up = min(box.y1, other.y1) - max(box.y0, other.y0)
            assert min(across, up) < 1, (box, other)


def boxes_of(ax):
    """Boxes of axes, of their title at the left, and of the labels of both axes."""
    titles = [title.get_window_extent() for title in left_titles(ax)]
    axes = [axis.get_tightbbox() for axis in (ax.xaxis, ax.yaxis)]
    return [ax.get_window_extent(), *titles, *(box for box in axes if box is not None)]


def left_titles(ax):
    """The title at the left of axes, in a list, which is empty if there is none."""
    title = ax.get_title(loc="left")
    texts = [each for each in ax.get_children() if isinstance(each, Text)]
    return [text for text in texts if title and text.get_text() == title]


def colorbar_mesh(bar):
    """The colours of a colourbar."""
    (mesh,) = [each for each in bar.collections if isinstance(each, QuadMesh)]
    return mesh


def colorbar_extend(bar):
    """The ends at which a colourbar beside a map has triangles, as matplotlib names them."""
    bottoms = [patch.get_path().get_extents().y0 for patch in bar.patches]
    ends = {"max" if bottom >= 1 else "min" for bottom in bottoms}
    return "both" if len(ends) == 2 else ends.pop() if ends else "neither"
