"""Display of results: text in a terminal, pictures and tables in a notebook."""
