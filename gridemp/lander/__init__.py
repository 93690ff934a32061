"""Lunar Lander: logs of play, and the empowerment of the lander as an estimate.

Needs Gymnasium with Box2D: `pip install "gridemp[lander]"`. The physics are those of
LunarLander-v3.
"""
