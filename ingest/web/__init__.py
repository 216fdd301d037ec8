"""Pages about what was brought in."""
