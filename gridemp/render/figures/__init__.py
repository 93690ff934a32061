"""Figures, a file for each function that draws one: maps, comparisons, curves, walks."""

DPI = 200  # pixels per inch of a figure in a file
