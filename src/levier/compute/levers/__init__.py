"""Levers: their activations, their costs, their coverage and their effects."""
