"""Checks of a portfolio's data: the rules, alone and in sets."""
