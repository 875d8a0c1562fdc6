"""The description of the API in OpenAPI 3.1, from serializers, filtersets and sheets. Slow to import: only the schema asks for it."""

from functools import cache
from typing import Any

from django.urls import reverse
from django.utils import translation
from drf_spectacular.extensions import OpenApiFilterExtension, OpenApiSerializerFieldExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction, OpenApiParameter

from initiatives.gathered import Rows
from initiatives.permanent_ids import PATTERN as PERMANENT_ID
from initiatives.questions import MAX_QUESTION, AnyOf, DayFilter, Question, Since, Sort, YesNo

PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "examples": ["about:blank"]},
        "title": {"type": "string", "examples": ["Bad Request"]},
        "status": {"type": "integer", "examples": [400]},
        "detail": {"type": "string"},
        "instance": {"type": "string", "description": "The address that was asked."},
        "errors": {
            "type": "array",
            "description": "Each wrong parameter, with its value and what is allowed.",
            "items": {
                "type": "object",
                "required": ["field", "value", "detail", "allowed"],
                "properties": {name: {"type": "string"} for name in ("field", "value", "detail", "allowed")},
            },
        },
    },
}
PROBLEMS = {
    "400": "A parameter or a value is not allowed.",
    "404": "There is nothing at this address, or no such page.",
    "405": "The registry is only read here.",
    "406": "None of the formats in Accept can be given.",
}

# Given only where they are asked for: with include=sources, and with as_of.
ON_DEMAND = ("sources", "uncertain")


class RegistrySchema(AutoSchema):
    """What drf-spectacular cannot see by itself: our own parameters, CSV, and problems."""

    def get_override_parameters(self) -> list[Any]:
        view = self.view
        serializer = getattr(view, "serializer_class", None)
        if serializer is None or not hasattr(view, "includes"):
            return []
        names = [name for name in serializer.Meta.fields if name not in view.includes]
        return [
            _parameter(
                "fields",
                _several(names),
                "Only these fields, whatever else is required of a record; the key is always given.",
            ),
            _parameter("include", _several(list(view.includes)), "What to give besides: sources."),
        ]

    def _resolve_path_parameters(self, variables: list[str]) -> list[dict[str, Any]]:
        parameters: list[dict[str, Any]] = super()._resolve_path_parameters(variables)  # type: ignore[no-untyped-call]
        view: Any = self.view
        for parameter in parameters:
            model = view.model  # the changes have no records, and no such parameters
            parameter["schema"] = {"type": "string", "pattern": f"^{model.key_pattern}$"}
            parameter["description"] = "The record's public key."
            if model.key_pattern != PERMANENT_ID:  # codes stand for themselves, an id would be one that nobody has
                parameter["example"] = model.key_example
        return parameters

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        ok = bodies["200"]["content"]
        if "text/csv" in ok:
            ok["text/csv"] = {"schema": {"type": "string", "description": _sheet(self.view)}}
        schema = {"$ref": "#/components/schemas/Problem"}
        for status, description in PROBLEMS.items():
            bodies[status] = {"description": description, "content": {"application/problem+json": {"schema": schema}}}
        return bodies


def _sheet(view: Any) -> str:
    """Return the columns of a sheet, described."""
    rows = "Every row of the question, unless page, page_size or after is given; then the header Link leads to the next page. "
    return f"{rows}Columns: " + "; ".join(f"{column.name}: {column.description}" for column in view.sheet)


def _parameter(name: str, schema: dict[str, Any], description: str) -> Any:
    return OpenApiParameter(name, schema, description=description, style="form", explode=False)


def _several(values: list[str]) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", "enum": values}, "minItems": 1}


class FactExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Our own fields tell their shape themselves; rows are made of serializers."""

    target_class = "initiatives.representation.Fact"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        if isinstance(self.target, Rows):
            row = auto_schema.resolve_serializer(self.target.row, direction)
            return {"type": "array", "items": row.ref}
        return dict(self.target.shape)


class FilterExtension(OpenApiFilterExtension):  # type: ignore[no-untyped-call]
    """The parameters of a filterset."""

    target_class = "initiatives.parameters.StrictFilterBackend"
    priority = 1

    def get_schema_operation_parameters(self, auto_schema: Any, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        filterset = auto_schema.view.filterset_class
        return [self._parameter(filterset, name, asked) for name, asked in filterset.base_filters.items()]

    def _parameter(self, filterset: Any, name: str, asked: Any) -> dict[str, Any]:
        told = {
            "name": name,
            "in": "query",
            "required": False,
            "description": _rule(filterset, asked),
            "schema": _asked(asked),
        }
        if isinstance(asked, AnyOf):
            told.update(style="form", explode=False)
        return told


def _rule(filterset: Any, asked: Any) -> str:
    """Return what a filter asks: its label, the rule that its method states, and where its codes are listed."""
    told = [f"{asked.label}{': any of these, separated by commas' if isinstance(asked, AnyOf) else ''}."]
    if asked.method:
        told.append(" ".join((getattr(filterset, asked.method).__doc__ or "").split()))
    if records := asked.extra.get("records"):
        told.append(f"The codes are the ids of {reverse(f'api:{records._meta.model_name}-list')}.")
    return " ".join(filter(None, told))


def _asked(asked: Any) -> dict[str, Any]:
    """Return the schema of what a filter takes."""
    if isinstance(asked, AnyOf):
        fixed = asked.fixed
        codes = {"type": "string", "enum": fixed} if fixed else {"type": "string"}
        return {"type": "array", "items": codes}
    if isinstance(asked, Sort):
        return {"type": "string", "enum": [sign + name for name in asked.extra["orders"] for sign in ("", "-")]}
    shapes: dict[type, dict[str, Any]] = {
        YesNo: {"type": "boolean"},
        DayFilter: {"type": "string", "format": "date"},
        Question: {"type": "string", "maxLength": MAX_QUESTION},
        Since: {"type": "integer", "minimum": 0},
    }
    return next(shape for kind, shape in shapes.items() if isinstance(asked, kind))


def finish(result: dict[str, Any], **_options: Any) -> dict[str, Any]:
    """Put the problem's shape among the components, and drop the generator's own marks."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    for schema in schemas.values():
        if "required" in schema:
            schema["required"] = [name for name in schema["required"] if name not in ON_DEMAND]
    schemas["Problem"] = PROBLEM
    _drop_marks(result)
    return result


def _drop_marks(part: Any) -> None:
    if isinstance(part, dict):
        part.pop("x-spec-enum-id", None)
    for value in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _drop_marks(value)


@cache
def description() -> dict[str, Any]:
    """Return the description, written once a process, in English."""
    with translation.override("en"):
        document: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return document
