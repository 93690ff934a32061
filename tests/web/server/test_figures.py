"""Drawing can be cancelled between the parts of a figure, and is otherwise not changed by it."""

from itertools import count

import pytest
from support.questions import ANSWERS, KLYUBIN, ask

from gridemp.web.server import api
from gridemp.web.server.jobs import Cancelled
from gridemp.web.server.mazes import drawing_of


@pytest.mark.slow
@pytest.mark.parametrize("format", ["png", "pdf", "svg"])
def test_a_figure_is_given_up_within_its_parts(format):
    """There are more reports than numbers, and each may be the last."""
    question = api.FigureQuestion(drawing_of(KLYUBIN), 2, numbers="bits", format=format)

    def cancelled_at(report):
        ticks = count()

        def progress(fraction):
            if next(ticks) == report:
                raise Cancelled

        return progress

    for report in (5, 20, 100):
        with pytest.raises(Cancelled):
            ANSWERS.figure(question, cancelled_at(report))
    drawn = ANSWERS.figure(question, cancelled_at(10_000))
    assert drawn == ask("figure", KLYUBIN, numbers="bits", format=format)


@pytest.mark.slow
@pytest.mark.parametrize("format", ["png", "pdf", "svg"])
def test_reports_do_not_change_a_figure(format, monkeypatch):
    reported = ask("figure", KLYUBIN, numbers="bits", format=format)
    monkeypatch.setattr("gridemp.web.server.figures.reporting", lambda figure, progress: figure)
    assert ask("figure", KLYUBIN, numbers="bits", format=format) == reported
