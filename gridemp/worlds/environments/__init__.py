"""Worlds of environments that have no table of transitions, by taking their steps."""
