"""Territorial instruments at work: shares, survivors, stories, editions."""
