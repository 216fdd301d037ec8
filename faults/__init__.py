"""Faults, tried for real: engine, queue and our own processes are stopped, frozen and killed while people search.

Run by hand with `make faults`.
"""
