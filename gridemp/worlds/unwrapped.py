"""Environments without their wrappers, their names, and the names of their actions."""

from typing import Any

from gridemp.arguments import wrong_kind

ACTIONS = {
    "FrozenLakeEnv": ("west", "south", "east", "north"),
    "CliffWalkingEnv": ("north", "east", "south", "west"),
    "TaxiEnv": ("south", "north", "east", "west", "pickup", "dropoff"),
}


def unwrapped(env: Any) -> Any:
    """Return an environment without its wrappers; raise a GridempError if it is none."""
    if isinstance(env, type):
        raise wrong_kind("env", env, f"an environment; {env.__name__}() makes one")
    base = getattr(env, "unwrapped", env)
    if not (hasattr(base, "P") or hasattr(base, "step")):
        raise wrong_kind("env", env, "an environment; gymnasium.make(name) makes one")
    return base


def name_of(base: Any) -> str:
    """Id under which an environment is registered, or else the name of its class."""
    spec = getattr(base, "spec", None)
    return type(base).__name__ if spec is None else str(spec.id)


def is_continuous(base: Any) -> bool:
    """True if the observations or the actions of an environment are continuous."""
    spaces = (getattr(base, f"{kind}_space", None) for kind in ("observation", "action"))
    return any(getattr(getattr(space, "dtype", None), "kind", "") == "f" for space in spaces)
