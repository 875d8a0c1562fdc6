"""What tests share: the registry's own data, loaded once for a module that asks for it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import translation


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Use every core for the whole suite, and one process for named tests: they are done before a second one starts."""
    return 0 if config.args_source is pytest.Config.ArgsSource.ARGS else None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Test SQLite in a file, as it runs: threads that share it in memory do not wait for each other."""
    if connections["default"].vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connections["default"].settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Begin every test in English: a page asked for in another language leaves that one active."""
    with translation.override("en"):
        yield


# The rows that loading made, by table: the first module of a run loads, the others put the rows back, which is quicker.
_rows: dict[str, list[tuple[Any, ...]]] = {}


def _load() -> None:
    call_command("loaddata", "*", verbosity=0)
    with connection.cursor() as cursor:
        for label in ("initiatives", "centres"):
            for model in apps.get_app_config(label).get_models(include_auto_created=True):
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"SELECT * FROM {table}")
                _rows[table] = cursor.fetchall()


def _put_back() -> None:
    with connection.cursor() as cursor:
        for table, rows in _rows.items():
            if rows:
                places = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows)


@pytest.fixture(scope="module")
def loaded(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """Load fixtures/ for one module, and undo it afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        _put_back() if _rows else _load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def registry(loaded: None, db: None) -> None:
    """Give a test the registry's own data, in a transaction of its own."""


@pytest.fixture
def editor(db: None) -> Any:
    """Give a member of staff who may do everything; without a password, which takes a second to make."""
    return get_user_model().objects.create(username="editor", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(client: Any, editor: Any) -> Any:
    """Give a browser in which the editor is logged in."""
    client.force_login(editor)
    return client
