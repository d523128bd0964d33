"""Turns two manifests into a comparison, in the background and without Qt."""
