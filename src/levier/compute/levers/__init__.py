"""Levers at work: who pulls them, at what cost, and what moved since."""
