"""Clone the repository as a newcomer does, run the README's command there, and ask the portal for its doors."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

SITE = ("127.0.0.1", 8000)
DOORS = ("/", "/ar/", "/admin/", "/api/v1/centres/")
SECONDS_TO_FIRST_PAGE = 60


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def is_up() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(SITE) == 0


def wait_until_up(process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 10 * 60
    while not is_up():
        if process.poll() is not None:
            sys.exit(f"The command ended with status {process.returncode} before the portal answered.")
        if time.monotonic() > deadline:
            sys.exit("The portal did not answer within ten minutes.")
        time.sleep(0.1)


def ask(door: str) -> bytes:
    with urllib.request.urlopen(f"http://{SITE[0]}:{SITE[1]}{door}", timeout=30) as answer:
        body: bytes = answer.read()
        say(f"{answer.status} {door} ({len(body)} bytes)")
        return body


def main(command: str) -> None:
    if is_up():
        sys.exit(f"Port {SITE[1]} is taken: stop what listens there.")
    origin = Path(__file__).resolve().parent.parent
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        start = time.monotonic()
        subprocess.run(["git", "clone", "-q", str(origin), str(clone)], check=True)
        process = subprocess.Popen(["bash", "-c", command], cwd=clone, stdin=subprocess.DEVNULL, start_new_session=True)
        try:
            wait_until_up(process)
            bodies = {door: ask(door) for door in DOORS}  # an answer other than 200 raises
            taken = time.monotonic() - start
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGINT)
                process.wait(timeout=30)
    say(f"From the clone to every door: {taken:.0f} s")
    if taken > SECONDS_TO_FIRST_PAGE:
        sys.exit(f"That is more than {SECONDS_TO_FIRST_PAGE} s.")
    if not json.loads(bodies["/api/v1/centres/"])["count"]:
        sys.exit("The API knows no centre.")
    if is_up():
        sys.exit("The portal still answers after Ctrl-C.")


if __name__ == "__main__":
    main(sys.argv[1])
