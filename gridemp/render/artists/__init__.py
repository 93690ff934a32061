"""artists."""
