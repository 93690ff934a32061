"""The words of the running command line, for the records in the files that it writes."""

from contextvars import ContextVar

from gridemp.report.provenance import as_recorded

COMMAND_WORDS: ContextVar[tuple[str, ...]] = ContextVar("command_words", default=())


def command() -> list[str]:
    """Words of the running command line in the form in which records hold them."""
    return as_recorded(COMMAND_WORDS.get())
