"""A valid call of every public function, to be made wrong in one argument at a time."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import networkx as nx
import numpy as np
from support.audits import small_audit
from support.explorations import small_exploration
from support.lander_maps import known_curve
from support.learned import invented
from support.learning_curves import invented_grid
from support.logs import simulated_windows
from support.stores import store_of

import gridemp
from gridemp import Maze, World, agents, analysis, deep, information, lander, logs, render, sweeps
from gridemp.agents import Agent, Explorer
from gridemp.logs import Columns, FrameColumns

# Classes of results, which functions make and nobody else has to.
RESULTS = {
    "Alternation",
    "Audit",
    "Belief",
    "Capacity",
    "CellSource",
    "ConditionGrid",
    "ConditionMean",
    "Change",
    "CyclingWalk",
    "Difference",
    "EmpowermentCurve",
    "Entropies",
    "Estimates",
    "ExplorationRecord",
    "Flight",
    "Flow",
    "HalfStep",
    "LanderConditions",
    "LanderCurve",
    "LanderMap",
    "LearnedBound",
    "LearningCurve",
    "MeasureKind",
    "Peak",
    "PhaseDiagram",
    "Power",
    "PowerEstimate",
    "RankCorrelation",
    "RatingLine",
    "RatingPower",
    "RatingRelation",
    "RatingStudy",
    "Repertoire",
    "Sensitivity",
    "Skills",
    "SmallChannel",
    "SufficientContext",
    "Step",
    "Summary",
    "SweepResult",
    "StoredMaps",
    "Trend",
    "TrialEntropies",
    "TrialInformation",
    "TrialMean",
    "Walk",
}


KEPT = TemporaryDirectory()  # the folder of a store


@cache
def calls():
    """For each public callable, a function and its required arguments by name."""
    maze = Maze(np.ones((2, 3)))
    world = World.from_maze(maze)
    emap = gridemp.empowerment(world, 1)
    rng = np.random.default_rng(0)
    agent = Agent(world, 1)
    explorer = Explorer(world, 1)
    bits, gap = agents.empowerment_of_states(world, 1)
    walk = agents.walk(agent, 0, 2, rng)
    channel, source = np.eye(2), np.array([0.5, 0.5])
    cell = analysis.cell_source(world, 0, 0, 1)
    windows = simulated_windows(40)
    x = rng.normal(size=(40, 1))
    frames = Columns(
        "log",
        3,
        {"time": np.arange(3.0), "a": np.zeros(3), "x": np.arange(3.0), "y": np.zeros(3)},
        {},
    )
    columns = FrameColumns(["a"], ["x", "y"])
    curve = logs.measure(windows, logs.EstimateSettings(shuffles=19))
    entropic = logs.measure(
        simulated_windows(40, 40, 40), logs.EstimateSettings(shuffles=19), entropies=True
    )
    ratings = {(one.player, one.trial): float(i) for i, one in enumerate(entropic.trials)}
    grid = invented_grid()
    path = Path("out.csv")
    store = Path(KEPT.name, "results.zarr")
    maps = find_spec("zarr") and store_of(store, maze, horizon=[1, 2], slip=[0.0, 0.1])
    return {
        "EmpowermentMap": (
            gridemp.EmpowermentMap,
            {"world": world, "horizon": 1, "bits": emap.bits, "gap": emap.gap},
        ),
        "EmpowermentMap.at": (emap.at, {"x": 0, "y": 0}),
        "EmpowermentMap.grid": (emap.grid, {"values": emap.gap}),
        "EmpowermentMap.one_per_cell": (emap.one_per_cell, {"which": "best"}),
        "EmpowermentMap.save": (emap.save, {"path": "map.npz"}),
        "Maze": (Maze, {"floor": np.ones((2, 3)), "name": "maze", "objects": {}}),
        "Maze.from_array": (Maze.from_array, {"array": np.zeros((2, 3))}),
        "Maze.named": (maze.named, {"name": "other"}),
        "Maze.with_boxes": (maze.with_boxes, {"places": [(0, 0)]}),
        "Maze.where": (maze.where, {"letters": "T"}),
        "World": (
            World,
            {
                name: getattr(world, name)
                for name in ("maze", "actions", "successors", "probabilities", "sensor", "cell")
            },
        ),
        "World.from_maze": (
            World.from_maze,
            {"maze": maze, "moves": "king", "slip": 0.1, "torus": "x", "sensor": "row"},
        ),
        "World.from_transitions": (World.from_transitions, {"transitions": np.ones((1, 1, 1))}),
        "World.from_successors": (World.from_successors, {"transitions": [[0]]}),
        "World.from_env": (World.from_env, {"env": None, "max_states": 9}),
        "World.from_graph": (World.from_graph, {"graph": nx.path_graph(3)}),
        "World.with_sensor": (world.with_sensor, {"labels": list("aabbcc")}),
        "active_set_capacity": (gridemp.active_set_capacity, {"channel": channel, "tol": 1e-6}),
        "blahut_arimoto": (
            gridemp.blahut_arimoto,
            {"channel": channel, "tol": 1e-6, "max_iterations": 100},
        ),
        "contextual_empowerment": (
            gridemp.contextual_empowerment,
            {"world": world, "horizon": 1, "context": "row", "tol": 1e-6},
        ),
        "empowerment": (gridemp.empowerment, {"world": world, "horizon": 1, "tol": 1e-6}),
        "empowerment_bounds": (gridemp.empowerment_bounds, {"world": world, "horizon": 1}),
        "first_action_empowerment": (
            gridemp.first_action_empowerment,
            {"world": world, "horizon": 1, "afterwards": np.full(5, 0.2), "source": "uniform"},
        ),
        "format_maze": (gridemp.format_maze, {"maze": maze}),
        "environment_pictures": (
            gridemp.environment_pictures,
            {"env": None, "world": world},
        ),
        "from_gymnasium": (gridemp.from_gymnasium, {"env": None}),
        "from_minigrid": (gridemp.from_minigrid, {"env": None}),
        "heatmap": (gridemp.heatmap, {"emap": maze, "horizon": 1}),
        "horizon_sweep": (gridemp.horizon_sweep, {"world": world, "horizons": [1, 2]}),
        "impoverished_empowerment": (
            gridemp.impoverished_empowerment,
            {"world": world, "horizon": 1, "repertoire": 2, "step": 1, "tol": 1e-6},
        ),
        "information_map": (
            gridemp.information_map,
            {"world": world, "horizon": 1, "source": np.full(5, 0.2)},
        ),
        "interactive": (gridemp.interactive, {"maps": [emap]}),
        "load_map": (gridemp.load_map, {"path": "map.npz"}),
        "load_maze": (gridemp.load_maze, {"path": "klyubin"}),
        "make_maze": (gridemp.make_maze, {"kind": "open", "width": 4, "height": 3, "seed": 0}),
        "parse_maze": (gridemp.parse_maze, {"text": "..."}),
        "potential_empowerment": (
            gridemp.potential_empowerment,
            {"world": world, "discount": 0.5, "tol": 1e-6},
        ),
        "sweep": (gridemp.sweep, {"mazes": [maze], "horizons": [1], "path": "results.zarr"}),
        "Agent": (Agent, {"world": world, "horizon": 1, "policy": "soft", "temperature": 0.1}),
        "Explorer": (Explorer, {"world": world, "horizon": 1, "curiosity": 1.0}),
        "climb": (agents.climb, {"world": world, "state": 0, "horizon": 1}),
        "empowerment_of_states": (agents.empowerment_of_states, {"world": world, "horizon": 1}),
        "explore.widget": (gridemp.explore, {"maze": maze, "horizon": 1, "height": 300}),
        "explore": (agents.explore, {"explorer": explorer, "start": 0, "steps": 2, "rng": rng}),
        "flow": (agents.flow, {"agent": agent, "starts": np.arange(6)}),
        "greedy": (agents.greedy, {"world": world, "bits": bits, "gap": gap}),
        "maps_along": (agents.maps_along, {"agent": agent, "states": np.arange(2)}),
        "plan": (agents.plan, {"world": world, "bits": bits, "gamma": 0.5}),
        "prior_belief": (agents.prior_belief, {"world": world, "prior": 0.1}),
        "soft": (agents.soft, {"world": world, "bits": bits, "temperature": 0.1}),
        "start_state": (agents.start_state, {"agent": agent, "x": 0, "y": 0}),
        "walk": (agents.walk, {"agent": agent, "start": 0, "steps": 2, "rng": rng}),
        "cell_alternation": (
            analysis.cell_alternation,
            {"world": world, "x": 0, "y": 0, "horizon": 1, "half_steps": 4, "moments": [1]},
        ),
        "cell_repertoire": (
            analysis.cell_repertoire,
            {"world": world, "x": 0, "y": 0, "horizon": 1, "repertoire": 2, "step": 1},
        ),
        "cell_skills": (analysis.cell_skills, {"world": world, "x": 0, "y": 0, "discount": 0.5}),
        "cell_source": (analysis.cell_source, {"world": world, "x": 0, "y": 0, "horizon": 1}),
        "centrality": (analysis.centrality, {"world": world, "which": "degree"}),
        "difference": (analysis.difference, {"one": emap, "other": emap}),
        "empowerment_curve": (
            analysis.empowerment_curve,
            {"world": world, "horizons": [1, 2], "cells": [(0, 0)]},
        ),
        "estimate_power": (
            analysis.estimate_power,
            {"world": world, "discount": 0.5, "samples": 2, "seed": 0},
        ),
        "expected_plug_in": (
            analysis.expected_plug_in,
            {"world": world, "horizon": 1, "rollouts": 2},
        ),
        "measure.analysis": (
            analysis.measure,
            {"world": world, "which": "entropy", "horizon": 1, "discount": 0.5},
        ),
        "sensitivity": (analysis.sensitivity, {"maze": maze, "horizon": 1, "cell": (0, 0)}),
        "sufficient_context": (analysis.sufficient_context, {"world": world, "horizon": 1}),
        "AuditOptions": (
            deep.AuditOptions,
            {"rollouts": 1, "repeats": 2, "seed": 0, "updates": 1, "batch": 2},
        ),
        "audit": (
            lambda world, horizon, estimators: deep.audit(
                world, horizon, estimators, deep.AuditOptions(repeats=2, updates=1)
            ),
            {"world": world, "horizon": 1, "estimators": ["plug-in"]},
        ),
        "TrainingOptions": (
            deep.TrainingOptions,
            {"updates": 3, "seed": 0, "state": "planes", "channels": 8, "dynamics": "given"},
        ),
        "load_learned": (lambda path: deep.load_learned(path), {"path": path}),
        "train": (lambda exact: deep.train(exact), {"exact": emap}),
        "alternate": (information.alternate, {"channel": channel, "source": source}),
        "best_planning": (information.best_planning, {"channel": channel, "source": source}),
        "best_source": (information.best_source, {"channel": channel, "planning": channel}),
        "donsker_varadhan_bound": (
            information.donsker_varadhan_bound,
            {"channel": channel, "source": source, "scores": channel},
        ),
        "entropy": (information.entropy, {"p": source}),
        "info_nce_bound": (
            information.info_nce_bound,
            {"channel": channel, "source": source, "scores": channel, "inputs": 2},
        ),
        "kl_divergence": (information.kl_divergence, {"p": source, "q": source}),
        "mutual_information": (information.mutual_information, {"joint": channel / 2}),
        "nguyen_wainwright_jordan_bound": (
            information.nguyen_wainwright_jordan_bound,
            {"channel": channel, "source": source, "scores": channel},
        ),
        "pearson": (information.pearson, {"x": [1, 2], "y": [3, 5]}),
        "ranks": (information.ranks, {"x": [1, 2]}),
        "shared_entropy": (information.shared_entropy, {"joint": channel / 2}),
        "spearman": (information.spearman, {"x": [1, 2], "y": [3, 5]}),
        "transmitted_information": (
            information.transmitted_information,
            {"channel": channel, "source": source},
        ),
        "variational_bound": (
            information.variational_bound,
            {"channel": channel, "source": source, "planning": channel},
        ),
        "MapSettings": (
            lander.MapSettings,
            {"horizon": 1, "frames": 5, "resolution": 0.1, "repeats": 1, "shape": (2, 2)},
        ),
        "RecordingSettings": (
            lander.RecordingSettings,
            {"trials": 1, "seconds": 1.0, "gravity": 10.0, "wind": (0.0, 0.0)}
            | {"conditions": [(10.0, 0.0)]},
        ),
        "lander_conditions": (
            lander.lander_conditions,
            {"settings": lander.MapSettings(1, 5), "gravities": [10.0], "winds": [0.0]},
        ),
        "lander_curve": (
            lander.lander_curve,
            {"flight": known_curve().flight, "settings": lander.MapSettings(1, 5)},
        ),
        "read_flight": (lander.read_flight, {"path": path}),
        "save_curve_csv": (lambda curve: lander.save_curve_csv(curve, path), {"curve": None}),
        "lander_map": (lander.lander_map, {"settings": lander.MapSettings(1, 5), "gravity": 10}),
        "make_lander": (lander.make_lander, {"gravity": 10.0, "wind": 0.0}),
        "record": (lander.record, {"path": path, "settings": lander.RecordingSettings(1, 1)}),
        "record_person": (lander.record_person, {"path": path}),
        "save_conditions_csv": (
            lambda result: lander.save_conditions_csv(result, path),
            {"result": None},
        ),
        "save_csv": (lambda lmap: lander.save_csv(lmap, path), {"lmap": None}),
        "EstimateSettings": (
            logs.EstimateSettings,
            {"estimator": "ksg", "k": 3, "shuffles": 19, "null": "shift", "seed": 0}
            | {"theiler": 2},
        ),
        "FrameColumns": (FrameColumns, {"keys": ["a"], "states": ["x"]}),
        "Trial": (
            logs.Trial,
            {"player": "", "trial": "1", "actions": x, "effects": x, "context": x},
        ),
        "Columns": (logs.Columns, {"name": "log", "rows": 0, "numbers": {}, "labels": {}}),
        "Windows": (
            logs.Windows,
            {"name": "log", "trials": windows.trials, "actions": ("a", "b"), "effects": ("e",)}
            | {"context": (), "by": "trial"},
        ),
        "are_codes": (logs.are_codes, {"values": np.arange(4.0)}),
        "as_categories": (logs.as_categories, {"log": frames, "names": ["a"]}),
        "binned": (logs.binned, {"x": x, "bins": 2}),
        "condition_grid": (logs.condition_grid, {"curve": grid.curve}),
        "frenzel_pompe": (logs.frenzel_pompe, {"x": x, "y": x, "z": x, "theiler": 1}),
        "gaussian_copula": (logs.gaussian_copula, {"x": x, "y": x}),
        "kozachenko_leonenko": (logs.kozachenko_leonenko, {"x": x}),
        "rate_gains": (
            logs.rate_gains,
            {"information": {"": [0.1, 0.4, 0.2]}, "ratings": {"": [1.0, 3.0, 2.0]}},
        ),
        "rating_power": (logs.rating_power, {"players": 2, "trials": 5, "runs": 2}),
        "rating_study": (logs.rating_study, {"curve": entropic, "ratings": ratings}),
        "ratings_of": (logs.ratings_of, {"log": frames, "column": "a"}),
        "ksg": (logs.ksg, {"x": x, "y": x, "k": 3, "theiler": 1}),
        "mixed_ksg": (logs.mixed_ksg, {"x": x, "y": x, "z": x, "k": 3, "theiler": 1}),
        "measure": (logs.measure, {"windows": windows, "settings": logs.EstimateSettings()}),
        "plug_in": (logs.plug_in, {"x": x, "y": x}),
        "power": (lambda windows, k: next(logs.power(windows, k=k)), {"windows": 40, "k": 3}),
        "read_columns": (logs.read_columns, {"path": path, "select": lambda names: (names, ())}),
        "read_logs": (logs.read_logs, {"paths": [path], "select": lambda names: (names, ())}),
        "save_curve": (logs.save_curve, {"curve": curve, "path": path, "suffix": ".csv"}),
        "windows_of_frames": (
            logs.windows_of_frames,
            {"log": frames, "columns": columns, "length": 1.0},
        ),
        "windows_of_rows": (
            logs.windows_of_rows,
            {"log": frames, "actions": ["a"], "effects": ["x"]},
        ),
        "alternation_figure": (
            render.alternation_figure,
            {"alternation": analysis.cell_alternation(world, 0, 0, 1, 4)},
        ),
        "cell_figure": (render.cell_figure, {"source": cell}),
        "audit_figure": (
            render.audit_figure,
            {"audit": small_audit(), "estimator": "plug-in"},
        ),
        "compare_figure": (
            render.compare_figure,
            {"emap": emap, "values": emap.bits, "label": "bits"},
        ),
        "difference_figure": (render.difference_figure, {"one": emap, "other": emap}),
        "draw_condition_grid": (render.draw_condition_grid, {"grid": grid}),
        "draw_curve": (render.draw_curve, {"curve": analysis.empowerment_curve(world, [1])}),
        "draw_flow": (render.draw_flow, {"flow": agents.flow(agent, np.arange(6))}),
        "draw_lander_conditions": (render.draw_lander_conditions, {"result": None}),
        "draw_lander_curve": (render.draw_lander_curve, {"curve": None}),
        "draw_lander_map": (render.draw_lander_map, {"lmap": None}),
        "draw_learning_curve": (render.draw_learning_curve, {"curve": curve}),
        "draw_maze": (render.draw_maze, {"maze": maze}),
        "draw_measure": (
            render.draw_measure,
            {"world": world, "values": emap.bits, "label": "bits"},
        ),
        "draw_repertoire": (
            render.draw_repertoire,
            {"world": world, "repertoire": analysis.cell_repertoire(world, 0, 0, 2, 3)},
        ),
        "draw_sensitivity": (
            render.draw_sensitivity,
            {"result": analysis.sensitivity(maze, 1)},
        ),
        "draw_skills": (
            render.draw_skills,
            {"world": world, "skills": analysis.cell_skills(world, 0, 0, 0.5)},
        ),
        "draw_source": (render.draw_source, {"source": cell}),
        "draw_trail": (render.draw_trail, {"emap": emap, "walk": walk}),
        "draw_world": (render.draw_world, {"world": world}),
        "entropies_figure": (render.entropies_figure, {"curve": entropic}),
        "ratings_figure": (
            render.ratings_figure,
            {"study": logs.rating_study(entropic, ratings)},
        ),
        "exploration_figure": (render.exploration_figure, {"record": small_exploration()}),
        "learned_figure": (render.learned_figure, {"learned": invented()}),
        "state_pictures": (render.state_pictures, {"world": world, "cell": 4}),
        "panels": (render.panels, {"emaps": [emap]}),
        "phase_figure": (render.phase_figure, {"diagram": maps and sweeps.phase_diagram(maps)}),
        "open_maps": (sweeps.open_maps, {"path": store}),
        "phase_diagram": (
            sweeps.phase_diagram,
            {"maps": maps, "x": "slip", "y": "horizon", "value": "max"},
        ),
        "scatter_matrix": (
            render.scatter_matrix,
            {"emap": emap, "measures": {"bits": emap.bits}},
        ),
        "save_animation": (render.save_animation, {"emaps": [emap, emap], "path": Path("a.gif")}),
        "save_exploration": (
            render.save_exploration,
            {"record": small_exploration(), "path": Path("a.gif")},
        ),
        "save_figure": (
            render.save_figure,
            {"draw": lambda width: render.draw_maze(maze).figure, "path": Path("a.png")},
        ),
        "save_walk": (
            render.save_walk,
            {"emaps": [emap] * 3, "walk": walk, "path": Path("a.gif")},
        ),
    }
