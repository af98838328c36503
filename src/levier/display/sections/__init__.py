"""The sections of a report, one module each: each takes a view of a portfolio and returns a section."""
