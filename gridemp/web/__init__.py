"""Pages for the browser: the live explorer with its local server, and exported pages of maps."""
