"""A comparison, or a part of it, out to files."""
