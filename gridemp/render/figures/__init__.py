"""Figures, a file for each function that draws one: maps, comparisons, curves, walks."""
