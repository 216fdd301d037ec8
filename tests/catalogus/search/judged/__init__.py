"""The judged set: queries as teachers type them over a fixed catalogue, with what is worth finding; see README.md.

A package, so that its catalogue is loaded once for all its tests and gone before any other test starts.
"""
