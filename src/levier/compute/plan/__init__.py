"""The life of plans: phases, milestones, delays, and what is off track."""
