"""Computations: pure functions over the model. Time is an argument, and every result explains itself."""
