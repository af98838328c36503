"""The State budget: what was voted, opened, used, and what remains to be paid."""
