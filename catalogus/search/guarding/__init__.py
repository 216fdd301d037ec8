"""Search that is never away: an engine that does not answer is left alone, and the database answers in its place.

`breaker` says when the engine is asked, `asking` is the way to it, `slots` says how many the database answers at a
time, `capped` and `guarded` are the backends made of these.
"""
