"""How facts are written in the API's answers: the sorts of fields that the serializers of both storeys are made of."""

import json
from functools import cached_property
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from .dates import as_json
from .models import Certainty, Document, State

# Columns of a translated field → BCP 47.
LANGUAGES = {"en": "en", "fr": "fr", "es": "es", "ar": "ar", "ru": "ru", "zh_hans": "zh-Hans"}


def value_of(source: Any, path: str) -> Any:
    """Return what a path of double underscores says of a record, or of a row read as JSON."""
    if isinstance(source, dict):
        return source[path]
    for name in path.split("__"):
        source = getattr(source, name) if source is not None else None
    return source


class Fact(serializers.Field):
    """A field that reads several columns; ``shape`` is its JSON Schema, ``columns`` what it needs of a row."""

    shape: dict[str, Any] = {}
    columns: tuple[str, ...] = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def get_attribute(self, instance: Any) -> Any:
        return instance


class English(Fact):
    """The English text of a translated field."""

    shape = {"type": ["string", "null"]}

    def __init__(self, of: str) -> None:
        super().__init__(help_text="In English; null where nothing is stated.")
        self.columns = (f"{of}_en",)

    def to_representation(self, instance: Any) -> str | None:
        return value_of(instance, self.columns[0]) or None


class InLanguages(Fact):
    """A translated field in the six languages, null where no text is known."""

    shape = {
        "type": "object",
        "required": [*LANGUAGES.values()],
        "properties": {code: {"type": ["string", "null"]} for code in LANGUAGES.values()},
    }

    def __init__(self, of: str, help_text: str = "By BCP 47 code; null where no text is known.") -> None:
        super().__init__(help_text=help_text)
        self.columns = tuple(f"{of}_{suffix}" for suffix in LANGUAGES)

    def to_representation(self, instance: Any) -> dict[str, str | None]:
        texts = (value_of(instance, column) for column in self.columns)
        return {code: text or None for code, text in zip(LANGUAGES.values(), texts, strict=True)}


class Edtf(Fact):
    """A date of stated precision, or null where none is stated."""

    shape = {
        "type": ["object", "null"],
        "required": ["edtf", "earliest", "latest"],
        "properties": {
            "edtf": {"type": "string", "examples": ["2025-12-09", "2026-06", "2023", "[2026-03,2026-04]"]},
            "earliest": {"type": "string", "format": "date"},
            "latest": {"type": "string", "format": "date"},
        },
    }

    def __init__(self, of: str) -> None:
        super().__init__(help_text="A date of stated precision (EDTF); null where none is stated.")
        self.columns = (of, f"{of}_earliest", f"{of}_latest")

    def to_representation(self, instance: Any) -> Any:
        text, earliest, latest = (value_of(instance, column) for column in self.columns)
        return as_json(text, earliest, latest)


class CertaintyOf(Fact):
    """How certain a date is; null where no date is stated."""

    shape = {"type": ["string", "null"], "enum": [*Certainty.values, None]}

    def __init__(self, of: str, column: str = "") -> None:
        super().__init__(help_text=f"How certain “{of}” is; null where no date is stated.")
        self.columns = (column or f"{of}_certainty", of)

    def to_representation(self, instance: Any) -> str | None:
        certainty, date = (value_of(instance, column) for column in self.columns)
        return certainty if date else None


class Number(Fact):
    """A number, whole where it is whole."""

    shape = {"type": ["number", "null"]}

    def __init__(self, of: str) -> None:
        super().__init__()
        self.columns = (of,)

    def to_representation(self, instance: Any) -> int | float | None:
        value = value_of(instance, self.columns[0])
        if value is None:
            return None
        return int(value) if value == int(value) else float(value)


class Place(Fact):
    """A place on the map in degrees (WGS 84), and how exactly it is known; null where it is not."""

    shape = {
        "type": ["object", "null"],
        "required": ["lat", "lon", "precision"],
        "properties": {
            "lat": {"type": "number"},
            "lon": {"type": "number"},
            "precision": {"type": "string", "enum": ["city", "country"]},
        },
    }
    columns = ("latitude", "longitude")

    def to_representation(self, instance: Any) -> dict[str, Any] | None:
        return self.point(value_of(instance, "latitude"), value_of(instance, "longitude"), "city")

    @staticmethod
    def point(latitude: Any, longitude: Any, precision: str) -> dict[str, Any] | None:
        if latitude is None or longitude is None:
            return None
        return {"lat": float(latitude), "lon": float(longitude), "precision": precision}


class Lines(Fact):
    """A text of one entry a line, as a list."""

    shape = {"type": "array", "items": {"type": "string"}}

    def __init__(self, of: str) -> None:
        super().__init__()
        self.columns = (of,)

    def to_representation(self, instance: Any) -> list[str]:
        return [line.strip() for line in value_of(instance, self.columns[0]).splitlines() if line.strip()]


class Names(Fact):
    """A list of texts."""

    shape = {"type": "array", "items": {"type": "string"}}

    def __init__(self, of: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.columns = (of,)

    def to_representation(self, instance: Any) -> Any:
        value = value_of(instance, self.columns[0])
        return json.loads(value) if isinstance(value, str) else value  # SQLite gives JSON inside JSON as text


class Key(Fact):
    """The key of the record referred to; null where there is none, or none that was made public."""

    shape = {"type": ["string", "null"]}

    def __init__(self, to: str, **kwargs: Any) -> None:
        super().__init__(**{"help_text": "Null where there is none, or none that was made public.", **kwargs})
        self.reference = to
        self.columns = (f"{to}_id",)

    def shown(self, instance: Any) -> bool:
        """Tell whether there is a record that may be named; rows with another one are not read at all."""
        if isinstance(instance, dict):
            return instance[f"{self.reference}_id"] is not None
        state = value_of(instance, f"{self.reference}__state")
        return state is not None and state != State.DRAFT

    def to_representation(self, instance: Any) -> Any:
        return value_of(instance, self.columns[0]) if self.shown(instance) else None


class Named(Key):
    """The record referred to, by key and name."""

    def __init__(self, to: str, key: str = "id", name: str = "name", **kwargs: Any) -> None:
        super().__init__(to, **kwargs)
        self.key = key
        self.columns = (f"{to}_id", f"{to}__{name}")
        self.shape = {
            "type": ["object", "null"],
            "required": [key, "name"],
            "properties": {key: {"type": "string"}, "name": {"type": "string"}},
        }

    def to_representation(self, instance: Any) -> Any:
        if not self.shown(instance):
            return None
        key, name = (value_of(instance, column) for column in self.columns)
        return {self.key: key, "name": name}


class SelfLink(Fact):
    """The record's own address in the API."""

    shape = {"type": "string", "format": "uri"}

    def to_representation(self, instance: Any) -> str:
        return f"{self.collection}{instance.pk}/"

    @cached_property
    def collection(self) -> str:
        model: Any = self.parent
        address = reverse(f"api:{model.Meta.model._meta.model_name}-list")
        return str(self.context["request"].build_absolute_uri(address))


class PageLink(Fact):
    """The record's public page, in English."""

    shape = {"type": "string", "format": "uri"}

    def to_representation(self, instance: Any) -> str:
        return f"{self.site}{instance.get_absolute_url()}"

    @cached_property
    def site(self) -> str:
        return str(self.context["request"].build_absolute_uri("/")).rstrip("/")


class Added(Fact):
    """Whether the fact was added from a public source to what ITU's own documents state."""

    shape = {"type": "boolean"}
    columns = ("document__kind",)

    def to_representation(self, instance: Any) -> bool:
        return Document(kind=value_of(instance, "document__kind")).adds_facts
