"""The explorer: a locally served page on which a maze is edited and its exact map follows.

`docs/reference/explorer.md` documents the JSON interface between the page and these files.
"""
