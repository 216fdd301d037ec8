"""Writes: storing records, deciding which product they describe, and whole passes over a source."""
