"""``manage.py up``: ready at the first run, unchanged by the second, and one sentence where it cannot be."""

import io
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from initiatives.models import Revision
from regional_presence import running

SITE = "http://127.0.0.1"


@pytest.fixture
def taken() -> Any:
    """Give a port on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def manage(*arguments: str, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, settings.BASE_DIR / "manage.py", *arguments],
        env={**os.environ, "DATABASE_URL": "", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def up(monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> str:
    """Make everything ready in the test's own database, as where nobody can be asked; return what was said."""
    monkeypatch.setattr(settings, "DATA_DIR", data_dir)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    said = io.StringIO()
    call_command("up", serve=False, stdout=said)
    return said.getvalue()


def test_a_second_run_loads_nothing_and_makes_no_account(
    db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = up(monkeypatch, tmp_path)
    assert Revision.objects.count() == get_user_model().objects.count() == 1
    second = up(monkeypatch, tmp_path)
    assert Revision.objects.count() == get_user_model().objects.count() == 1
    assert "password" in first
    assert "password" not in second
    assert f"{SITE}:8000/" in second


def test_the_one_time_password_opens_the_admin(client: Any, db: None) -> None:
    password = running.make_first_account("admin")
    assert len(password) >= 16
    client.post("/admin/login/", {"username": "admin", "password": password})
    assert client.get("/admin/").status_code == 200


def test_a_taken_port_is_named(taken: int) -> None:
    with pytest.raises(CommandError, match=f"The port {taken} is taken"):
        running.check_port("127.0.0.1", taken)


def test_an_unknown_host_is_named() -> None:
    with pytest.raises(CommandError, match=re.escape("Nothing can listen at 192.0.2.1, port 8000")):
        running.check_port("192.0.2.1", 8000)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "", "http", "８０", "8000.0", "9" * 5000])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(CommandError, match="Allowed: a number from 1 to 65535"):
        running.port_number(text)


def test_a_database_newer_than_the_code_is_left_alone(db: None) -> None:
    MigrationRecorder(connection).record_applied("centres", "9999_from_tomorrow")
    with pytest.raises(CommandError, match=r"newer than this code.*centres\.9999_from_tomorrow"):
        running.migrate()


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="file cannot be written"):
        running.check_folder(tmp_path / "file")


def test_a_full_disk_is_one_sentence(db: None) -> None:
    with pytest.raises(CommandError, match="database or disk is full"), running.database_errors_in_a_sentence():
        raise DatabaseError("database or disk is full")


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL is no address"),
        ({"DATABASE_URL": "mysql://root@host/name"}, "DATABASE_URL is no address"),
        ({"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}, "cannot be reached"),
        ({"DATA_DIR": __file__, "SECRET_KEY": ""}, "set DATA_DIR to one that can"),
        ({"DEBUG": "perhaps"}, "neither yes nor no"),
    ],
)
def test_what_stands_in_the_way_is_told_in_one_sentence(
    environment: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    process = manage("up", "--no-serve", **{"DATA_DIR": str(tmp_path), **environment})
    said, error = process.communicate(timeout=60)
    assert process.returncode == 1
    assert sentence in error
    assert (said, error.count("\n")) == ("", 1)


def test_up_serves_and_stops_with_the_terminal(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    process = manage("up", "--port", str(port), DATA_DIR=str(tmp_path))
    try:
        deadline = time.monotonic() + 60
        while not _answers(f"{SITE}:{port}/admin/login/"):
            assert process.poll() is None
            assert time.monotonic() < deadline
        os.killpg(process.pid, signal.SIGINT)  # what Ctrl-C sends: to the server and its workers at once
        said, error = process.communicate(timeout=20)  # ends when the last worker has let go of the pipe
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    assert (process.returncode, error) == (0, "")
    assert f"{SITE}:{port}/api/v1/" in said


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except OSError:
        time.sleep(0.05)
        return False
