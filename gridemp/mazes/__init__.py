"""Mazes: the `Maze` class, text formats, bundled mazes and random mazes."""
