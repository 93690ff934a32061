"""The explorer: a page on which a maze is drawn and its exact map follows, served to one machine.

`docs/explorer.md` documents the JSON interface between the page and these files.
"""
