"""The panel at the right: what is known of an image, and what was decided. See panel.py."""
