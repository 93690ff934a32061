import json

import numpy as np
import pytest
from support.json_output import COMMANDS, printed, printed_json

from gridemp.report.json_records import json_text

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("folder")]  # where the figures go


def test_what_is_no_number_is_null():
    text = json_text({"a": np.nan, "b": [np.inf, np.float64(1.5)], "c": (np.int64(2), True, None)})
    assert json.loads(text) == {"a": None, "b": [None, 1.5], "c": [2, True, None]}


def test_the_json_of_a_cell_has_the_numbers_of_the_text():
    found, text = printed(COMMANDS["cell"])
    assert f"{found['empowerment']:.4f} bits" in text
    assert 0 < found["gap"] < 1e-6
    assert (found["x"], found["y"], found["heading"], found["slip"]) == (5, 5, None, 0.1)
    assert f"outcomes: {len(found['outcomes'])}" in text
    assert sum(outcome["probability"] for outcome in found["outcomes"]) == pytest.approx(1)
    assert sum(found["first_actions"].values()) == pytest.approx(1)
    assert list(found["first_actions"]) == found["actions"]
    assert {(cell["x"], cell["y"]) for cell in found["reached"]} >= {(5, 5), (5, 7)}


def test_the_json_of_a_comparison_has_correlations_and_both_values_of_each_cell():
    found, text = printed(COMMANDS["compare"])
    assert f"Pearson {found['pearson']:.4f}, Spearman {found['spearman']:.4f}" in text
    values = [(cell["empowerment"], cell["distance"]) for cell in found["cells"]]
    assert len(values) == 100
    assert np.corrcoef(np.transpose(values))[0, 1] == pytest.approx(found["pearson"])


def test_the_json_of_a_matrix_has_the_correlations_of_all_pairs():
    found, text = printed(COMMANDS["matrix"])
    assert found["measures"] == ["distance", "power"]
    columns = {
        name: [cell[name] for cell in found["cells"]]
        for name in ("empowerment", "distance", "power")
    }
    assert [pair["of"] for pair in found["correlations"]] == [
        ["empowerment", "distance"],
        ["empowerment", "power"],
        ["distance", "power"],
    ]
    for pair in found["correlations"]:
        one, two = pair["of"]
        assert f"{one}, {two}: Pearson {pair['pearson']:.4f}" in text
        assert np.corrcoef(columns[one], columns[two])[0, 1] == pytest.approx(pair["pearson"])
    estimate = found["power_estimate"]
    assert (estimate["samples"], estimate["discount"], estimate["seed"]) == (20, 0.9, 0)
    assert f"standard error up to {estimate['standard_error']:.2g}" in text


def test_the_json_of_a_measure_has_its_range_and_all_cells():
    found, text = printed(COMMANDS["measure"])
    values = [cell["entropy"] for cell in found["cells"]]
    assert (found["lowest"], found["highest"]) == (min(values), max(values))
    assert f"range: {found['lowest']:.4f} to {found['highest']:.4f} bits" in text
    assert found["measure"] == "entropy"


def test_an_undefined_correlation_is_null(folder):
    (folder / "one.txt").write_text(".\n")
    found, text = printed(["compare", "one.txt", "-n", 1, "--with", "degree"])
    assert (found["pearson"], found["spearman"]) == (None, None)
    assert "Pearson undefined" in text


def test_the_json_of_a_curve_has_all_horizons():
    found, text = printed(COMMANDS["curve"])
    assert found["horizon"] == [1, 3]
    for name in ("minimum", "median", "mean", "maximum"):
        first, last = found[name]
        assert f"{name}: {first:.4f} to {last:.4f} bits" in text
    (cell,) = found["cells"]
    assert (cell["x"], cell["y"], len(cell["values"])) == (5, 5, 2)
    assert found["gap"] == [0, 0]
    assert found["ceilings"] == [pytest.approx(np.log2(100))]


def test_the_json_of_walls_has_every_change_the_best_first():
    found, text = printed(COMMANDS["sensitivity"])
    best, worst = found["removals"][0], found["additions"][0]
    assert f"mean {found['empowerment']:.4f} {best['change']:+.4f} bits" in text
    assert f"mean {found['empowerment']:.4f} {worst['change']:+.4f} bits" in text
    assert best["change"] == max(change["change"] for change in found["removals"])
    assert worst["change"] == min(change["change"] for change in found["additions"])
    assert found["cell"] is None
    assert all(len(change["cells"]) == 2 for change in found["additions"])


