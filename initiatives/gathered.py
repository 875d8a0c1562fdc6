"""What an answer holds of many rows: links, and rows of a record, read as JSON by the query that reads the records.

However much a record holds, a list is one query and its count; references to what was never made public are left out by
the same query.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db.models import Aggregate, F, Field, JSONField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from rest_framework import serializers

from .models import Part, Record, RecordPart, State
from .representation import Fact, Key


class JSONRows(Aggregate):
    """All values of a group as a JSON array."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)


class Gathered(Fact):
    """Something of many rows, read as JSON by the query of the records."""

    @property
    def annotation(self) -> str:
        return f"json_{self.field_name}"

    def query(self, model: type[Model]) -> Subquery:
        """Return the subquery that gathers it for each record of a model."""
        rows, owner, column = self.rows(model)
        return Subquery(rows.order_by().values(owner).annotate(gathered=JSONRows(column)).values("gathered"))

    def rows(self, model: type[Model]) -> tuple[QuerySet[Any], str, Any]:
        """Return the rows of one record, the column that names the record, and what is gathered of each row."""
        raise NotImplementedError


class Links(Gathered):
    """The keys of the records that a record links to, or that point to it; drafts left out."""

    shape = {"type": "array", "items": {"type": "string"}}

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.name = name

    def rows(self, model: type[Model]) -> tuple[QuerySet[Any], str, Any]:
        relation: Any = model._meta.get_field(self.name)
        if relation.many_to_many:
            near, far = relation.m2m_field_name(), relation.m2m_reverse_field_name()
            links = relation.remote_field.through._default_manager.filter(**{near: OuterRef("pk")})
            return links.exclude(**{f"{far}__state": State.DRAFT}), near, F(f"{far}_id")
        owner = relation.field.name
        rows = relation.related_model._default_manager.filter(**{owner: OuterRef("pk")})
        return rows.filter(state=State.PUBLISHED), owner, F("pk")

    def to_representation(self, instance: Any) -> list[str]:
        return sorted(getattr(instance, self.annotation) or ())


class Rows(Gathered):
    """The rows that belong to a record, in order."""

    def __init__(self, row: "type[RowSerializer]", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.row = row()

    def bind(self, field_name: str, parent: Any) -> None:
        super().bind(field_name, parent)
        self.row.parent = self  # type: ignore[assignment]  # a row knows the day that was asked for

    def rows(self, model: type[Model]) -> tuple[QuerySet[Any], str, Any]:
        target: Any = self.row.Meta.model
        owner = _owner(target, model)
        rows = target._default_manager.filter(**owner)
        if issubclass(target, Record):
            rows = rows.filter(state=State.PUBLISHED)
        for reference in self.row.named_records():
            rows = rows.exclude(**{f"{reference}__state": State.DRAFT})
        columns = {column: F(column) for column in self.row.columns()}
        return rows, next(iter(owner)), JSONObject(**columns, **self.row.facts())

    def to_representation(self, instance: Any) -> list[Any]:
        rows = getattr(instance, self.annotation) or ()
        order = self.row.order
        return [self.row.to_representation(row) for row in sorted(rows, key=lambda row: [row[name] for name in order])]


def _owner(target: Any, model: type[Model]) -> dict[str, Any]:
    """Return the condition by which rows belong to a record of the outer query."""
    if issubclass(target, RecordPart):
        return {"record_key": OuterRef("pk"), "record_model": model._meta.label_lower}
    names = target.owner_fields if issubclass(target, Part) else [field.name for field in target._meta.concrete_fields]
    return {next(name for name in names if target._meta.get_field(name).related_model is model): OuterRef("pk")}


class AnswerSerializer(serializers.ModelSerializer):
    """Explicit fields, read only; null where nothing is stated."""

    def build_standard_field(self, field_name: str, model_field: "Field[Any, Any]") -> Any:
        field_class, kwargs = super().build_standard_field(field_name, model_field)
        told: dict[str, Any] = {name: kwargs[name] for name in ("label", "help_text", "choices") if name in kwargs}
        return field_class, {**told, "read_only": True, "allow_null": model_field.blank or model_field.null}

    @cached_property
    def answered(self) -> list[tuple[str, Any]]:
        """Return the fields by name, read once an answer."""
        return list(self.fields.items())

    def to_representation(self, instance: Any) -> dict[str, Any]:
        answer = {}
        for name, field in self.answered:
            value = field.get_attribute(instance)
            answer[name] = field.to_representation(value) if value is not None and value != "" else None
        return answer

    def named_records(self) -> Iterator[str]:
        """Yield the paths of the records that single fields refer to."""
        for field in self.fields.values():
            if isinstance(field, Key):
                yield field.reference


class RowSerializer(AnswerSerializer):
    """A row of a record, read as JSON."""

    order: tuple[str, ...] = ("position", "ref")
    ref = serializers.CharField(
        read_only=True, help_text="Names the row in the record: in the sources' fields and in the changes."
    )

    def facts(self) -> dict[str, Any]:
        """Return what the database works out for each row, by the name under which the row holds it."""
        return {}

    def columns(self) -> set[str]:
        """Return the columns that the fields need, and those that put the rows in order."""
        read: set[Any] = {name for field in self.fields.values() for name in getattr(field, "columns", (field.source,))}
        return {*read, *self.order} - self.facts().keys()
