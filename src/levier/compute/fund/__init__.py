"""The transformation fund: what it holds, grants, pays and brings back."""
