"""Worlds: effects of actions and sensor readings, as finite controlled Markov chains.

A `World` is made from a maze, a table of transition probabilities, a graph, or a Gymnasium or
MiniGrid environment.
"""
