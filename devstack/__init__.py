"""Starts real PostgreSQL, Valkey and Elasticsearch on a bare machine, and the whole main job on top of them.

`python -m devstack up|down|status|run|exec`; README's `make` targets call it. It knows nothing of Django: the main job
is a table of commands (mainjob.py). All it writes stands under `.devstack/` of the checkout, but for PostgreSQL's data
where an unprivileged user cannot reach the checkout (postgres_home.py).
"""
