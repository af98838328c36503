"""The State budget: appropriations voted, opened and used, and commitments that remain to be paid."""
