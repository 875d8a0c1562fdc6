"""Run a command on a throw-away PostgreSQL: ``python .ci/postgres.py .venv/bin/pytest``.

The cluster lives in a temporary folder, listens on a socket there alone, and is gone afterwards.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=''"


def find_server() -> Path | None:
    """Return the folder of the newest server's programs."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    found = packaged[-1] if packaged else shutil.which("initdb")
    return Path(found).parent if found else None


def install_server() -> Path:
    """Install Debian's server; only its programs are used."""
    before = [] if AS_ROOT else ["sudo"]
    subprocess.run([*before, "apt-get", "update", "-qq"], check=True)
    install = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    subprocess.run([*before, *install, "postgresql"], check=True, stdout=subprocess.DEVNULL)
    return find_server() or sys.exit("PostgreSQL was installed, but its initdb was not found.")


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster goes with us
    programs = find_server() or install_server()
    # The server refuses to run as root.
    become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if AS_ROOT else []
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: the path of a socket has at most 107 characters
    if AS_ROOT:
        shutil.chown(folder, "postgres", "postgres")

    def run(program: str, *arguments: str) -> None:
        subprocess.run([*become, programs / program, *arguments], check=True, cwd=folder, stdout=subprocess.DEVNULL)

    data = str(folder / "data")
    try:
        run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run("pg_ctl", "-D", data, "-l", str(folder / "log"), "-w", "-o", f"-k {folder} {QUICK}", "start")
        try:
            run("createdb", "-h", str(folder), "-U", "postgres", "registry")
            address = f"postgres://postgres@{quote(str(folder), safe='')}/registry"
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if sys.argv[1:] else __doc__)
