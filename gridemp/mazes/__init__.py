"""Mazes: the `Maze` itself, its texts in several formats, bundled mazes and random ones."""
