"""Parts of the default names of output files, by option."""

# The part of the name that an option adds if it is not at its default, in this order. A flag adds
# its name or, if it is switched off, its name after "no-".
PARTS = {
    "slip": "slip{}",
    "slip_kind": "{}",
    "moves": "{}",
    "stay": "stay",
    "hands": "hands",
    "holding": "holding-{}",
    "heading": "heading-{}",
    "torus": "torus",
    "torus_x": "torus-x",
    "torus_y": "torus-y",
    "sensor": "sensor-{}",
    "format": "format-{}",
    "level": "level{}",
    "wall": "wall-{}",
    "legend": "legend-{}",
    "cell_size": "cells-{}px",
    "tol": "tol{}",
    "bounds": "bounds",
    "source": "{}",
    "kind": "{}",
    "discount": "discount{}",
    "known": "context-{}",
    "afterwards": "then-{}",
    "repertoire": "repertoire{}",
    # `export`
    "live": "live",
    # `bound`
    "half_steps": "half-steps{}",
    "at": "at{}",
    # `phase`
    "value": "{}",
    "path": "path{}",
    "joined": "torus-{}",
    # `walk`
    "steps": "steps{}",
    "policy": "{}",
    "temperature": "temperature{}",
    "gamma": "gamma{}",
    "prior": "prior{}",
    "curiosity": "curiosity{}",
    # `compare` and `measure`
    "samples": "samples{}",
    # `learn`
    "updates": "updates{}",
    "state": "{}",
    "trunk": "{}-trunk",
    "dynamics": "dynamics-{}",
    "transitions": "transitions{}",
    "reward": "{}",
    "sequences": "sequences-{}",
    # `audit`
    "rollouts": "rollouts{}",
    "batch": "batch{}",
    # `lander`
    "trials": "trials{}",
    "skill": "skill{}",
    "learns": "learns-{}",
    "gravity": "gravity{}",
    "wind": "wind{}",
    "human": "human",
    "resolution": "resolution{}",
    "repeats": "repeats{}",
    "grid": "grid{}",  # of a map of the lander; a flag of others
    # `mi`, and some of `lander`
    "actions": "actions-{}",
    "effects": "effects-{}",
    "context": "context-{}",
    "categorical": "categorical-{}",
    "numeric": "numeric-{}",
    "trial": "trial-{}",
    "player": "player-{}",
    "window": "window{}",
    "step": "step{}",
    "overlap": "overlap",
    "gap": "gap{}",
    "time": "time-{}",
    "time_unit": "in-{}",
    "fps": "fps{}",
    "names": "names-{}",
    "skip_missing": "skip-missing",
    "episode": "episode-{}",
    "angles": "angles-{}",
    "degrees": "degrees",
    "estimator": "{}",
    "entropies": "entropies",
    "ratings": "ratings-{}",
    "k": "k{}",
    "theiler": "theiler{}",
    "bins": "bins{}",
    "sample": "sample{}",
    "shuffles": "shuffles{}",
    "null": "{}",
    # several commands
    "seed": "seed{}",
    "seconds": "seconds{}",
    # the figure
    "columns": "columns{}",
    "width": "width-{}",
    "style": "style-{}",
    "cmap": "{}",
    "ink": "ink",
    "vmin": "vmin{}",
    "vmax": "vmax{}",
    "panel_scale": "scale-{}",
    "annotate": "{}",
    "title": "title-{}",
    "title_text": "title-{}",
    "no_title": "no-title",
    "panel_titles": "panels-{}",
    "peak": "peak",
    "no_legend": "no-legend",
    "colorbar": "colorbar",
}
# Options that hold words of the user's own, not numbers or lists of them: texts and names of files,
# and lists of columns.
OWN_WORDS = {
    *("style", "title", "title_text", "panel_titles", "trial", "player", "ratings"),
    *("time", "names", "episode"),
}
OWN_LISTS = {*("actions", "effects", "context", "categorical", "numeric", "angles")}
# Options that the commands put into the subject of the name by themselves.
IN_SUBJECT = {
    *("maze", "more", "maze_b", "store", "logs", "horizon", "over", "x", "y", "cells", "other"),
    *("start", "starts", "learn", "map", "along", "name", "estimators"),
    *("horizon_b", "slip_b", "slip_kind_b", "moves_b", "stay_b", "hands_b", "holding_b"),
    *("torus_b", "sensor_b", "source_b"),
}
# Options that leave the picture as it is: where it and other files go, what is printed, how fine
# its pixels are, by which machine and how many processes it is computed.
NO_PART = {
    *("output", "quiet", "json", "dpi", "table", "power", "checkpoint", "resume", "device"),
    "jobs",
    "lesson",  # of a live page, which shows the same maze
}
