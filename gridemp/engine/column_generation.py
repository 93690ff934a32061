"""Lower end of a capacity with too many action sequences to list, by column generation.

Any source distribution on some of the sequences attains its mutual information, so every result is
certified. The channel of the sequences at hand, the columns, is solved; others with a higher
divergence D(p || q) from its output distribution q join them; and so on until none is found.

The search for them climbs from the sequences in use, from variants of these and from random ones.
D(. || q) is convex, so if another action in one place changes the row from p to p',

    D(p' || q)  >=  D(p || q) + <p' - p, log(p / q)>.

One pass forwards of the distributions over states, and one backwards of log(p / q), give the right
side for all actions in all places; the best one is taken as long as it gains.
"""

from typing import NamedTuple

import numpy as np

from gridemp.engine.allowance import Allowance
from gridemp.information.active_set import Matrix, solve
from gridemp.information.capacity import TINY
from gridemp.information.linalg import product
from gridemp.information.measures import LN2
from gridemp.typing import Array, Indices

VARIANTS = 600  # sequences from which the first rounds climb, besides those in use
MAX_VARIANTS = 4 * VARIANTS  # the search ends when as many lead to no new sequence
FEW = 10  # new sequences; after fewer, the next round tries more variants
BATCH = 600  # sequences that climb at the same time
MAX_ROUNDS = 200
MAX_CHANGES = 40  # of a sequence, in one climb
CHANGES = 3  # of a sequence on average
LEAST_GAIN = 1e-7  # nats; a smaller one ends a climb
MIN_WEIGHT = 1e-9  # a sequence with less weight in the source is dropped


class Columns(NamedTuple):
    """Some action sequences, and the best source distribution on them.

    Attributes
    ----------
    lower : float
        Mutual information, in bits, that this source or one before it attains.
    q : ndarray, shape (Y,)
        Distribution of sensor readings under the source, positive everywhere.
    sequences : ndarray of int, shape (K, n)
        Actions of the sequences that the source uses.
    """

    lower: float
    q: Array
    sequences: Indices


def generate_columns(
    steps: list[Array], tol: float, allowance: Allowance, known: Indices | None = None
) -> Columns:
    """Search for the action sequences that a source with the highest information uses.

    Parameters
    ----------
    steps : list of n ndarrays, shape (A, B, C)
        Transition matrices of each step, as in `Sequences`; the first one leaves a single state.
    tol : float
        A sequence joins if its divergence exceeds the upper bound on the capacity of the columns by
        more than this, in bits.
    allowance : Allowance
        Work that may be taken, in multiplications. The search takes at least one round.
    known : ndarray of int, shape (K, n), optional
        Sequences to begin with.

    Returns
    -------
    Columns
        What was found; `lower` is certified, but others may attain more.
    """
    rng = np.random.default_rng(0)  # so that it finds the same each time
    actions, outputs = len(steps[0]), steps[-1].shape[2]
    pool = rng.integers(actions, size=(VARIANTS, len(steps)))
    pool, _, _ = climb(steps, pool, np.full(outputs, 1 / outputs))
    pool = np.unique(pool if known is None else np.concatenate([known, pool]), axis=0)
    rows = distributions(steps, pool)[-1]
    lower = -np.inf
    variants = VARIANTS
    per_sequence = sum(2 * step.size for step in steps)
    for _ in range(MAX_ROUNDS):
        capacity = solve(Matrix(rows), tol / 4)
        q = np.maximum(np.einsum("k,ky->y", capacity.source, rows), TINY)
        used = capacity.source > MIN_WEIGHT
        pool, rows = pool[used], rows[used]
        lower = max(lower, capacity.lower)
        candidates = np.concatenate([pool, _variants(pool, actions, variants, rng)])
        found, found_rows, divergence = climb(steps, candidates, q)
        allowance.work -= CHANGES * len(candidates) * per_sequence
        higher = divergence > (capacity.upper + tol) * LN2
        if allowance.spent or (variants == MAX_VARIANTS and not higher.any()):
            break
        if np.count_nonzero(higher) < FEW:
            variants = min(2 * variants, MAX_VARIANTS)
        pool, first = np.unique(np.concatenate([pool, found[higher]]), axis=0, return_index=True)
        rows = np.concatenate([rows, found_rows[higher]])[first]
    return Columns(lower, q, pool)


