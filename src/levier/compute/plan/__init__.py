"""The life of plans: time in phases, slip, and the words in which plans are told."""
