"""Environments of Gymnasium."""

import gymnasium


def newest(name):
    """The id of the newest version of an environment that is installed, such as Taxi-v4 of Taxi."""
    versions = [spec.version for spec in gymnasium.registry.values() if spec.name == name]
    return f"{name}-v{max(versions)}"
