"""Quality of service: rates with their counts, shares with their interval, marks and bands."""
