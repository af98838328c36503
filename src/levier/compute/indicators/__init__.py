"""Indicators: comparable values, progress, status and attainment."""
