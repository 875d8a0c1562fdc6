"""The history: every write inside ``with revision(who, why)``, every document that changed kept as a version.

A *document* is what a record says of itself: its own fields, its links (as keys) and its parts (features, citations,
locations, …) by their refs, as plain JSON. ``document_of`` reads it, ``apply`` writes it; history, restore, proposals,
imports, dumps and the change feed are made of the two.

At the end of a revision the counter row is locked *first*; then the touched records are read, so that what another writer
committed meanwhile is seen, and a version is stored for each document that differs from its last one. The lock is held
until the commit, so numbers rise in commit order. Nothing differs: no revision.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Max, OuterRef, Subquery
from django.db.models.signals import m2m_changed, post_delete, pre_delete, pre_save
from django.utils import timezone

from .fields import ComputedTextField
from .models.records import Change, Part, Record, RecordPart, Revision, RevisionCounter, Version
from .querysets import UnrevisedWriteError

RecordDocument = dict[str, Any]
Key = tuple[str, str]

_active: ContextVar["ActiveRevision | None"] = ContextVar("active_revision", default=None)


# ---------------------------------------------------------------- what a document holds


@cache
def record_models() -> tuple[type[Record], ...]:
    """Return every model of records, ground storey first."""
    return tuple(model for model in apps.get_models() if issubclass(model, Record))


@cache
def part_models() -> tuple[type[Part], ...]:
    return tuple(model for model in apps.get_models() if issubclass(model, Part))


@cache
def parts_of(model: type[Record]) -> tuple[type[Part], ...]:
    """Return the models whose rows belong to records of this model."""
    return tuple(part for part in part_models() if part.belongs_to(model))


@cache
def document_fields(model: type[models.Model]) -> "tuple[models.Field[Any, Any], ...]":
    """Return the columns that a document holds: all that is neither key, nor computed, nor shown from another column."""
    left_out = set(getattr(model, "translated", ())) | {"revision", "updated_at", "ref"}
    if issubclass(model, Part):
        left_out |= {*model.owner_column_names(), "id"}
    return tuple(
        field
        for field in model._meta.concrete_fields
        if not field.primary_key
        and field.name not in left_out
        and not isinstance(field, ComputedTextField)
        and not hasattr(field, "of")
    )


@cache
def citable_names(model: type[Record]) -> tuple[str, ...]:
    """Return the names that a citation may use for the facts of such a record."""
    links = [field.name for field in model._meta.many_to_many]
    parts = [part.document_name for part in parts_of(model) if part.document_name != "citations"]
    return (model._meta.pk.name, *(field.name for field in document_fields(model)), *links, *parts)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


@cache
def _is_text(model: type[models.Model], name: str) -> bool:
    return isinstance(model._meta.get_field(name), models.CharField | models.TextField)


def _columns(rows: Iterable[models.Model]) -> Iterator[tuple[models.Model, RecordDocument]]:
    """Yield each row with its own columns as plain JSON; an owner is named by user name."""
    for row in rows:
        values = {field.name: _plain(field.value_from_object(row)) for field in document_fields(type(row))}
        # A translation left empty is NULL or "", as it came: for a reader the two are one.
        values.update({name: "" for name, value in values.items() if value is None and _is_text(type(row), name)})
        if values.get("owner") is not None:
            values["owner"] = row.owner.get_username()  # type: ignore[attr-defined]
        yield row, values


def documents_of(model: type[Record], keys: Iterable[Any]) -> dict[str, RecordDocument]:
    """Return the documents of many records of one model, by key; keys without a record are left out."""
    keys = list(keys)
    label = model._meta.label_lower
    rows = model._default_manager.filter(pk__in=keys).select_related("owner")
    documents = {str(row.pk): values for row, values in _columns(rows)}
    for field in model._meta.many_to_many:
        near, far = field.m2m_field_name(), field.m2m_reverse_field_name()
        links = field.remote_field.through._default_manager.filter(**{f"{near}__in": keys})
        for document in documents.values():
            document[field.name] = []
        for owner, target in links.values_list(f"{near}_id", f"{far}_id"):
            documents[str(owner)][field.name].append(target)
        for document in documents.values():
            document[field.name].sort()
    for part in parts_of(model):
        for document in documents.values():
            document[part.document_name] = {}
        for row, values in _columns(part.rows_of(label, keys)):
            for _label, key in row.owners():  # type: ignore[attr-defined]
                documents[key][part.document_name][row.ref] = values  # type: ignore[attr-defined]
    return documents


def document_of(record: Record) -> RecordDocument:
    """Return what a record says of itself in the database, as JSON."""
    return documents_of(type(record), [record.pk])[str(record.pk)]


def public_document(document: RecordDocument | None) -> RecordDocument | None:
    """Return what of a document the public may see; None where it may see nothing."""
    if document is None or document["state"] == "draft":
        return None
    return {name: value for name, value in document.items() if name not in Record.INTERNAL}


def change_for_public(before: RecordDocument | None, after: RecordDocument | None) -> Change:
    """Name what a new version is for the public, which knows only public documents."""
    old, new = public_document(before), public_document(after)
    if old == new:
        return Change.NONE
    if new is None:
        return Change.DELETED if after is None else Change.UNPUBLISHED
    if new["state"] == "withdrawn" and (old is None or old["state"] != "withdrawn"):
        return Change.MERGED if new["successor"] else Change.WITHDRAWN
    return Change.CREATED if old is None else Change.UPDATED


# ---------------------------------------------------------------- writing


class ActiveRevision:
    """A revision under way: what it has touched, and the door for bulk work."""

    def __init__(self, who: Any, why: str) -> None:
        self.who, self.why = who, why
        self.touched: dict[str, set[str]] = defaultdict(set)
        self.number: int | None = None

    def touch(self, label: str, key: Any) -> None:
        self.touched[label].add(str(key))

    def _touch_all(self, rows: Iterable[models.Model]) -> None:
        for row in rows:
            for label, key in _records_of(row):
                self.touch(label, key)

    def bulk_create(self, rows: list[Any], batch_size: int = 500) -> None:
        """Insert many rows of one model; the caller has validated them."""
        self._touch_all(rows)
        for row in rows:
            if isinstance(row, Part) and not row.ref:
                row.ref = row.make_ref()
        if rows:
            models.QuerySet(type(rows[0])).bulk_create(rows, batch_size=batch_size)

    def bulk_update(self, rows: list[Any], fields: list[str], batch_size: int = 500) -> None:
        """Write some fields of many rows of one model; the caller has validated them."""
        self._touch_all(rows)
        if rows:
            models.QuerySet(type(rows[0])).bulk_update(rows, fields, batch_size=batch_size)

    def _close(self) -> None:
        """Lock the counter, read what was touched, store the versions."""
        if not any(self.touched.values()):
            return
        counter, _created = RevisionCounter.objects.select_for_update().get_or_create(
            pk=1, defaults={"number": Revision.objects.aggregate(last=Max("number"))["last"] or 0}
        )
        versions = [version for label, keys in self.touched.items() for version in _new_versions(label, keys)]
        if not versions:
            return
        public = any(version.change for version in versions)
        counter.number += 1
        if public:
            counter.public_number = counter.number
        counter.save()
        self.number = counter.number
        at = timezone.now()
        name = self.who.get_username() if self.who is not None else ""
        Revision(number=counter.number, at=at, who=self.who, who_name=name, why=self.why, public=public).save(
            force_insert=True
        )
        for version in versions:
            version.revision_id = counter.number
        models.QuerySet(Version).bulk_create(versions, batch_size=500)
        for label, keys in self.touched.items():
            seen = [version.record_key for version in versions if version.record_model == label and version.change]
            for some in _batches(seen):
                models.QuerySet(apps.get_model(label)).filter(pk__in=some).update(
                    revision=counter.number, updated_at=at
                )
            _refresh_texts(apps.get_model(label), sorted(keys))


def _batches(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    keys = list(keys)
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def _new_versions(label: str, touched: set[str]) -> Iterator[Version]:
    """Yield a version, without its number, for each touched record whose document differs from its last version's."""
    model = apps.get_model(label)
    for keys in _batches(sorted(touched)):
        now = documents_of(model, keys)
        before = latest_documents(label, keys)
        for key in keys:
            old, new = before.get(key), now.get(key)
            if old != new:
                yield Version(record_model=label, record_key=key, document=new, change=change_for_public(old, new))


