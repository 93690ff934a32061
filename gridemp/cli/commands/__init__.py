"""The commands, a file for each kind; what is slow to import is imported in the command."""
