"""Reports in words and numbers: captions, texts for terminals, tables, and records of provenance.

Nothing here draws, so nothing here needs matplotlib.
"""
