"""Print by how many bytes a process grows when a contestant loads a document: its name and the file are given."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from contestants import contestant


def pages() -> int:
    """Return how many pages of memory this process holds."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])


if __name__ == "__main__":
    data, codec = Path(sys.argv[2]).read_bytes(), contestant(sys.argv[1])
    codec.loads(b'{"format":"levier","version":1,"generator":""}')
    gc.collect()
    before = pages()
    held = codec.loads(data)
    gc.collect()
    print((pages() - before) * os.sysconf("SC_PAGE_SIZE"))
