"""Columns of categories: names, truth values and codes of actions."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.logs.columns import Columns
from gridemp.typing import Array, Indices, Mask

MAX_CODE = 20  # codes of actions are whole numbers from -20 to 20
MIN_CODES = 3  # different ones, with 0; fewer are keys, or are measured alike as amounts
TRUTH = ("true", "false")


def are_codes(values: Array) -> bool:
    """Return True if a column of numbers looks like codes of actions.

    These are whole numbers between -20 and 20: three or more different ones, or two of which none
    is 0. A column of 0 and another number is a key, and measured alike as an amount.

    Parameters
    ----------
    values : array_like, shape (R,)
        The column.

    Returns
    -------
    bool
        True for codes.

    Examples
    --------
    >>> from gridemp.logs import are_codes
    >>> are_codes([0, 3, 1, 1]), are_codes([0, 1, 1]), are_codes([0, 0.5, 1])
    (True, False, False)
    """
    check_kinds(are_codes, locals())
    distinct = np.unique(np.asarray(values, dtype=float))
    whole = np.isfinite(distinct).all() and (distinct == np.round(distinct)).all()
    enough = len(distinct) >= (MIN_CODES if 0 in distinct else MIN_CODES - 1)
    return bool(whole and enough and np.abs(distinct).max() <= MAX_CODE)


def as_categories(log: Columns, names: Sequence[str]) -> Columns:
    """Return a log in which some columns of numbers are columns of text.

    Estimates treat columns of text as categories, and columns of numbers as amounts.

    Parameters
    ----------
    log : Columns
        The log.
    names : sequence of str
        Columns of numbers.

    Returns
    -------
    Columns
        The log, with these columns among its labels.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import Columns, as_categories
    >>> log = Columns("log", 3, {"action": np.array([2.0, 0.0, 2.0])}, {})
    >>> as_categories(log, ["action"]).labels
    {'action': (('0', '2'), array([1, 0, 1]))}
    """
    check_kinds(as_categories, locals())
    numbers, labels = dict(log.numbers), dict(log.labels)
    for name in names:
        if name not in numbers:
            raise GridempError(
                f"{log.name} has no column of numbers named {name!r}; it has {', '.join(numbers)}"
            )
        distinct, codes = np.unique(numbers.pop(name), return_inverse=True)
        labels[name] = (tuple(f"{value:.15g}" for value in distinct), codes.astype(np.intp))
    return replace(log, numbers=numbers, labels=labels)


def sorted_labels(labels: tuple[tuple[str, ...], Indices]) -> tuple[tuple[str, ...], Indices]:
    """Labels in the order of their numbers, if all are numbers, and the code of each row."""
    texts, codes = labels
    try:
        order = np.argsort([float(text) for text in texts], kind="stable")
    except ValueError:
        return labels
    return tuple(texts[i] for i in order), np.argsort(order)[codes]


def are_truths(texts: Sequence[str]) -> bool:
    """Return True if there are no other texts than True and False, in any case."""
    return {text.lower() for text in texts} <= set(TRUTH)


def truths(labels: tuple[tuple[str, ...], Indices]) -> Mask | None:
    """Truth value of each row of a column of text, or None if it has any other texts."""
    texts, codes = labels
    if not are_truths(texts):
        return None
    return np.array([text.lower() == "true" for text in texts])[codes]
