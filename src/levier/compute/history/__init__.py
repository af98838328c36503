"""What changed: differences, mergers and the order of dates."""
