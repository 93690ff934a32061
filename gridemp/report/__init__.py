"""Reports in words and numbers: captions, texts for terminals, tables, and records of provenance.

Nothing here draws or needs matplotlib.
"""
