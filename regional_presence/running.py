"""The work of ``manage.py up`` before it serves: see whether this machine can, and make the database ready.

Whatever stands in the way is a CommandError: one sentence that says what to do, and exit status 1.
"""

import errno
import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from initiatives.models import Revision


def port_number(text: str) -> int:
    """Return the port that a text names."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 65535):
        raise CommandError(f"“{text}” is not a port. Allowed: a number from 1 to 65535.")
    return int(text)


def check_port(host: str, port: int) -> None:
    """Raise where nothing can listen at host and port."""
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            if os.name == "posix":  # elsewhere this option takes the port from whoever has it
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CommandError(
                f"The port {port} is taken: stop what listens there, or choose another with --port."
            ) from error
        raise CommandError(f"Nothing can listen at {host}, port {port}: {error.strerror}.") from error


def check_folder(folder: Path) -> None:
    """Raise where the data folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"0")
    except OSError as error:
        raise CommandError(
            f"The folder {folder} cannot be written ({error.strerror}): set DATA_DIR to one that can."
        ) from error


def database_name() -> str:
    """Say which database it is, without its password."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(values["NAME"])
    place = ":".join(str(values[part]) for part in ("HOST", "PORT") if values[part])
    return f"{values['NAME']} ({connection.display_name}{f' at {place}' if place else ''})"


@contextmanager
def database_errors_in_a_sentence() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        reason = " ".join(str(error).split()).rstrip(".?")
        raise CommandError(f"The database {database_name()} cannot be reached or written: {reason}.") from error


def migrate() -> bool:
    """Bring the database up to this version of the code; return whether there was anything to do."""
    executor = MigrationExecutor(connection)
    loader = executor.loader
    known = {*loader.disk_migrations, *(old for each in loader.disk_migrations.values() for old in each.replaces)}
    newer = sorted(".".join(key) for key in set(loader.applied_migrations) - known if key[0] in loader.migrated_apps)
    if newer:
        raise CommandError(
            f"The database {database_name()} is newer than this code, which does not know {', '.join(newer)}: "
            "update the code, or restore a backup made with it."
        )
    if not executor.migration_plan(loader.graph.leaf_nodes()):
        return False
    call_command("migrate", verbosity=0, interactive=False)
    return True


def load_fixtures() -> bool:
    """Load the registry's data into a database that holds no revision yet; return whether it did."""
    if Revision.objects.exists():
        return False
    call_command("loaddata", "*", verbosity=0)
    return True


def has_staff() -> bool:
    return get_user_model()._default_manager.filter(is_staff=True, is_active=True).exists()


def make_first_account(username: str, password: str = "") -> str:
    """Make the first account of staff, who may do everything; return its password, a random one where none is given."""
    password = password or secrets.token_urlsafe(12)
    get_user_model()._default_manager.create_superuser(username=username, password=password)
    return password


def check_static_files() -> None:
    """Raise where production lacks the files that the deployment makes."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if settings.PRODUCTION and not manifest.exists():
        raise CommandError(f"{manifest} is missing: run “manage.py collectstatic” first.")
