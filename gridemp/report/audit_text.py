"""An audit of estimators as a table, as CSV and as JSON, in bits."""

import csv
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from gridemp.report.json_records import cells_facts, world_facts
from gridemp.worlds.moves import HEADINGS

if TYPE_CHECKING:
    from gridemp.deep.audit_result import Audit

TITLES = (
    "estimator",
    "bias",
    "SD",
    "error",
    "Spearman",
    "with empowerment",
    "critic",
    "steps",
    "seconds",
)


def audit_table(audit: "Audit") -> str:
    """Table with a row for each estimator, below a line on the exact values.

    The columns are the fields of `Summary`; "critic" is the bias of the critic's bound under the
    true channel.
    """
    rows: list[Sequence[str]] = [TITLES]
    for each in audit.estimates:
        summary = audit.summary(each.estimator)
        rows.append(
            [
                summary.estimator,
                f"{summary.bias:+.3f}",
                f"{summary.sd:.3f}",
                f"{summary.error:.3f}",
                _rounded(summary.spearman, ".3f"),
                _rounded(summary.spearman_empowerment, ".3f"),
                _rounded(summary.bound, "+.3f"),
                f"{summary.steps}",
                f"{summary.seconds:.2f}",
            ]
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    ]
    truth = audit.truth.bits
    first = (
        f"exact information of the first action: {truth.min():.3f} to {truth.max():.3f} bits, "
        f"mean {truth.mean():.3f}; Spearman with empowerment {_rounded(audit.agreement, '.3f')}"
    )
    return "\n".join([first, *lines])


def _rounded(value: float, form: str) -> str:
    return "-" if np.isnan(value) else format(value, form)


def write_audit(audit: "Audit", stream: IO[str]) -> None:
    """Write CSV with a row for each estimator, repeat and start, in bits."""
    world, states = audit.truth.world, audit.truth.states
    x, y = world.maze.xy(*world.maze.cells[world.cell[states]].T)
    heading = world.heading
    columns = ["x", "y", *(["heading"] if heading is not None else []), "exact", "empowerment"]
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["estimator", "repeat", *columns, "estimate", "critic"])
    for each in audit.estimates:
        for repeat, values in enumerate(each.values.tolist()):
            bounds = None if each.bounds is None else each.bounds[repeat].tolist()
            for i, value in enumerate(values):
                place = [x[i], y[i]]
                place += [] if heading is None else [HEADINGS[heading[states[i]]]]
                exact = float(audit.truth.bits[i]), float(audit.empowerment.bits[i])
                bound = "" if bounds is None else bounds[i]
                writer.writerow([each.estimator, repeat, *place, *exact, value, bound])


def audit_facts(audit: "Audit") -> dict[str, Any]:
    """Settings, errors of each estimator, and the median and quartiles of each cell, for JSON."""
    truth, options = audit.truth.one_per_cell(), audit.options
    chosen = np.searchsorted(audit.truth.states, truth.states)
    columns = {
        "exact": truth.grid(),
        "empowerment": truth.grid(audit.empowerment.bits[chosen]),
    }
    estimators = []
    for each in audit.estimates:
        low, median, high = np.percentile(each.values[:, chosen], (25, 50, 75), axis=0)
        own = {"lower_quartile": low, "median": median, "upper_quartile": high}
        estimators.append(
            {
                **audit.summary(each.estimator)._asdict(),
                "cells": cells_facts(
                    truth.world, {name: truth.grid(values) for name, values in own.items()}
                ),
            }
        )
    return {
        **world_facts(truth.world, truth.horizon, shown=truth.shown),
        "rollouts": options.rollouts,
        "repeats": options.repeats,
        "seed": options.seed,
        "updates": options.updates,
        "batch": options.batch,
        "gap": audit.empowerment.gap.max(),
        "spearman_empowerment": audit.agreement,
        "cells": cells_facts(truth.world, columns),
        "estimators": estimators,
    }
