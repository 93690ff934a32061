"""Breadth-first search of the states of an environment by its own `step()`.

Every state is reached by a private copy, which is put back there to take each action. A step is
random if it draws from a generator of random numbers, or if it leads elsewhere when it is repeated;
it is then repeated often enough to estimate its probabilities.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from gridemp.errors import GridempError
from gridemp.progress import Progress
from gridemp.worlds.environments.copy import EnvironmentCopy
from gridemp.worlds.environments.setter import EnvironmentSetter
from gridemp.worlds.environments.tallies import CHANGES, COUNTER
from gridemp.worlds.transitions import Entries
from gridemp.worlds.unwrapped import is_continuous

MAX_VARIANTS = 8  # of a state that are compared, if they have the same key and nothing is held
REPEATED = 500  # steps that are repeated with all changes of counters; others with one of them
TRIES = 10  # of a step that led elsewhere once, to see whether it does so without a change

Copy = EnvironmentCopy | EnvironmentSetter
Key = tuple[Hashable, bool]  # of a state: what tells it apart, and whether the episode ended


class Found(NamedTuple):
    """States that a search has found, and the transitions between them.

    Attributes
    ----------
    numbers : dict
        Number of each state, by its key.
    entries : tuple of ndarray, shape (N,)
        s, a, s' and P[s, a, s'] of the N transitions.
    is_random : bool
        True if some step is random.
    notes : list, length S
        What `note` returns in each state.
    rewards : list of float, length S
        Reward for the first step that was found to lead to each state.
    ended : list of bool, length S
        True for the states in which the episode has ended.
    """

    numbers: dict[Key, int]
    entries: Entries
    is_random: bool
    notes: list[Any]
    rewards: list[float]
    ended: list[bool]


class Search:
    """Search of the states of an environment.

    Parameters
    ----------
    copy : EnvironmentCopy or EnvironmentSetter
        Copy of the environment.
    read : callable
        Function from the copied environment to what tells its states apart.
    note : callable
        Function from the copied environment to anything that is to be kept for each state.
    actions : sequence
        The A actions.
    samples : int
        Number of times that a random step is taken.
    seed : int
        Seed of the random numbers.
    compares : bool
        If True, states with equal keys that were reached in several ways are compared; they are in
        any case if records of what was done last are held.
    key : str
        Name of the key in errors.
    """

    def __init__(
        self,
        copy: Copy,
        read: Callable[[], Hashable],
        note: Callable[[Any], Any],
        actions: Sequence[Any],
        samples: int,
        seed: int,
        *,
        compares: bool,
        key: str = "`key`",
    ) -> None:
        self.copy, self.read, self.note, self.key = copy, read, note, key
        self.actions, self.samples = actions, samples
        self.first_seed = int(np.random.default_rng(seed).integers(2**31))
        self.numbers: dict[Key, int] = {}
        self.keys: list[Key] = []
        self.snapshots: list[Any] = []
        # Other snapshots of each state, by what is different in them.
        self.others: dict[int, dict[Hashable, Any]] = {}
        self.notes: list[Any] = []
        self.rewards: list[float] = []
        self.targets: dict[tuple[int, int], Counter[int]] = {}
        self.compares = compares or not all(map(COUNTER.fullmatch, copy.held))
        self.is_random = False
        self.returns = False  # some step leads to a state that was found before
        self.repeated = 0
        self.noticed = False
        self.draws_unseen = False  # some step leads elsewhere without a draw that can be seen
        # Whether steps that would go on end with each change of counters, as by a limit of time.
        self.limited: dict[int | None, set[bool]] = {}

    def run(self, max_states: int, progress: Progress, max_without_return: int) -> Found:
        """Search all states.

        Parameters
        ----------
        max_states : int
            Largest number of states to allow.
        max_without_return : int
            The same while every step leads to a new state.
        progress : callable
            Called with the share of the states found so far that have been stepped from.
        """
        copy = self.copy
        copy.restore(copy.beginning, 0)
        self._number(False, 0.0)
        state, shown = 0, 0.0
        while state < len(self.snapshots):
            drew_unseen = self.draws_unseen
            if self.keys[state][1]:
                for a in range(len(self.actions)):
                    self.targets[state, a] = Counter([state])
            else:
                self._expand(state)
                if self.noticed or copy.notice_global_draws():
                    self.noticed = False
                    self._expand(state)
            allowed = max_states if self.returns else min(max_states, max_without_return)
            if len(self.snapshots) > allowed:
                raise self._too_many(allowed, state + 1)
            state = 0 if self.draws_unseen > drew_unseen else state + 1  # all steps anew
            shown = max(shown, state / len(self.snapshots))
            progress(shown)
        if self.compares:
            self.compares = not self.copy.held  # others that are met on the way are compared, too
            self._compare()
        ends = [end for _, end in self.keys]
        return Found(self.numbers, self._entries(), self.is_random, self.notes, self.rewards, ends)

    def _too_many(self, max_states: int, stepped_from: int) -> GridempError:
        """Error for an environment with more states than allowed."""
        name = self.copy.name
        if is_continuous(self.copy.env):
            return GridempError(
                f"{name} has more than {max_states:,} states, as its observations or actions are "
                "continuous; make them finite by a `key` for World.from_env"
            )
        return GridempError(
            f"{name} has more than {max_states:,} states: {len(self.snapshots):,} have been found "
            f"from the first {stepped_from:,}; World.from_env takes a larger `max_states`, or a "
            "`key` that leaves out what does not matter"
        )

    def _expand(self, state: int) -> None:
        """Take each action in a state."""
        for a in range(len(self.actions)):
            target, drew = self._target(state, a, 0)
            counts = Counter([target])
            if not self.draws_unseen:
                self._check(state, a, target)
            if drew or self.draws_unseen:
                self.is_random = True
                for sample in range(1, self.samples):
                    counts[self._target(state, a, sample)[0]] += 1
            self.targets[state, a] = counts

    def _check(self, state: int, a: int, target: int) -> None:
        """Repeat a step, with other counters and rewards, and see if it leads elsewhere."""
        one = CHANGES[self.repeated % len(CHANGES)]
        self.repeated += 1
        known = self.keys[target]
        for change in CHANGES if self.repeated <= REPEATED else (one,):
            found, is_changed = self._again(state, a, change)
            if found != known:
                if self.copy.notice_global_draws():
                    self.noticed = True  # the state is expanded again, with a seed for these
                    return
                if not is_changed or any(self._again(state, a)[0] != known for _ in range(TRIES)):
                    self.draws_unseen = True
                    return
                if found not in (None, (known[0], True)):
                    raise held_error(self.copy)
            if is_changed and not known[1]:
                limited = self.limited.setdefault(change, set())
                limited.add(found != known)
                if len(limited) == 2:
                    raise held_error(self.copy)
            if not is_changed and change == CHANGES[0]:
                return

    def _again(self, state: int, a: int, change: int | None = 0) -> tuple[Key | None, bool]:
        """Key that a step leads to after a change, None if it cannot be taken, and if one is made.

        Nothing is changed where the key of the state depends on it.
        """
        seed = (self.first_seed + (state * len(self.actions) + a) * self.samples) % 2**32
        self.copy.restore(self.snapshots[state], seed)
        is_changed = change != 0 and self.copy.change(change)
        if is_changed and not self.copy.held and self.read() != self.keys[state][0]:
            self.copy.restore(self.snapshots[state], seed)
            is_changed = False
        try:
            terminated = self.copy.step(self.actions[a]).terminated
        except GridempError:
            if is_changed:
                return None, True
            raise
        return (self.read(), terminated), is_changed

    def _target(self, state: int, a: int, sample: int, snapshot: Any = None) -> tuple[int, bool]:
        """State that an action leads to, and whether the step has drawn random numbers."""
        draw = (state * len(self.actions) + a) * self.samples + sample
        self.copy.restore(
            self.snapshots[state] if snapshot is None else snapshot,
            (self.first_seed + draw) % 2**32,
        )
        step = self.copy.step(self.actions[a])
        return self._number(step.terminated, step.reward), step.drew

    def _number(self, terminated: bool, reward: float) -> int:
        """Number of the state that the copy is in; a new state gets the next one."""
        key = self.read(), terminated
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = len(self.snapshots)
            self.keys.append(key)
            self.snapshots.append(self.copy.snapshot())
            self.notes.append(self.note(self.copy.env))
            self.rewards.append(reward)
            return number
        self.returns = True
        if self.compares and not terminated:
            others = self.others.setdefault(number, {})
            variant, record = self.copy.arrival()
            if self.copy.held or variant in others or len(others) < MAX_VARIANTS:
                others[variant] = record
        return number

    def _compare(self) -> None:
        """Raise a GridempError if states with one key behave differently."""
        known = len(self.snapshots)
        if self.draws_unseen:  # equal states lead to different ones
            return
        done: set[tuple[int, Hashable]] = set()
        while new := [
            (state, variant)
            for state, others in self.others.items()
            for variant in others
            if (state, variant) not in done
        ]:
            done.update(new)
            for (state, variant), (a, action) in product(new, enumerate(self.actions)):
                snapshot = self.others[state][variant]
                first, drew = self._target(state, a, 0)
                records = self.copy.records()
                other, _ = self._target(state, a, 0, snapshot)
                is_same = first == other and len(self.snapshots) == known
                if is_same and (drew or self.copy.records() == records):
                    continue
                if self.copy.held:
                    raise held_error(self.copy)
                raise GridempError(
                    f"{self.key} is the same in two states of {self.copy.name} in which action "
                    f"{action!r} leads to different states; pass a `key` that tells them apart"
                )

    def _entries(self) -> Entries:
        rows = [
            (state, a, target, count / counts.total())
            for (state, a), counts in self.targets.items()
            for target, count in counts.items()
        ]
        state, action, target, values = np.array(rows, dtype=float).T
        return state.astype(np.intp), action.astype(np.intp), target.astype(np.intp), values


def held_error(copy: Copy) -> GridempError:
    """Error for an environment in which what is held matters."""
    names = " or ".join(f"`{name}`" for name in copy.held) or "counters or rewards"
    return GridempError(
        f"what happens in {copy.name} depends on its {names}, which is left out of the state by "
        "default; pass World.from_env a `key` function that includes it"
    )
