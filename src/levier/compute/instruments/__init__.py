"""Territorial instruments at work: shares, stage_attrition, stories, editions."""
