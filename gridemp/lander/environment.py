"""LunarLander-v3 with buttons for its engines, several of which may be pressed at once."""

import os
import warnings
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError, import_extra
from gridemp.typing import Array

FRAME_RATE = 50  # frames per second
GRAVITY = 10.0  # the default, as in the environment
MAX_GRAVITY, MAX_WIND = 12.0, 20.0
TURBULENCE = 0.1  # for each unit of wind: the ratio of the environment's own defaults


class Buttons(NamedTuple):
    """Engines that are on.

    Attributes
    ----------
    left, right, main : bool
        True for each engine that is on.

    Examples
    --------
    >>> from gridemp.lander import Buttons
    >>> Buttons(left=False, right=False, main=True)
    Buttons(left=False, right=False, main=True)
    """

    left: bool
    right: bool
    main: bool


NO_BUTTON = Buttons(False, False, False)
# One button at most, in the order of the discrete actions but with the main engine last.
SINGLE_BUTTONS = (
    NO_BUTTON,
    Buttons(True, False, False),
    Buttons(False, True, False),
    Buttons(False, False, True),
)


@cache
def require_lander() -> Any:
    """Return Gymnasium's module of the environment, or raise a MissingExtra with a hint."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    with warnings.catch_warnings():
        # SWIG's bindings and an old pygame give deprecation warnings that cannot be fixed here.
        warnings.filterwarnings("ignore", "builtin type .* has no __module__", DeprecationWarning)
        warnings.filterwarnings("ignore", "pkg_resources is deprecated")
        for package in ("Box2D", "gymnasium", "pygame"):
            import_extra(package, "gridemp.lander", "lander")
        from gymnasium.envs.box2d import lunar_lander
    return lunar_lander


def check_conditions(gravity: float, wind: float) -> None:
    """Raise a GridempError if gravity or wind is out of the range of the environment."""
    if not 0 < gravity < MAX_GRAVITY:
        raise GridempError(
            f"`gravity` must be a number above 0 and below {MAX_GRAVITY:g}, not {gravity:g}"
        )
    if not 0 <= wind <= MAX_WIND:
        raise GridempError(f"`wind` must be a number from 0 to {MAX_WIND:g}, not {wind:g}")


def make_lander(
    gravity: float = GRAVITY,
    wind: float = 0.0,
    *,
    continuous: bool = True,
    render_mode: str | None = None,
) -> Any:
    """Make the environment without its limit on the length of an episode.

    Parameters
    ----------
    gravity : float
        Downward gravity in the environment's units, above 0 and below 12.
    wind : float
        Strength of the wind in the environment's units, from 0 to 20; the turbulence is a tenth of
        it.
    continuous : bool
        If True, an action is two numbers, the power of the main engine and of the side engines; if
        False, it is one of four discrete actions.
    render_mode : {"human", "rgb_array"}, optional
        Way in which the environment is drawn; by default it is not.

    Returns
    -------
    gymnasium.envs.box2d.lunar_lander.LunarLander
        The environment, without wrappers.

    Raises
    ------
    GridempError
        If gravity or wind is out of range.
    MissingExtra
        If Gymnasium, Box2D or pygame is not installed.

    Examples
    --------
    >>> from gridemp.lander import make_lander
    >>> env = make_lander(gravity=5, continuous=False)
    >>> observation, _ = env.reset(seed=0)
    >>> observation.shape, env.gravity
    ((8,), -5)
    """
    check_kinds(make_lander, locals())
    check_conditions(gravity, wind)
    require_lander()
    import gymnasium

    env = gymnasium.make(
        "LunarLander-v3",
        continuous=continuous,
        gravity=-gravity,
        enable_wind=wind > 0,
        wind_power=wind,
        turbulence_power=TURBULENCE * wind,
        render_mode=render_mode,
    )
    return env.unwrapped


def set_conditions(env: Any, gravity: float, wind: float) -> None:
    """Set the gravity and the wind of an environment from its next reset on."""
    env.gravity = -gravity
    env.enable_wind, env.wind_power, env.turbulence_power = wind > 0, wind, TURBULENCE * wind


def continuous_action(buttons: Buttons) -> Array:
    """Continuous action with the power and direction of the discrete actions: shape (2,)."""
    main = 1.0 if buttons.main else -1.0
    return np.array([main, float(buttons.right) - float(buttons.left)])


def heuristic_buttons(env: Any, observation: Any) -> Buttons:
    """Buttons that the environment's own landing rule would press.

    Parameters
    ----------
    env : LunarLander
        Environment with continuous actions.
    observation : ndarray, shape (8,)
        Observation of the environment.
    """
    return buttons_for(*desired_change(env, observation))


def desired_change(env: Any, observation: Any) -> tuple[float, float]:
    """Upward push and clockwise turn that the landing rule asks for, each from -1 to 1.

    Parameters are those of `heuristic_buttons`.
    """
    push, turn = require_lander().heuristic(env, observation)
    return float(push), float(turn)


def buttons_for(push: float, turn: float) -> Buttons:
    """Buttons whose engines bring about a push and a turn: the landing rule's inverse model."""
    return Buttons(left=turn < -0.5, right=turn > 0.5, main=push > 0)
