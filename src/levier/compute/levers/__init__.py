"""Levers at work: who activates them, at what cost, and what moved since."""
