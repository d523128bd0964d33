"""How the window keeps up: lists of 50,000 rows, large images, walking, results that stream in."""
