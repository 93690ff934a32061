"""How much a player's actions determine what happens, measured from logs.

Needs SciPy: `pip install "gridemp[logs]"`. The number is a mutual information I(A; E) of what a
player did in short windows of time and what happened in them: what the player's own actions tell
about their effects, which is at most what any way of acting could, the channel capacity.
"""
