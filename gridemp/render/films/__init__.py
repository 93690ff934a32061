"""films."""
