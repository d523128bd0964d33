"""The canvas and what feeds it."""
