"""Lines of an answer, each a JSON object."""

from typing import Any

import msgspec

from gridemp.web.server.api import Refusal


def line(**content: Any) -> bytes:
    """Return a line of an answer as JSON; NaN becomes null."""
    return msgspec.json.encode(content) + b"\n"


def refusal_line(error: Refusal) -> bytes:
    """Return the line with the reason why there is no answer."""
    return line(error={"sentence": str(error), "field": error.field})
