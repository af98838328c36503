"""To look at: reports, pages and cards, in French and English; one module is the door to each optional package."""
