"""Checks: what the data of a portfolio says that someone should look at; the rules by name, and in sets."""
