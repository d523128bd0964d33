"""Pictures of every mode and state of the window, and the test that compares them."""
