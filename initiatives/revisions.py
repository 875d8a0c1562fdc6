"""The history: every write inside ``with revision(who, why)``, every document that changed kept as a version.

A revision locks the counter row *first*, before anything is read or written, and holds it until the commit. So writers
stand in a line: what one of them reads is what the others have left, no two ever wait for each other's rows, and numbers
rise in commit order. At its end the touched records are read, and a version is stored for each whose document differs
from its last one. Nothing differs: no revision.
"""

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Max
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.utils import timezone

from .derived_columns import bounds_left_out, in_batches, refresh_texts
from .models.history import Revision, RevisionCounter, Version
from .models.records import Part, Record, RecordPart
from .querysets import UnrevisedWriteError, unguarded
from .record_documents import (
    Key,
    RecordDocument,
    apply,
    change_for_public,
    citable_names,
    document_fields,
    document_of,
    documents_of,
    in_todays_form,
    latest_documents,
    link_keys,
    part_models,
    parts_of,
    public_document,
    record_models,
)

__all__ = [
    "ActiveRevision",
    "Key",
    "RecordDocument",
    "UnrevisedWriteError",
    "apply",
    "change_for_public",
    "citable_names",
    "current_public_number",
    "document_fields",
    "document_of",
    "documents_of",
    "latest_documents",
    "part_models",
    "parts_of",
    "public_document",
    "record_models",
    "revision",
]

# The revision under way in this thread; a thread has a database connection, and so a transaction, of its own.
_here = threading.local()


def _active() -> "ActiveRevision | None":
    return getattr(_here, "revision", None)


# ---------------------------------------------------------------- revisions


@contextmanager
def revision(who: Any, why: str) -> Iterator["ActiveRevision"]:
    """Open a revision: all writes inside are one, by ``who`` (a user, or None for the system) for the reason ``why``.

    One transaction: an exception inside undoes everything. Inside another revision it joins that one, and an exception
    undoes what is inside of it. Without a reason nothing is written.
    """
    current = _active()
    if current is not None:
        with transaction.atomic():
            yield current
        return
    with transaction.atomic():
        current = _here.revision = ActiveRevision(who, why, _locked_counter())
        try:
            yield current
            current._close()
        finally:
            _here.revision = None


def _locked_counter() -> RevisionCounter:
    """Lock the counter row until the commit; where it is missing, count on from the last revision."""

    def last(**only: Any) -> int:
        return Revision.objects.filter(**only).aggregate(last=Max("number"))["last"] or 0

    defaults: dict[str, Any] = {"number": last, "public_number": lambda: last(public=True)}
    counter, _created = RevisionCounter.objects.select_for_update().get_or_create(pk=1, defaults=defaults)
    return counter


def current_public_number() -> int:
    """Return the number of the newest revision that the public can see; 0 before the first."""
    return RevisionCounter.objects.filter(pk=1).values_list("public_number", flat=True).first() or 0


class ActiveRevision:
    """A revision under way: what it has touched, and the door for bulk work. Its ``number`` is known after it."""

    def __init__(self, who: Any, why: str, counter: RevisionCounter) -> None:
        self.who, self.why = who, why
        self.number: int | None = None
        self._counter = counter
        self._touched: dict[str, set[str]] = defaultdict(set)

    def touch(self, label: str, key: Any) -> None:
        """Note that the document of a record may change."""
        self._touched[label].add(str(key))

    def touch_rows(self, rows: Iterable[models.Model]) -> None:
        """Note the records whose documents hold some rows of one model, now or before."""
        rows = list(rows)
        for row in rows:
            if isinstance(row, Record):
                self.touch(row._meta.label_lower, row.pk)
            elif isinstance(row, Part):
                for label, key in row.owners():
                    self.touch(label, key)
            else:
                message = f"{type(row).__name__} rows are neither records nor parts of records."
                raise TypeError(message)
        # A part may come from another record.
        for keys in in_batches(row.pk for row in rows if isinstance(row, Part) and row.pk is not None):
            for part in type(rows[0])._base_manager.filter(pk__in=keys):
                for label, key in part.owners():  # type: ignore[attr-defined]
                    self.touch(label, key)

    def bulk_create(self, rows: list[Any], batch_size: int = 500) -> None:
        """Insert many rows of one model; the caller has validated them."""
        self.touch_rows(rows)
        for row in rows:
            if isinstance(row, Part) and not row.ref:
                row.ref = row.make_ref()
        if rows:
            unguarded(type(rows[0])).bulk_create(rows, batch_size=batch_size)

    def bulk_update(self, rows: list[Any], fields: list[str], batch_size: int = 500) -> None:
        """Write some fields of many rows of one model, with the bounds of their dates; the caller has validated them."""
        self.touch_rows(rows)
        if rows:
            bounds = bounds_left_out(type(rows[0]), fields)
            for row in rows:
                for bound in bounds:
                    bound.pre_save(row, add=False)
            names = [*fields, *(bound.name for bound in bounds)]
            unguarded(type(rows[0])).bulk_update(rows, names, batch_size=batch_size)

    def _close(self) -> None:
        """Store a version of each touched record whose document has changed, and what follows from that."""
        versions = [version for label, keys in self._touched.items() for version in _new_versions(label, keys)]
        if not versions:
            return
        if not self.why.strip():
            raise ValueError("A revision needs a reason: the history shows it beside every change.")
        self._number_versions(versions)
        changed: dict[str, list[Version]] = defaultdict(list)
        for version in versions:
            changed[version.record_model].append(version)
        for label, some in changed.items():
            model = apps.get_model(label)
            _stamp(model, [version.record_key for version in some if version.change], versions[0].revision)
            refresh_texts(model, [version.record_key for version in some])

    def _number_versions(self, versions: list[Version]) -> None:
        public = any(version.change for version in versions)
        self._counter.number += 1
        self.number = self._counter.number
        if public:
            self._counter.public_number = self.number
        self._counter.save()
        row = Revision(number=self.number, at=timezone.now(), who=self.who, why=self.why, public=public)
        row.who_name = self.who.get_username() if self.who is not None else ""
        unguarded(Revision).bulk_create([row])
        for version in versions:
            version.revision = row
        unguarded(Version).bulk_create(versions, batch_size=500)


