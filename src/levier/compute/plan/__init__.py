"""Plans: how programmes, reforms, projects and levers stand, and what someone should look at."""