def latest_documents(label: str, keys: list[str]) -> dict[str, RecordDocument | None]:
    """Return the newest version's document of each record that has one."""
    newest = (
        Version.objects.filter(record_model=label, record_key=OuterRef("record_key"))
        .order_by("-revision")
        .values("revision")[:1]
    )
    rows = Version.objects.filter(record_model=label, record_key__in=keys, revision=Subquery(newest))
    return dict(rows.values_list("record_key", "document"))


def _refresh_texts(model: type[Record], keys: list[str]) -> None:
    """Bring up to date the search and sort texts that rest on other rows: the record's own parts, or a record it follows."""
    stale = [(model, "pk")] if model.texts_from_parts else []
    stale += [
        (follower, name)
        for follower in record_models()
        for name in follower.follows
        if follower._meta.get_field(name).related_model is model
    ]
    for target, column in stale:
        for some in _batches(keys):
            rows = list(target._default_manager.filter(**{f"{column}__in": some}).select_related(*target.follows))
            for row in rows:
                row.search, row.sort_key = row.search_text(), row.folded_name()
            models.QuerySet(target).bulk_update(rows, ["search", "sort_key"], batch_size=200)


@contextmanager
def revision(who: Any, why: str) -> Iterator[ActiveRevision]:
    """Open a revision: all writes inside are one, by ``who`` (a user, or None for the system) for the reason ``why``.

    One transaction: an exception inside undoes everything. Inside another revision it joins that one.
    """
    current = _active.get()
    if current is not None:
        yield current
        return
    with transaction.atomic():
        current = ActiveRevision(who, why)
        token = _active.set(current)
        try:
            yield current
            current._close()
        finally:
            _active.reset(token)


