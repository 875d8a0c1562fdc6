"""The document of a record: all it says of itself, as plain JSON.

Its own columns, its links (as keys) and its parts (features, citations, locations, …) by their refs. History, restore,
proposals, imports, dumps and the change feed are made of the two: ``document_of`` reads one, ``apply`` writes one.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from .dates import EdtfBound
from .fields import ComputedTextField
from .models.history import Change, Version
from .models.lifecycle import was_public
from .models.records import Part, Record, State

RecordDocument = dict[str, Any]
Key = tuple[str, str]  # model label and key of a record


@cache
def record_models() -> tuple[type[Record], ...]:
    """Return every model of records."""
    return tuple(model for model in apps.get_models() if issubclass(model, Record))


@cache
def part_models() -> tuple[type[Part], ...]:
    """Return every model of parts."""
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
        left_out |= set(model.owner_column_names())
    return tuple(
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in left_out and not isinstance(field, ComputedTextField | EdtfBound)
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


def columns_of(row: models.Model) -> RecordDocument:
    """Return a row's own columns as plain JSON; an owner is named by key, which stays when users change their names."""
    values = {}
    for field in document_fields(type(row)):
        value = _plain(field.value_from_object(row))
        # A translation left empty is NULL or "", as it came: for a reader the two are one.
        is_text = isinstance(field, models.CharField | models.TextField)
        values[field.name] = "" if value is None and is_text else value
    if values.get("owner") is not None:
        values["owner"] = str(values["owner"])
    return values


def documents_of(model: type[Record], keys: Iterable[Any]) -> dict[str, RecordDocument]:
    """Return the documents of many records of one model, by key; keys without a record are left out."""
    keys = list(keys)
    rows = model._default_manager.filter(pk__in=keys)
    documents = {str(row.pk): columns_of(row) for row in rows}
    for field in model._meta.many_to_many:
        links: dict[str, list[Any]] = {key: [] for key in documents}
        for owner, target in link_keys(field, field.m2m_field_name(), keys):
            links[str(owner)].append(target)
        for key, document in documents.items():
            document[field.name] = sorted(links[key])
    for part in parts_of(model):
        for document in documents.values():
            document[part.document_name] = {}
        for row in part.rows_of(model._meta.label_lower, keys):
            for _label, key in row.owners():
                documents[key][part.document_name][row.ref] = columns_of(row)
    return documents


def link_keys(field: "models.ManyToManyField[Any, Any]", side: str, keys: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield (key of the owner, key of the target) for each link of some records on one side of it."""
    near, far = field.m2m_field_name(), field.m2m_reverse_field_name()
    through: Any = field.remote_field.through
    yield from through._base_manager.filter(**{f"{side}__in": keys}).values_list(f"{near}_id", f"{far}_id")


def document_of(record: Record) -> RecordDocument:
    """Return what a record says of itself in the database, as JSON."""
    return documents_of(type(record), [record.pk])[str(record.pk)]


def latest_documents(label: str, keys: list[str]) -> dict[str, RecordDocument | None]:
    """Return the newest version's document of each record that has one; None where it was deleted."""
    newest = (
        Version.objects.filter(record_model=label, record_key=OuterRef("record_key"))
        .order_by("-revision_id")
        .values("revision")[:1]
    )
    rows = Version.objects.filter(record_model=label, record_key__in=keys, revision=Subquery(newest))
    return dict(rows.values_list("record_key", "document"))


@cache
def _empty_row(model: type[models.Model]) -> RecordDocument:
    """Return what a row says of which nothing is stated."""
    return columns_of(model())


def in_todays_form(model: type[Record], document: RecordDocument | None) -> RecordDocument | None:
    """Return a document with the names that the model has today, so that it can be compared with one of today.

    What it does not name, because the column is younger, is as empty as in a new row.
    """
    if document is None:
        return None
    empty = _empty_row(model) | {field.name: [] for field in model._meta.many_to_many}
    today = {name: document.get(name, value) for name, value in empty.items()}
    for part in parts_of(model):
        blank, rows = _empty_row(part), document.get(part.document_name, {})
        today[part.document_name] = {
            ref: {name: row.get(name, value) for name, value in blank.items()} for ref, row in rows.items()
        }
    return today


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


# ---------------------------------------------------------------- writing a document


@transaction.atomic
def apply(model: type[Record], key: str, document: RecordDocument, *, clean: bool = True) -> Record:
    """Make a record say what a document says, creating it if need be. Must be called inside a revision.

    What the document does not name stays; names that no longer exist are passed over. With ``clean``, all is validated
    first: a ValidationError names the field (``name_en``, ``locations/panama/city``), and nothing is written.
    """
    record = model._default_manager.filter(pk=key).first()
    if record is None:
        record = model()
        record.pk = key
    _set_columns(record, document)
    record.once_public = record.state == State.WITHDRAWN and was_public(record)
    if clean:
        record.full_clean()
    record.save()
    for field in model._meta.many_to_many:
        if field.name in document:
            if clean:
                _check_links(field, document[field.name])
            getattr(record, field.name).set(document[field.name])
    for part in parts_of(model):
        if part.document_name in document:
            _apply_parts(record, part, document[part.document_name], clean=clean)
    return record


def _set_columns(row: models.Model, values: RecordDocument) -> None:
    for field in document_fields(type(row)):
        if field.name not in values:
            continue
        value = values[field.name]
        if field.name == "owner":
            row.owner = _user(value) if value else None  # type: ignore[attr-defined]  # only records have one
        else:
            setattr(row, field.attname, value if field.is_relation else field.to_python(value))


def _user(key: str) -> Any:
    users = get_user_model()._default_manager
    try:
        return users.get(pk=key)
    except (ValueError, ObjectDoesNotExist):
        message = _("There is no user with the key “%(key)s” to be its owner.") % {"key": key}
        raise ValidationError({"owner": message}) from None


def _check_links(field: "models.ManyToManyField[Any, Any]", keys: list[Any]) -> None:
    model: Any = field.related_model
    if missing := set(keys) - set(model._default_manager.filter(pk__in=keys).values_list("pk", flat=True)):
        values = {"model": model._meta.verbose_name, "key": min(missing)}
        raise ValidationError({field.name: _("There is no %(model)s with the key “%(key)s”.") % values})


def _apply_parts(record: Record, part: type[Part], wanted: dict[str, RecordDocument], *, clean: bool) -> None:
    label, key = record._meta.label_lower, str(record.pk)
    present = {row.ref: row for row in part.rows_of(label, [key])}
    for ref, row in present.items():
        if ref not in wanted:
            row.delete()
    for ref, values in wanted.items():
        row = present.get(ref) or part(ref=ref, **part.owner_columns(label, key))
        if ref in present and columns_of(row) == values:
            continue
        _set_columns(row, values)
        if clean:
            try:
                row.full_clean()
            except ValidationError as error:
                place = f"{part.document_name}/{ref}"
                raise ValidationError(
                    {f"{place}/{name}": error.error_dict[name] for name in error.error_dict}
                ) from error
        row.save()
