import numpy as np
import pytest
from support.figures import assert_inside
from support.learning_curves import invented_study

from gridemp import render


def drawn(ax, gid):
    return [line for line in ax.get_lines() if line.get_gid() == gid]


def test_points_are_less_the_means_of_players_and_lines_have_their_slopes():
    study = invented_study("AB")
    for ax, relation in zip(
        render.ratings_figure(study).axes, (study.same, study.following), strict=True
    ):
        points = drawn(ax, "points")
        for line, (gains, ratings) in zip(points, relation.pairs.values(), strict=True):
            np.testing.assert_allclose(line.get_xdata(), gains - gains.mean())
            np.testing.assert_allclose(line.get_ydata(), ratings - ratings.mean())
        for line, own in zip(drawn(ax, "player"), relation.lines, strict=True):
            assert np.ptp(line.get_ydata()) == pytest.approx(
                abs(own.slope) * np.ptp(line.get_xdata())
            )
        (pooled,) = drawn(ax, "pooled")
        x, y = pooled.get_xdata(), pooled.get_ydata()
        np.testing.assert_allclose(y, relation.pooled.slope * x)
        assert f"{relation.pooled.pairs} pairs" in ax.get_title(loc="left")
    first, second = render.ratings_figure(study).axes
    assert (first.get_ylabel(), second.get_ylabel()) == ("rating", "rating of the next trial")


def test_a_single_player_has_the_band_of_its_own_line():
    ax = render.ratings_figure(invented_study("A")).axes[0]
    assert drawn(ax, "pooled") == []
    assert [one.get_gid() for one in ax.collections] == ["band"]


@pytest.mark.slow
@pytest.mark.parametrize("width", [3.5, 7.16, None])
@pytest.mark.parametrize("players", ["A", "ABCDEF", "ABCDEFGH"])
def test_all_texts_of_the_figure_are_inside(width, players):
    with render.look(width=width):
        assert_inside(render.ratings_figure(invented_study(players), width=width))