def apply(model: type[Record], key: str, document: RecordDocument, *, clean: bool = True) -> Record:
    """Make a record say what a document says, creating it if need be; fields that no longer exist are passed over.

    Must be called inside a revision. With ``clean``, record and parts are validated (ValidationError).
    """
    record = model._default_manager.filter(pk=key).first() or model(pk=key)
    _set_columns(record, document)
    if clean:
        record.full_clean()
    record.save()
    for field in model._meta.many_to_many:
        if field.name in document:
            getattr(record, field.name).set(document[field.name])
    for part in parts_of(model):
        if part.document_name in document:
            _apply_parts(record, part, document[part.document_name], clean=clean)
    return record


def _set_columns(row: models.Model, values: RecordDocument) -> None:
    from django.contrib.auth import get_user_model

    for field in document_fields(type(row)):
        if field.name not in values:
            continue
        value = values[field.name]
        if field.name == "owner":
            row.owner = get_user_model()._default_manager.filter(username=value).first() if value else None  # type: ignore[attr-defined]
        else:
            setattr(row, field.attname, field.to_python(value) if not field.is_relation else value)


def _apply_parts(record: Record, part: type[Part], wanted: dict[str, RecordDocument], *, clean: bool) -> None:
    label, key = record._meta.label_lower, str(record.pk)
    present = {row.ref: (row, values) for row, values in _columns(part.rows_of(label, [key]))}  # type: ignore[attr-defined]
    for ref, (row, _values) in present.items():
        if ref not in wanted:
            row.delete()
    for ref, values in wanted.items():
        row, now = present.get(ref) or (part(ref=ref, **part.owner_columns(label, key)), None)
        if now == values:
            continue
        _set_columns(row, values)
        if clean:
            row.full_clean()
        row.save()


# ---------------------------------------------------------------- keeping watch


def _records_of(row: models.Model) -> list[Key]:
    """Return the records whose document a row is part of."""
    if isinstance(row, Record):
        return [(row._meta.label_lower, str(row.pk))]
    if isinstance(row, Part):
        return [*row.owners(), *getattr(row, "_owners_in_database", [])]
    return []


def _current(row: type[models.Model] | models.Model) -> ActiveRevision:
    current = _active.get()
    if current is None:
        message = f"A {row._meta.label} was written outside of “with revision(who, why)”."
        raise UnrevisedWriteError(message)
    return current


def _watch_row(sender: type[models.Model], instance: models.Model, **_kwargs: Any) -> None:
    if not isinstance(instance, Record | Part):
        return
    current = _current(instance)
    if isinstance(instance, Part) and not instance.ref:
        instance.ref = instance.make_ref()
    for label, key in _records_of(instance):
        current.touch(label, key)


def _delete_parts(sender: type[models.Model], instance: models.Model, **_kwargs: Any) -> None:
    """Delete the rows that point to a deleted record by text; foreign keys cascade by themselves."""
    if isinstance(instance, Record):
        for part in parts_of(type(instance)):
            if issubclass(part, RecordPart):
                part.rows_of(instance._meta.label_lower, [str(instance.pk)]).delete()


def _watch_links(
    sender: Any, instance: models.Model, action: str, reverse: bool, model: Any, pk_set: Any, **_kwargs: Any
) -> None:
    owner = model if reverse else type(instance)
    if not action.startswith("pre_") or not issubclass(owner, Record):
        return
    current = _current(owner)
    if not reverse:
        keys: Iterable[Any] = [instance.pk]
    elif pk_set is not None:
        keys = pk_set
    else:  # cleared from the far side: whoever links to it
        keys = [
            key
            for field in owner._meta.many_to_many
            if field.remote_field.through is sender
            for key in sender.objects.filter(**{field.m2m_reverse_field_name(): instance}).values_list(
                f"{field.m2m_field_name()}_id", flat=True
            )
        ]
    for key in keys:
        current.touch(owner._meta.label_lower, key)


def watch() -> None:
    """Connect the signals that keep the history: the only ones of this project."""
    pre_save.connect(_watch_row, dispatch_uid="revisions.save")
    pre_delete.connect(_watch_row, dispatch_uid="revisions.delete")
    post_delete.connect(_delete_parts, dispatch_uid="revisions.parts")
    m2m_changed.connect(_watch_links, dispatch_uid="revisions.links")


def current_public_number() -> int:
    """Return the number of the newest revision that the public can see; 0 before the first."""
    return RevisionCounter.objects.filter(pk=1).values_list("public_number", flat=True).first() or 0
