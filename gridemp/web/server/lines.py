"""Lines of an answer, each a JSON object."""

from typing import Any

import msgspec

from gridemp.web.server.api import Refusal
from gridemp.web.server.jobs import Report


def line(**content: Any) -> bytes:
    """Return a line of an answer as JSON; NaN becomes null."""
    return msgspec.json.encode(content) + b"\n"


def report_line(report: Report) -> bytes:
    """Return the line with the progress of a job, and the part of its result if there is one."""
    partial = {} if report.partial is None else {"partial": report.partial}
    return line(progress=report.progress, **partial)


def refusal_line(error: Refusal) -> bytes:
    """Return the line with the reason why there is no answer."""
    return line(
        error={
            "sentence": str(error),
            "field": error.field,
            "kind": error.kind,
            "facts": error.facts,
        }
    )
