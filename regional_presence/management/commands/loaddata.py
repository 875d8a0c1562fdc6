"""Load fixtures of records through the registry's own door: one revision, validated, existing records left alone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.loaddata import Command as DjangoCommand

from initiatives.fixture_files import BadRowsError, bundle, fixture_paths, read_rows
from initiatives.loading import changes_asked, load, update
from initiatives.revisions import revision


class Command(DjangoCommand):
    """Django's loaddata, with the records' history and rules kept."""

    help = "Loads fixtures: one revision, every row validated, existing records left alone. “*” stands for all of fixtures/."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--update",
            action="store_true",
            help="Show how existing records differ from the fixtures, ask, and change them.",
        )
        parser.add_argument(
            "--no-input", action="store_false", dest="ask", help="With --update: change them without asking."
        )
        parser.add_argument("--why", default="Fixtures loaded", help="The reason kept in the history.")

    def handle(self, *fixture_labels: str, **options: Any) -> None:
        if not options["why"].strip():
            raise CommandError("Say why: the history shows the reason.")
        self.update, self.ask, self.why = options["update"], options["ask"], options["why"]
        super().handle(*fixture_labels, **options)

    def loaddata(self, fixture_labels: Sequence[str]) -> None:
        """Load all fixtures, or nothing."""
        self.serialization_formats = ["json"]
        self.compression_formats = {None: (open, "rb")}  # type: ignore[dict-item]
        try:
            paths = [path for label in fixture_labels for path in self.paths_of(label)]
            bundles = bundle(row for path in paths for row in read_rows(path))
            with revision(None, self.why) as current:
                created = load(bundles, current)
                updated = self.update_existing(bundles) if self.update else 0
        except BadRowsError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        if self.verbosity >= 1:
            left = len(bundles) - created - updated
            self.stdout.write(f"{created} records created, {updated} updated, {left} left as they were.")

    def paths_of(self, label: str) -> list[Path]:
        """Return the files that a label names; “*” names all of the registry's own."""
        return fixture_paths() if label == "*" else [Path(file) for file, _folder, _name in self.find_fixtures(label)]

    def update_existing(self, bundles: list[Any]) -> int:
        """Show how existing records differ, ask, and change them."""
        changes = list(changes_asked(bundles))
        for each, now, then in changes:
            self.stdout.write(str(each.row))
            for name in then:
                if then[name] != now.get(name):
                    self.stdout.write(f"  {name}: {now.get(name)!r} → {then[name]!r}")
        if changes and self.ask and input(f"Change these {len(changes)} records? [yes/no] ").strip().lower() != "yes":
            raise CommandError("Nothing was changed.")
        return update(changes)
