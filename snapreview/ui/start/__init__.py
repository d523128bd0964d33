"""What helps to choose on the start page: what a text is, and what can be chosen there."""
