"""What opening a snapshot of 50,000 images takes: time, memory, and what is asked of its server."""
