"""A notebook of all results and figures, as the source of its cells."""

import base64
import io
import re
from textwrap import indent

from PIL import Image

IMPORTS = """\
import numpy as np
import gridemp
from gridemp import render
from gridemp.agents import Agent, Explorer, explore, flow, walk
from gridemp.analysis import (
    cell_alternation, cell_repertoire, cell_skills, cell_source, centrality, difference,
    empowerment_curve, sensitivity
)
from support.audits import small_audit
from support.lander_maps import known_conditions, known_curve, known_map
from support.learned import invented
from support.learning_curves import invented as invented_curve
from support.learning_curves import invented_grid, invented_study, with_entropies
from support.stores import known_diagram
maze = gridemp.parse_maze("...\\n.#.", name="small")
world = gridemp.World.from_maze(maze)
emap = gridemp.empowerment(world, 1)
emaps = gridemp.horizon_sweep(world, [1, 2, 3])
agent = Agent(world, 1)
path = walk(agent, 0, 3, np.random.default_rng(0))
"""
RESULTS = {
    "Alternation": "cell_alternation(world, 0, 0, 1)",
    "Audit": "small_audit()",
    "CellSource": "cell_source(world, 0, 0, 1)",
    "ConditionGrid": "invented_grid()",
    "Difference": "difference(emaps[0], emaps[1])",
    "EmpowermentCurve": "empowerment_curve(world, [1, 2])",
    "EmpowermentMap": "emap",
    "EmpowermentMaps": "emaps",
    "ExplorationRecord": "explore(Explorer(world, 1), 0, 3, np.random.default_rng(0))",
    "Flow": "flow(agent, world.start_states)",
    "LanderConditions": "known_conditions()",
    "LanderCurve": "known_curve()",
    "LanderMap": "known_map()",
    "LearnedBound": "invented()",
    "LearningCurve": 'invented_curve("AB")',
    "Maze": "maze",
    "Sensitivity": "sensitivity(maze, 1)",
    "World": "world",
}
FIGURES = {
    "alternation_figure": RESULTS["Alternation"],
    "audit_figure": 'small_audit(), "plug-in"',
    "cell_figure": RESULTS["CellSource"],
    "compare_figure": 'emap, centrality(world, "distance"), "distance [steps]"',
    "difference_figure": "*emaps[:2]",
    "draw_condition_grid": RESULTS["ConditionGrid"],
    "draw_curve": RESULTS["EmpowermentCurve"],
    "draw_flow": RESULTS["Flow"],
    "draw_lander_conditions": RESULTS["LanderConditions"],
    "draw_lander_curve": RESULTS["LanderCurve"],
    "draw_lander_map": RESULTS["LanderMap"],
    "draw_learning_curve": RESULTS["LearningCurve"],
    "draw_maze": "maze",
    "draw_measure": 'world, centrality(world, "distance"), "distance [steps]"',
    "draw_repertoire": "world, cell_repertoire(world, 0, 0, 3, 2)",
    "draw_sensitivity": RESULTS["Sensitivity"],
    "draw_skills": "world, cell_skills(world, 0, 0, 0.5)",
    "draw_source": RESULTS["CellSource"],
    "draw_trail": "emap, path",
    "draw_world": "world",
    "entropies_figure": 'with_entropies("AB")',
    "exploration_figure": RESULTS["ExplorationRecord"],
    "heatmap": "emap",
    "learned_figure": RESULTS["LearnedBound"],
    "panels": "emaps",
    "phase_figure": "known_diagram()",
    "ratings_figure": 'invented_study("AB")',
    "scatter_matrix": 'emap, {"distance [steps]": centrality(world, "distance")}',
}
DRAWN = {name: f"render.{name}({arguments})" for name, arguments in FIGURES.items()}
# What a first notebook has in it, for tests that execute one.
EXECUTED = [
    *(RESULTS[kind] for kind in ("Maze", "World", "EmpowermentMap", "EmpowermentMaps")),
    *(DRAWN[name] for name in ("heatmap", "panels", "cell_figure", "draw_curve", "draw_trail")),
]
CAPACITY = "gridemp.blahut_arimoto([[0.9, 0.1], [0.1, 0.9]])"
PAGE = "gridemp.interactive(emaps)"


def pictures(cell):
    """The PNG image in each output of a cell, or in its HTML; None where there is none."""
    data = [output.get("data", {}) for output in cell["outputs"]]
    found = [
        each.get("image/png") or re.search('base64,(.*)"', "".join(each.get("text/html", "")))
        for each in data
    ]
    return [base64.b64decode(png[1] if isinstance(png, re.Match) else png) for png in found if png]


def is_picture(png):
    """True if an image is of some size and shows something."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return min(picture.size) > 100 and len(picture.getcolors(picture.width * picture.height)) > 10


def marimo_notebook(cells):
    """The text of a marimo notebook with these cells."""
    bodies = [indent(cell.rstrip(), "    ") for cell in cells]
    functions = [f"@app.cell\ndef _():\n{body}" for body in bodies]
    return "\n".join(["import marimo", "app = marimo.App()", *functions])
