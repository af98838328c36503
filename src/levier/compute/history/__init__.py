"""History of portfolios: differences, merges and timelines."""
