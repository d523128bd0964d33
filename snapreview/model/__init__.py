"""The words every room speaks: pure values and rules, no I/O, no threads, no Qt."""
