"""Worlds: what actions do and what is sensed, as finite controlled Markov chains.

`World` is made from a maze, a table of transition probabilities, a graph, or an environment of
Gymnasium or MiniGrid.
"""
