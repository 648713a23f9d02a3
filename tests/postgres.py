"""A real PostgreSQL for the tests: a server of its own in a temporary folder, on a free port, as an unprivileged account, stopped at the end."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

psycopg = pytest.importorskip("psycopg")

SERVICE, SECRET = "service", "s3cret-ne-se-dit-pas"


def programs() -> Path | None:
    """The folder of the newest server of this machine that has pgvector."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True
    )
    with_vector = (
        folder
        for folder in found
        if Path(f"/usr/share/postgresql/{folder.parent.name}/extension/vector.control").exists()
    )
    return next(with_vector, None)


@dataclass
class Server:
    """A server that can be stopped and started again."""

    folder: Path
    programs: Path
    port: int
    made: int = field(default=0)
    connections: int = 40

    def _as_owner(self, *command: str) -> None:
        if os.getuid() == 0:  # PostgreSQL refuses root
            command = ("runuser", "-u", "postgres", "--", *command)
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd="/")
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"

    def make(self) -> None:
        data = self.folder / "data"
        (self.folder / "secret").write_text(SECRET)
        if os.getuid() == 0:
            owner = pwd.getpwnam("postgres")
            for path in (self.folder, self.folder / "secret"):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        self._as_owner(
            str(self.programs / "initdb"), "-D", str(data), "-U", "postgres", "-A", "scram-sha-256", f"--pwfile={self.folder / 'secret'}",
            "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        self.start()
        with self.admin("template1") as admin:
            admin.execute(f"CREATE ROLE {SERVICE} LOGIN PASSWORD '{SECRET}'")
            admin.execute(f"CREATE ROLE assistant_lecteur NOLOGIN; GRANT assistant_lecteur TO {SERVICE}")

    def start(self) -> None:
        settings = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off -c max_connections={self.connections}"
        self._as_owner(
            str(self.programs / "pg_ctl"),
            "-D",
            str(self.folder / "data"),
            "-l",
            str(self.folder / "log"),
            "-w",
            "-o",
            settings,
            "start",
        )

    def stop(self) -> None:
        self._as_owner(
            str(self.programs / "pg_ctl"), "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop"
        )

    def admin(self, base: str) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self.address(base, "postgres"), autocommit=True)

    def address(self, base: str, login: str = SERVICE, secret: str = SECRET) -> str:
        return f"postgresql://{login}:{secret}@127.0.0.1:{self.port}/{base}"

    def base(self, *, with_vector: bool = True) -> str:
        """The address of a new database, of the service's own."""
        self.made += 1
        name = f"essai_{self.made}"
        with self.admin("postgres") as admin:
            admin.execute(f"CREATE DATABASE {name} OWNER {SERVICE}")
        if with_vector:
            with self.admin(name) as admin:
                admin.execute("CREATE EXTENSION vector")
        return self.address(name)


def without_vector(programs: Path, place: Path) -> Path:
    """A copy of a server's programs to which pgvector was never added: they look for what can be added beside themselves."""
    version = programs.parent.name
    copied = place / "usr" / "lib" / "postgresql" / version / "bin"
    shutil.copytree(programs, copied)
    (copied.parent / "lib").symlink_to(programs.parent / "lib")
    share = shutil.copytree(
        f"/usr/share/postgresql/{version}", place / "usr" / "share" / "postgresql" / version, symlinks=True
    )
    for control in (share / "extension").glob("vector*"):
        control.unlink()
    for folder in (place, *copied.relative_to(place).parents, *share.relative_to(place).parents):
        (place / folder).chmod(
            0o755
        )  # the server's account reads it, whatever umask a page served here left behind
    return copied


@contextmanager
def running(programs: Path) -> Iterator[Server]:
    """A server of its own, stopped and gone at the end."""
    made = Server(Path(tempfile.mkdtemp(prefix="essai-postgres-", dir="/tmp")), programs, _free_port())
    try:
        made.make()
        yield made
    finally:
        if (made.folder / "data" / "postmaster.pid").exists():
            made.stop()
        shutil.rmtree(made.folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running server, one for the process."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL with pgvector is not installed (.ci/system-packages)")
    with running(found) as made:
        yield made
