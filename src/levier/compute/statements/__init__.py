"""Statements: which of several documents' statements of one fact is in force on a day."""