def _new_versions(label: str, touched: set[str]) -> Iterator[Version]:
    """Yield a version, without its number, for each touched record whose document differs from its last version's."""
    model = apps.get_model(label)
    for keys in in_batches(sorted(touched)):
        before, now = latest_documents(label, keys), documents_of(model, keys)
        for key in keys:
            old, new = in_todays_form(model, before.get(key)), now.get(key)
            if old != new:
                yield Version(record_model=label, record_key=key, document=new, change=change_for_public(old, new))


def _stamp(model: type[Record], keys: list[str], row: Revision) -> None:
    for some in in_batches(keys):
        unguarded(model).filter(pk__in=some).update(revision=row.number, updated_at=row.at)


# ---------------------------------------------------------------- keeping watch


def current_revision(row: type[models.Model] | models.Model) -> ActiveRevision:
    current = _active()
    if current is None:
        message = f"A {row._meta.label} was written outside of “with revision(who, why)”."
        raise UnrevisedWriteError(message)
    return current


def _refuse_history(row: models.Model) -> None:
    if isinstance(row, Revision | Version):
        message = f"A {row._meta.label} is never written by hand: the history is kept by the revisions alone."
        raise UnrevisedWriteError(message)


def _before_save(sender: type[models.Model], instance: models.Model, raw: bool, **_kwargs: Any) -> None:
    _refuse_history(instance)
    if not isinstance(instance, Record | Part):
        return
    current = current_revision(instance)
    if raw:
        message = f"A {instance._meta.label} was saved raw, past its rules. Load it with the registry's loaddata."
        raise UnrevisedWriteError(message)
    if isinstance(instance, Part) and not instance.ref:
        instance.ref = instance.make_ref()
    current.touch_rows([instance])


def _after_save(sender: type[models.Model], instance: models.Model, update_fields: Any, **_kwargs: Any) -> None:
    """Write the bounds of the dates that ``save(update_fields=…)`` has left behind; the texts follow at the end."""
    if update_fields and isinstance(instance, Record | Part):
        bounds = bounds_left_out(sender, update_fields)
        if values := {bound.name: bound.pre_save(instance, add=False) for bound in bounds}:
            unguarded(sender).filter(pk=instance.pk).update(**values)


def _before_delete(sender: type[models.Model], instance: models.Model, **_kwargs: Any) -> None:
    _refuse_history(instance)
    if isinstance(instance, Record | Part):
        current = current_revision(instance)
        current.touch_rows([instance])
        for label, key in _linking_to(instance):
            current.touch(label, key)


def _after_delete(sender: type[models.Model], instance: models.Model, **_kwargs: Any) -> None:
    """Delete the rows that point to a deleted record by text; foreign keys cascade by themselves."""
    if isinstance(instance, Record):
        for part in parts_of(type(instance)):
            if issubclass(part, RecordPart):
                part.rows_of(instance._meta.label_lower, [str(instance.pk)]).delete()


def _linking_to(target: models.Model, through: Any = None) -> Iterator[Key]:
    """Yield the records that link to one, through one table of links or any."""
    for model in record_models():
        for field in model._meta.many_to_many:
            if type(target) is field.related_model and through in (None, field.remote_field.through):
                for owner, _target in link_keys(field, field.m2m_reverse_field_name(), [target.pk]):
                    yield model._meta.label_lower, str(owner)


def _before_linking(
    sender: Any, instance: models.Model, action: str, reverse: bool, model: Any, pk_set: Any, **_kwargs: Any
) -> None:
    owner = model if reverse else type(instance)
    if not action.startswith("pre_") or not issubclass(owner, Record):
        return
    current = current_revision(owner)
    if not reverse:
        current.touch_rows([instance])
    elif pk_set is not None:
        for key in pk_set:
            current.touch(owner._meta.label_lower, key)
    else:  # cleared from the far side: whoever links to it
        for label, key in _linking_to(instance, through=sender):
            current.touch(label, key)


def watch() -> None:
    """Connect the signals that keep the history: the only ones of this project."""
    pre_save.connect(_before_save, dispatch_uid="revisions.before_save")
    post_save.connect(_after_save, dispatch_uid="revisions.after_save")
    pre_delete.connect(_before_delete, dispatch_uid="revisions.before_delete")
    post_delete.connect(_after_delete, dispatch_uid="revisions.after_delete")
    m2m_changed.connect(_before_linking, dispatch_uid="revisions.before_linking")
