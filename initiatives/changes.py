"""The change feed: what the public may see of a version, without the keys of what was never public."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model, Q
from django.urls import NoReverseMatch, reverse
from rest_framework import serializers

from .models import Change, Part, Version
from .representation import Fact
from .revisions import Key, RecordDocument, document_fields, parts_of, public_document


@cache
def references(model: type[Model]) -> dict[str, str]:
    """Return the columns of a document that name another record, with the label of its model."""
    # Owners are users, named for staff alone.
    fields = [field for field in document_fields(model) if field.is_relation and field.name != "owner"]
    return {field.name: field.related_model._meta.label_lower for field in fields}  # type: ignore[union-attr]


@cache
def links(model: type[Model]) -> dict[str, str]:
    """Return the lists of a document that name other records, with the label of their model."""
    return {field.name: field.related_model._meta.label_lower for field in model._meta.many_to_many}  # type: ignore[union-attr]


def public_documents(versions: Iterable[Version]) -> list[RecordDocument | None]:
    """Return, for each version, its document as the public may see it, or None where the record is public no more."""
    pairs = [(apps.get_model(version.record_model), public_document(version.document)) for version in versions]
    named = {key for model, document in pairs if document for key in _keys(model, document)}
    known = _ever_public(named)
    return [document and _without_unknown(model, document, known) for model, document in pairs]


def _keys(model: Any, document: RecordDocument) -> Iterator[Key]:
    """Yield the records that a document names."""
    for name, label in references(model).items():
        if document.get(name) is not None:
            yield label, document[name]
    for name, label in links(model).items():
        yield from ((label, key) for key in document.get(name, ()))
    for part in parts_of(model):
        for row in document.get(part.document_name, {}).values():
            yield from _keys(part, row) if issubclass(part, Part) else ()


def _ever_public(named: set[Key]) -> set[Key]:
    """Return those records of which the public has seen something."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for label, key in named:
        by_label[label].append(key)
    asked = Q(pk__in=[])
    for label, keys in by_label.items():
        asked |= Q(record_model=label, record_key__in=keys)
    seen = Version.objects.filter(asked).exclude(change=Change.NONE).order_by()
    return set(seen.values_list("record_model", "record_key").distinct()) if named else set()


def _without_unknown(model: Any, document: RecordDocument, known: set[Key]) -> RecordDocument:
    """Return a document without the keys, and without the rows about records, that were never public."""
    public = dict(document)
    for name, label in references(model).items():
        if public.get(name) is not None and (label, public[name]) not in known:
            public[name] = None
    for name, label in links(model).items():
        public[name] = [key for key in public.get(name, ()) if (label, key) in known]
    for part in parts_of(model):
        rows = public.get(part.document_name, {}).items()
        public[part.document_name] = {ref: row for ref, row in rows if known.issuperset(_keys(part, row))}
    return public


class PublicDocument(Fact):
    """The record as the registry keeps it."""

    shape = {"type": ["object", "null"], "additionalProperties": True}

    def __init__(self) -> None:
        super().__init__(
            help_text=(
                "The record's own document as it then stood; null where it ceased to be public. It is not the record as its "
                "collection answers it, but what that is made of: a column for each language (name_en, name_zh_hans), “” "
                "where nothing is stated, dates as EDTF texts, latitude and longitude, links as keys and lists of keys, and "
                "the rows of each part by their ref (features, locations, citations)."
            )
        )

    def to_representation(self, instance: Version) -> RecordDocument | None:
        return instance.document


class ChangeSerializer(serializers.ModelSerializer):
    """What a revision was for the public: the document as it then stood, or null where it ceased to be public."""

    at = serializers.DateTimeField(source="revision.at", read_only=True, default_timezone=dt.UTC)
    model = serializers.CharField(source="record_model", read_only=True)
    collection = serializers.SerializerMethodField(help_text="Null where the records have no collection of their own.")
    key = serializers.CharField(source="record_key", read_only=True)
    url = serializers.SerializerMethodField()
    change = serializers.ChoiceField(choices=[kind for kind in Change.values if kind], read_only=True)
    document = PublicDocument()

    class Meta:
        model = Version
        fields: tuple[str, ...] = ("revision", "at", "change", "model", "collection", "key", "url", "document")

    def get_url(self, version: Version) -> str | None:
        address = self.address(version.record_model)
        return self.context["request"].build_absolute_uri(f"{address}{version.record_key}/") if address else None

    def get_collection(self, version: Version) -> str | None:
        address = self.address(version.record_model)
        return address.rstrip("/").rpartition("/")[2] if address else None

    def address(self, label: str) -> str | None:
        """Return the address of a model's collection; None where it has none of its own."""
        try:
            return reverse(f"api:{label.partition('.')[2]}-list")
        except NoReverseMatch:
            return None
