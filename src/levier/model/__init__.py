"""The domain model: immutable values, validated on construction, that know nothing of any file format."""