def distributions(steps: list[Array], sequences: Indices) -> list[Array]:
    """Return the distributions over states before each step and after the last: n + 1 of (K, B)."""
    rows = [np.ones((len(sequences), 1))]
    for step, actions in zip(steps, sequences.T, strict=True):
        grown = np.empty((len(sequences), step.shape[2]))
        for action, matrix in enumerate(step):
            taken = actions == action
            grown[taken] = product(rows[-1][taken], matrix)
        rows.append(grown)
    return rows


def climb(steps: list[Array], sequences: Indices, q: Array) -> tuple[Indices, Array, Array]:
    """Change single actions of sequences as long as that raises D(p || q).

    Parameters
    ----------
    steps : list of n ndarrays, shape (A, B, C)
        Transition matrices of each step.
    sequences : ndarray of int, shape (K, n)
        Sequences to begin with.
    q : ndarray, shape (Y,)
        Distribution of sensor readings, positive everywhere.

    Returns
    -------
    sequences : ndarray of int, shape (K, n)
        What has become of each sequence.
    rows : ndarray, shape (K, Y)
        Its distribution p of sensor readings.
    divergence : ndarray, shape (K,)
        Its D(p || q), in nats.
    """
    sequences, count = sequences.copy(), len(sequences)
    rows, divergence = np.empty((count, len(q))), np.empty(count)
    for start in range(0, count, BATCH):
        climbing = np.arange(start, min(start + BATCH, count))
        for change in range(MAX_CHANGES + 1):
            rows[climbing], divergence[climbing], gains = _gains(steps, sequences[climbing], q)
            best = gains.argmax(axis=1)
            higher = gains[np.arange(len(climbing)), best] > LEAST_GAIN
            climbing, best = climbing[higher], best[higher]
            if not len(climbing) or change == MAX_CHANGES:
                break
            place, action = np.divmod(best, len(steps[0]))
            sequences[climbing, place] = action
    return sequences, rows, divergence


def _gains(steps: list[Array], sequences: Indices, q: Array) -> tuple[Array, Array, Array]:
    """Return the rows of sequences, their D(p || q), and the gain of each change: (K, n A)."""
    before = distributions(steps, sequences)
    ratio = np.log(np.maximum(before[-1], TINY)) - np.log(q)
    divergence = np.einsum("ky,ky->k", before[-1], ratio)
    gains = np.empty((*sequences.shape, len(steps[0])))
    for t in range(len(steps) - 1, -1, -1):
        actions, states, after = steps[t].shape
        backwards = steps[t].transpose(2, 0, 1).reshape(after, actions * states)
        pulled = product(ratio, backwards).reshape(-1, actions, states)
        gains[:, t] = np.einsum("ks,kas->ka", before[t], pulled)
        ratio = pulled[np.arange(len(sequences)), sequences[:, t]]
    return before[-1], divergence, gains.reshape(len(sequences), -1) - divergence[:, None]


def _variants(sequences: Indices, actions: int, count: int, rng: np.random.Generator) -> Indices:
    """Return changed copies of sequences, and random ones: (count, n)."""
    horizon = sequences.shape[1]
    variants = sequences[rng.integers(len(sequences), size=count)]
    for kind, variant in zip(rng.integers(6, size=count), variants, strict=True):
        place, other = rng.integers(horizon, size=2)
        if kind == 0:  # change two
            variant[[place, other]] = rng.integers(actions, size=2)
        elif kind == 1:  # move one
            variant[:] = np.insert(np.delete(variant, place), other, variant[place])
        elif kind == 2:  # take one out, and put another in
            variant[:] = np.insert(np.delete(variant, place), other, rng.integers(actions))
        elif kind == 3:  # go on as another sequence does
            variant[place:] = sequences[rng.integers(len(sequences)), place:]
        elif kind == 4:  # the same action several times
            variant[place : place + 1 + rng.integers(horizon)] = rng.integers(actions)
        else:
            variant[:] = rng.integers(actions, size=horizon)
    return variants
