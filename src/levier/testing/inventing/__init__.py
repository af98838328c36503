"""
How the samples are invented, one module a subject.

Every fact cites the document that could have stated it, dated after it: so a sample answers on `documents.DAY`, and
knows less on an earlier day, as a real plan does.
"""
