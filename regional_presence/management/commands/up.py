"""Make the registry ready on this machine and serve it: the one command of the README."""

import getpass
import os
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from regional_presence import running, serving


class Command(BaseCommand):
    """Checks, migrates, loads the data where the database is new, sees to the first account, and serves."""

    help = "Makes the registry ready on this machine and serves it. A second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="Where to listen. Default: %(default)s.")
        parser.add_argument("--port", default="8000", help="Which port. Default: %(default)s.")
        parser.add_argument(
            "--workers",
            type=int,
            default=min(2, os.cpu_count() or 1),
            help="How many processes. Default: %(default)s.",
        )
        parser.add_argument(
            "--no-serve", action="store_false", dest="serve", help="Make everything ready, but do not serve."
        )

    def handle(self, *, host: str, port: str, workers: int, serve: bool, **options: Any) -> None:
        number = running.port_number(port)
        if workers < 1:
            raise CommandError(f"--workers {workers} is too few. Allowed: 1 and more.")
        running.check_folder(settings.DATA_DIR)
        if serve:
            running.check_port(host, number)
            running.check_static_files()
        with running.database_errors_in_a_sentence():
            self.prepare_database()
        self.say_where(host, number)
        if serve:
            self.stdout.write("Stop with Ctrl-C.")
            self.stdout.flush()
            serving.serve(host, number, workers)

    def prepare_database(self) -> None:
        if running.migrate():
            self.stdout.write("The database was brought up to date.")
        if running.load_fixtures():
            self.stdout.write("The registry's data was loaded.")
        if not running.has_staff():
            self.make_first_account()

    def say_where(self, host: str, port: int) -> None:
        """Say where everything is."""
        shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
        site = f"http://{shown}:{port}"
        for name, place in (
            ("Pages", f"{site}/"),
            ("Admin", f"{site}{reverse('admin:index')}"),
            ("API", f"{site}/api/v1/"),
            ("API docs", f"{site}/api/v1/docs/"),
            ("Database", running.database_name()),
            ("Data", settings.DATA_DIR),
        ):
            self.stdout.write(f"{name + ':':<10}{place}")

    def make_first_account(self) -> None:
        """Ask for the first account; where nobody can be asked, make it and print its password, once."""
        username, password = "admin", ""
        if sys.stdin is not None and sys.stdin.isatty():
            try:
                username, password = self.ask_for_account(username)
            except (EOFError, KeyboardInterrupt) as error:
                raise CommandError("Stopped before there was an account: start again.") from error
        made = running.make_first_account(username, password)
        if not password:
            self.stdout.write(
                f"First account: user name {username}, password {made}\n"
                "The password is shown this once: sign in to the admin and change it."
            )

    def ask_for_account(self, default: str) -> tuple[str, str]:
        """Return the user name and password that somebody types; an empty password means a random one."""
        self.stdout.write("There is no account for staff yet: here is the first, which may do everything.")
        username = input(f"User name [{default}]: ").strip() or default
        while password := getpass.getpass("Password (empty: a random one, shown once): "):
            try:
                validate_password(password)
            except ValidationError as error:
                self.stderr.write(" ".join(error.messages))
                continue
            if getpass.getpass("Again: ") == password:
                break
            self.stderr.write("The two differ.")
        return username, password
