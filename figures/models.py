"""`python figures/models.py [FOLDER]` draws the information of players that learn models.

FOLDER is that of `python -m benchmarks.players FOLDER`, whose logs and estimates it takes; without
it, these are made first, which takes about an hour.
"""

import sys
import tempfile
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

FIGURES = Path(__file__).parent
sys.path.insert(0, str(FIGURES.parent))  # of benchmarks

from benchmarks.players import ESTIMATORS, LEARNS, learners_log, trials_of  # noqa: E402
from gridemp.logs.trends import interval_of_mean  # noqa: E402
from gridemp.render import look  # noqa: E402
from gridemp.render.figures.horizon_curve import COLORS, MARKERS  # noqa: E402

LABELS = {"forward": "forward model", "inverse": "inverse model", "both": "both models"}
TITLES = {False: "I(A; E)", True: "I(A; E | previous motion)"}
NAMES = {"ksg": "KSG", "copula": "Gaussian copula"}


def draw_panel(ax: Axes, folder: Path, estimator: str, *, context: bool) -> None:
    """Draw the mean above chance and its interval against the skill, for each kind of learner."""
    for i, learns in enumerate(LEARNS):
        trials = trials_of(learners_log(folder, learns), estimator, context=context)
        by_trial: dict[int, list[float]] = {}
        for trial in trials:
            by_trial.setdefault(int(trial.trial), []).append(trial.bits - trial.null_mean)
        skill = np.linspace(0, 1, len(by_trial))
        values = [by_trial[number] for number in sorted(by_trial)]
        low, high = np.transpose([interval_of_mean(each) for each in values])
        line = {"color": COLORS[i], "marker": MARKERS[i], "markersize": 3, "linewidth": 1.2}
        ax.plot(skill, np.mean(values, axis=1), label=LABELS[learns], **line)
        ax.fill_between(skill, low, high, color=COLORS[i], alpha=0.2, linewidth=0)
    ax.axhline(0, color="black", linewidth=0.6, alpha=0.6)
    ax.set_title(f"{TITLES[context]}, {NAMES[estimator]}", fontsize="medium")
    ax.spines[["top", "right"]].set_visible(False)


def main() -> None:
    """Draw the four panels."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp())
    with look(None, "page") as width:
        figure = Figure(figsize=(width, 0.72 * width), layout="constrained")
        axes = figure.subplots(2, 2, sharex=True)
        for column, context in enumerate((False, True)):
            for row, estimator in enumerate(ESTIMATORS):
                draw_panel(axes[row, column], folder, estimator, context=context)
        for ax in axes[-1]:
            ax.set_xlabel("skill: share of the time without the mistake")
        figure.supylabel("information above chance [bits]", fontsize="medium")
        handles, labels = axes[0, 0].get_legend_handles_labels()
        labels = [f"{label} learned" for label in labels]
        figure.legend(handles, labels, loc="outside upper center", ncols=3, frameon=False)
        figure.savefig(FIGURES / "lander-models.png", dpi=200)


if __name__ == "__main__":
    main()
