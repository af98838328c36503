"""Indicators: their values made comparable, their progress, and how they stand."""
