"""
A service that keeps plans and answers questions about them: FastAPI over PostgreSQL, and a queue of tasks.

It stands for the applications that are built on levier. It uses public names only, and is not part of the library.
"""

from __future__ import annotations
