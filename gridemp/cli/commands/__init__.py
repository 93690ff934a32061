"""The commands, each in the file of its name; slow imports stand inside functions."""
