"""The transformation fund: its money, its awards, its payments and its returns."""
