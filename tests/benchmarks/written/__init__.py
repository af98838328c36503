"""Modules of models as users of other libraries write them: `source` writes one, `checks` is what it imports."""
