"""What exists: immutable values, valid on construction, that know nothing of how they are written down."""
