"""Constructor of `World` from an environment that has no table of transitions."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self, Unpack

from gridemp.arguments import check_kinds
from gridemp.progress import Progress
from gridemp.worlds.world_fields import WorldFields


class EnvironmentMaker:
    """Class method of `World` that makes one by the steps of an environment."""

    if TYPE_CHECKING:  # what it uses of `World`

        def __init__(self, **fields: Unpack[WorldFields]) -> None: ...
        def normalised(self) -> Self: ...  # noqa: D102

    @classmethod
    def from_env(
        cls,
        env: Any,
        *,
        actions: Sequence[Any] | Mapping[str, Any] | None = None,
        key: Callable[[Any], Any] | None = None,
        cell: Callable[[Any], Any] | None = None,
        samples: int = 100,
        seed: int = 0,
        max_states: int = 20_000,
        progress: Progress | None = None,
    ) -> Self:
        """World of an environment that has no table of transitions, built by taking its steps.

        From the state that the environment is in, every action is taken in every state that can be
        reached, in a copy. Wrappers, rewards and time limits do not count. A state in which the
        episode has ended (`terminated`) is absorbing. Steps that draw random numbers, or lead
        elsewhere when they are repeated, have estimated probabilities, and titles say so.

        Parameters
        ----------
        env : gymnasium.Env
            Environment that has been reset, with a seed if its beginning is random.
        actions : sequence or mapping, optional
            Actions to take, a mapping from names to them, or the names of all actions; by default
            all actions of a discrete `action_space`.
        key : callable, optional
            Function from the environment, without wrappers, to what tells its states apart. By
            default it is the `s` of FrozenLake, CliffWalking or Taxi, the `get_state()` of an
            environment that has a `set_state()` too, and otherwise all its attributes but counters
            of steps (`step_count`, `t`), rewards, and records such as `last_action`, by their
            names. Every step is repeated with other counts and rewards, and from every record that
            its state was reached with, and it is an error if one leads elsewhere; a step that
            depends on a certain count alone may go unnoticed. States with the same `key` are
            compared. What an environment changes in its module, or on its class by other means
            than `self`, is not seen.
        cell : callable, optional
            Function from the environment, without wrappers, to the row and the column of the agent,
            row 0 at the top. By default the places are those of MiniGrid, toy text or gym-classics,
            or the only pair of numbers that changes and lies in a two-dimensional array of the
            environment, as a row and a column. Without any, the states get cells in their order.
        samples : int
            Number of times that a random step is taken, 2 or more.
        seed : int
            Seed of the random numbers.
        max_states : int
            Largest number of states to allow. It is 1,000 if observations are continuous and there
            is no `key`, as long as no step leads to a state that was found before.
        progress : callable, optional
            Called with the share of the states found so far that have been stepped from.

        Returns
        -------
        World
            World with the S states that can be reached, in the order in which they are found.

        Raises
        ------
        GridempError
            If the environment cannot be copied or stepped, has too many states, or has states that
            the key does not tell apart.

        Warns
        -----
        EstimateWarning
            If some step is random.

        Examples
        --------
        >>> import gridemp
        >>> import gymnasium
        >>> import minigrid
        >>> env = gymnasium.make("MiniGrid-Empty-5x5-v0")
        >>> _ = env.reset(seed=0)
        >>> world = gridemp.World.from_env(env)
        >>> gridemp.empowerment(world, 5).at(env)
        4.954196310386875
        """
        check_kinds(EnvironmentMaker.from_env, locals(), "env", "actions")
        from gridemp.worlds.environments.fields import environment_fields

        fields = environment_fields(env, actions, key, cell, samples, seed, max_states, progress)
        return cls(**fields).normalised()
