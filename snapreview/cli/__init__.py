"""The command line: what needs no window. Never imports Qt."""
