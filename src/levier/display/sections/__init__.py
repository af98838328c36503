"""The sections of a report, one module each: a view of a portfolio in, a section out."""
