"""Writes. Each module owns one kind of change; all of them mark the documents they make stale in the outbox."""
