"""Logs of several files, such as one for each player and trial."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.logs.columns import Columns, read_columns
from gridemp.progress import Progress, ignore, part_of
from gridemp.typing import Indices

Select = Callable[[tuple[str, ...]], Sequence[Sequence[str]]]


def read_logs(
    paths: Sequence[Path],
    select: Callable[[tuple[str, ...]], Sequence[Sequence[str]]],
    names: str = "",
    progress: Progress | None = None,
    *,
    skip_missing: bool = False,
) -> Columns:
    r"""Read columns of several files with the same columns as one log.

    Parameters
    ----------
    paths : sequence of Path
        The files, in the order of their rows.
    select : callable
        As of `read_columns`; the names that it is given include those in `names`.
    names : str
        Pattern of the file names, such as "{player}_{trial}.csv", whose words in braces name
        columns of text with what stands in their place; a pattern with a slash includes folders. By
        default, the column `trial` holds the name of the file without suffixes, if there are
        several files and they have no such column.
    progress, skip_missing
        As of `read_columns`.

    Returns
    -------
    Columns
        The rows of all files.

    Raises
    ------
    GridempError
        If a file cannot be read, its name does not match the pattern, or a column holds numbers in
        one file and texts in another.

    Examples
    --------
    >>> from pathlib import Path
    >>> from gridemp.logs import read_logs
    >>> for name in ("Ada_1.csv", "Ada_2.csv"):
    ...     _ = Path(name).write_text("stick,x\n0.1,2\n0.4,3\n")
    >>> def select(names):
    ...     return ["stick", "x"], ["player", "trial"]
    >>> log = read_logs(sorted(Path().glob("Ada_?.csv")), select, "{player}_{trial}.csv")
    >>> log.rows, log.labels["trial"]
    (4, (('1', '2'), array([0, 0, 1, 1])))
    """
    check_kinds(read_logs, locals())
    progress = progress or ignore
    if not paths:
        raise GridempError("`paths` needs one file or more")
    files = [Path(path) for path in paths]
    pattern = pattern_of(names) if names else None
    logs = []
    for i, path in enumerate(files):
        known = {} if pattern is None else found_names(path, pattern, names)
        part = part_of(progress, i, len(files))
        logs.append(read_named(path, select, known, part, len(files) > 1, skip_missing))
    return joined(logs)


def read_named(
    path: Path,
    select: Select,
    known: dict[str, str],
    progress: Progress,
    several: bool,
    skip_missing: bool,
) -> Columns:
    """Columns of a file, with those that its name tells."""
    known = dict(known)
    wanted: set[str] = set()

    def select_others(header: tuple[str, ...]) -> Sequence[Sequence[str]]:
        for name in known:
            if name in header:
                raise GridempError(
                    f"{path} has a column {name!r}, and `names` has {{{name}}}; leave out one"
                )
        if several and not known and "trial" not in header:
            known["trial"] = path.name.partition(".")[0]
        numbers, texts, *others = select((*header, *known))
        wanted.update(texts)
        for names in (numbers, *others):
            for name in names:
                if name in known:
                    raise GridempError(
                        f"{name!r} is part of file names, which are texts; select a column instead"
                    )
        return [numbers, [name for name in texts if name not in known], *others]

    log = read_columns(path, select_others, progress, skip_missing=skip_missing)
    labels: dict[str, tuple[tuple[str, ...], Indices]] = {
        name: ((text,), np.zeros(log.rows, dtype=np.intp))
        for name, text in known.items()
        if name in wanted
    }
    return replace(log, labels=log.labels | labels)


def pattern_of(names: str) -> re.Pattern[str]:
    """Regular expression for a pattern of file names."""
    fields = re.findall(r"\{(.*?)\}", names)
    if not fields or len(set(fields)) < len(fields) or not all(map(str.isidentifier, fields)):
        raise GridempError(
            f"`names` needs different words in braces, such as {{player}}_{{trial}}.csv, not "
            f"{names[:40]!r}"
        )
    parts = re.split(r"\{(.*?)\}", names)
    text = "".join(
        f"(?P<{part}>[^/]+?)" if i % 2 else re.escape(part) for i, part in enumerate(parts)
    )
    return re.compile(("(?:.*/)?" if "/" in names else "") + text)


def found_names(path: Path, pattern: re.Pattern[str], names: str) -> dict[str, str]:
    """Names that the name of a file tells."""
    match = pattern.fullmatch(path.as_posix() if "/" in names else path.name)
    if match is None:
        raise GridempError(f"the file name {path} is not of the form {names} of `names`")
    return match.groupdict()


def joined(logs: Sequence[Columns]) -> Columns:
    """Rows of all logs, in their order."""
    first = logs[0]
    if len(logs) == 1:
        return first
    for log in logs[1:]:
        for name in first.numbers.keys() ^ log.numbers.keys():
            kinds = ("numbers", "texts") if name in first.numbers else ("texts", "numbers")
            raise GridempError(
                f"column {name!r} holds {kinds[0]} in {first.name} and {kinds[1]} in {log.name}; "
                "write the same in all files"
            )
    return Columns(
        name=f"{first.name} and {len(logs) - 1} more",
        rows=sum(log.rows for log in logs),
        numbers={
            name: np.concatenate([log.numbers[name] for log in logs]) for name in first.numbers
        },
        labels={name: joined_labels([log.labels[name] for log in logs]) for name in first.labels},
        skipped=sum(log.skipped for log in logs),
    )


def joined_labels(
    columns: Sequence[tuple[tuple[str, ...], Indices]],
) -> tuple[tuple[str, ...], Indices]:
    """Texts of all columns in order of first appearance, and the place of each row's among them."""
    place: dict[str, int] = {}
    codes = [
        np.array([place.setdefault(text, len(place)) for text in texts], dtype=np.intp)[rows]
        for texts, rows in columns
    ]
    return tuple(place), np.concatenate(codes)
