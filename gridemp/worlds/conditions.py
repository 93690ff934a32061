"""What a title must say of a world: what is not the default, and the noise."""


def in_words(moves: str, stay: bool, torus: str, sensor: str, slip: float, slip_kind: str) -> str:
    """The options of `World.from_maze` in words, such as "king moves, no stay, slip 0.1"."""
    parts = [{"nesw": "", "king": "king moves", "turn": "turning"}[moves]]
    parts += ["" if stay else "no stay"]
    parts += [{"": "", "xy": "torus"}.get(torus, f"torus in {torus}")]
    parts += ["" if sensor == "state" else f"{sensor} sensor"]
    kind = "" if slip_kind == "uniform" else f"{slip_kind} "
    parts += [f"{kind}slip {slip}" if slip else "no noise"]
    return ", ".join(filter(None, parts))


def sensed_through(text: str, sensor: str) -> str:
    """The same with another sensor, or with none that is worth a word."""
    parts = [part for part in text.split(", ") if part and not part.endswith(" sensor")]
    return ", ".join([*parts, f"{sensor} sensor"] if sensor else parts)
