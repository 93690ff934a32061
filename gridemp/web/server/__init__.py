"""The explorer: a page on which a maze is edited and its exact map follows, served locally.

`docs/explorer.md` documents the JSON interface between the page and these files.
"""
