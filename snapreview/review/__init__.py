"""Decisions and notes: what the reviewer says of a change, kept. No Qt."""
