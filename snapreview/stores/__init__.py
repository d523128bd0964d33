"""Where images come from: one module per kind, one protocol."""
