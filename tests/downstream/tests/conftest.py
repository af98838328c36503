"""A PostgreSQL of the tests' own, started from Debian's package, and the service over it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, create_engine
from suivi.pages import service
from suivi.storage import Base


def _programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, of the newest version."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    return folders[-1] if folders else Path(found).parent if found else None


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """An empty database; its server listens on a socket in a folder, on no port, and is stopped in the end."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    # PostgreSQL does not run as root; Debian's package makes a user for it.
    owner = pwd.getpwnam("postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name)
    # Other users can enter /tmp, which holds for no other folder that the environment may name.
    with tempfile.TemporaryDirectory(prefix="suivi-", dir="/tmp", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        data = folder / "data"

        def run(program: str, *arguments: str) -> None:
            command = [str(programs / program), "--pgdata", str(data), *arguments]
            done = subprocess.run(
                command,
                cwd=folder,
                user=owner.pw_uid,
                group=owner.pw_gid,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                check=False,
            )
            assert done.returncode == 0, done.stderr.decode()

        run("initdb", "--auth=trust", "--username=suivi", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "start", "--wait", "--silent", f"--log={folder}/log", f"--options={options}")
        made = create_engine(f"postgresql+psycopg://suivi@/postgres?host={folder}")
        try:
            yield made
        finally:
            made.dispose()
            run("pg_ctl", "stop", "--silent", "--mode=immediate")


@pytest.fixture
def database(engine: Engine) -> Engine:
    """The database with its tables, empty before each test."""
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    return engine


@pytest.fixture
def client(database: Engine) -> Iterator[TestClient]:
    """A client of the service."""
    with TestClient(service(database)) as made:
        yield made
