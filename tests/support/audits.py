"""Audits of estimators whose numbers are known."""

import numpy as np

from gridemp import World, empowerment, first_action_empowerment, parse_maze
from gridemp.deep import Audit, AuditOptions, Estimates

SMALL = "...\n.#.\n"


def small_audit(text=SMALL, **options):
    """Estimates that are wrong by known amounts: by 0.1 and 0.3 bits, and a critic by -0.2."""
    world = World.from_maze(parse_maze(text, name="small"), **options)
    truth = first_action_empowerment(world, 2, source="uniform")
    values = truth.bits + np.array([[0.1], [0.3]])
    return Audit(
        truth=truth,
        empowerment=empowerment(world, 2),
        options=AuditOptions(repeats=2),
        estimates=(
            Estimates("plug-in", values, None, 0.5),
            Estimates("mine-dv", values - 0.1, np.repeat(truth.bits[None] - 0.2, 2, axis=0), 2.0),
        ),
    )
