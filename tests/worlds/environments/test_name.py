"""Worlds of environments that are given by name."""

import re
import sys

import pytest
from support.environments import newest

from gridemp import GridempError
from gridemp.errors import MissingExtra, pip_command
from gridemp.worlds.environments.name import make_world

TAXI = newest("Taxi")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "CartPole-v1",
            r"CartPole-v1 has no table .* because its .* continuous; pass World.from_env",
        ),
        (
            "Pendulum-v1",
            r"Pendulum-v1 has no table .* because its .* continuous; pass World.from_env",
        ),
        (
            "Blackjack-v1",
            r"'Blackjack-v1' starts differently each time; .* gym:Blackjack-v1\?seed=0$",
        ),
        ("Blackjack-v1?sab=true", r"as in gym:Blackjack-v1\?sab=true&seed=0$"),
        ("Blackjack-v1?seed=x", "`seed` must be a whole number, 0 or more, not 'x'"),
        ("no_such_module:X-v0", r"ModuleNotFoundError: No module named 'no_such_module'"),
        (f"{TAXI}?fickle_passenger=true", rf"fickle passenger of {TAXI} is not in its table P"),
        ("Nope-v0", r"gymnasium cannot make 'Nope-v0'; NameNotFound: .* doesn't exist"),
        ("FrozenLake-v0", r"gymnasium cannot make 'FrozenLake-v0'; DeprecatedEnv: "),
        ("", r"gymnasium cannot make ''; Error: Malformed environment ID"),
        ("FrozenLake-v1?colour=red", r"unexpected keyword argument 'colour'"),
        ("FrozenLake-v1?map_name=9x9", r"map_name=9x9'; its map_name cannot be '9x9'; "),
        ("FrozenLake-v1?is_slippery", r"'is_slippery' is not a list of options; write them as in"),
        ("FrozenLake-v1?success_rate=2", r"probabilities of action 'west' in state 0 hold a neg"),
    ],
)
def test_refusals(name, sentence, capfd):
    with pytest.raises(GridempError, match=sentence) as error:
        make_world(name)
    assert "\n" not in str(error.value)
    assert capfd.readouterr() == ("", "")


def test_options_are_literals_or_strings():
    lake = make_world('FrozenLake-v1?desc=["SF","HG"]&is_slippery=True&success_rate=0.5')
    assert lake.maze.shape == (2, 2)
    assert lake.maze.name == "FrozenLake-v1, desc SF HG, success rate 0.5, slippery"
    assert lake.probabilities[0, 3].max() == 0.75  # up or left


def test_without_gymnasium(monkeypatch):
    monkeypatch.setitem(sys.modules, "gymnasium", None)
    with pytest.raises(MissingExtra, match=re.escape(f"gymnasium; {pip_command('gymnasium')}")):
        make_world("FrozenLake-v1")
