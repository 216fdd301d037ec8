"""Measurements: each a ratio against a bare peer in the same run. Run by hand with `make bench`."""