def test_the_json_of_a_walk_has_every_step():
    found, text = printed(COMMANDS["walk"])
    start, *steps = found["path"]
    assert (start["x"], start["y"], start["action"]) == (0, 0, None)
    assert [step["step"] for step in steps] == [1, 2, 3]
    for step in steps:
        told = f"({step['x']}, {step['y']}), {step['empowerment']:.2f} bits"
        assert f"step {step['step']}: {step['action']} to {told}" in text
    assert found["gain"] == pytest.approx(steps[-1]["empowerment"] - start["empowerment"])


def test_the_json_of_a_walk_has_pushes_and_headings(folder):
    found = printed_json(
        ["walk", "box", "-n", 1, "--start", "1,2", "--steps", 1, "--moves", "turn"]
    )
    assert {step["heading"] for step in found["path"]} <= {"north", "east", "south", "west"}
    (folder / "push.txt").write_text("S$...\n#....\n#....\n")
    found, text = printed(["walk", "push.txt", "-n", 3, "--steps", 2])
    pushes = [push for step in found["path"] for push in step["pushes"]]
    assert pushes[0] == {"from": {"x": 1, "y": 2}, "to": {"x": 2, "y": 2}}
    assert text.count("pushes a box to ") == len(pushes)


def test_the_json_of_a_walk_has_keys_and_doors(folder):
    (folder / "door.txt").write_text("k.K\n#.#\n")
    hands = ["--moves", "turn", "--hands", "--start", "1,1", "--policy", "plan", "--steps", 4]
    found, _ = printed(["walk", "door.txt", "-n", 3, *hands])
    key, door = {"x": 0, "y": 1, "name": "key"}, {"x": 2, "y": 1, "name": "locked door"}
    start, *steps = found["path"]
    assert (start["holding"], start["things"]) == (None, [key, door])
    assert [step["action"] for step in steps] == ["pickup", "left", "left", "toggle"]
    assert [step["holding"] for step in steps] == ["key"] * 4
    assert [step["things"] for step in steps] == [[door]] * 3 + [[{**door, "name": "open door"}]]
    without, _ = printed(COMMANDS["walk"])
    assert {(step["holding"], step["things"]) for step in without["path"]} == {(None, None)}


def test_the_json_of_a_flow_has_every_attractor():
    found, text = printed(COMMANDS["flow"])
    counts = [attractor["starts"] for attractor in found["attractors"]]
    assert sum(counts) + found["starts_to_several"] == found["starts"] == 100
    for attractor in found["attractors"]:
        assert f"{attractor['starts']} of 100 starts ({attractor['share']:.1%})" in text


def test_the_json_of_an_exploration_has_every_moment():
    found, text = printed(COMMANDS["learn"])
    assert len(found["path"]) == len(found["max_difference"]) == found["steps"] + 1 == 4
    assert f"{found['moves_tried']} moves tried; {found['edges_never_tried']} edges" in text
    end = found["path"][-1]
    assert f"x = {end['x']}, y = {end['y']}, {end['empowerment']:.2f} bits" in text
    assert found["close_after_steps"] is None


def test_the_conditions_of_a_world_are_data():
    words = ["cell", "klyubin", 5, 5, "-n", 1, "--moves", "king", "--no-stay", "--torus-x"]
    found = printed_json([*words, "--sensor", "row", "--slip", 0.1, "--slip-kind", "uniform"])
    data = {name: found[name] for name in ("moves", "stay", "torus", "sensor", "slip_kind")}
    assert data == {
        "moves": "king",
        "stay": False,
        "torus": "x",
        "sensor": "row",
        "slip_kind": "uniform",
    }
    assert found["source"] == "optimal"


@pytest.mark.parametrize(
    ("policy", "parameters"),
    [
        ([], ("greedy", None, None)),
        (["--policy", "soft", "--temperature", 0.25], ("soft", 0.25, None)),
        (["--policy", "plan", "--gamma", 0.5], ("plan", None, 0.5)),
    ],
)
@pytest.mark.parametrize("where", [["--start", "0,0", "--seed", 7], ["--starts", "all"]])
def test_the_policy_of_an_agent_is_data(policy, parameters, where):
    found = printed_json(["walk", "klyubin", "-n", 1, *where, *policy])
    assert (found["policy"], found["temperature"], found["gamma"]) == parameters
    assert found.get("seed", 7) == 7
    assert found["source"] == "optimal"


def test_the_heading_of_a_flow_is_data():
    words = ["walk", "klyubin", "-n", 1, "--starts", "all", "--moves", "turn"]
    assert printed_json(words)["shown"] == "best heading"


def test_the_settings_of_an_exploration_are_data():
    words = ["walk", "room", "-n", 1, "--start", "0,0", "--steps", 2, "--learn"]
    found = printed_json([*words, "--prior", 0.5, "--curiosity", 3, "--seed", 7])
    assert (found["prior"], found["curiosity"], found["seed"]) == (0.5, 3, 7)
