"""Display: reports, pages and cards, in French and English; each optional package is imported by one module."""
