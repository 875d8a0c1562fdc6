"""Pages of lists: by number for readers, by cursor for whoever wants every row once.

``next`` always is a cursor: it names the place of the last row in the order of the list, so that rows inserted or removed
meanwhile make nobody skip or see twice a row that was there all the time. ``previous`` is given where a page was asked by
number; a cursor only leads on.
"""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Iterator
from functools import reduce
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from initiatives.parameters import BadParameterError, fault
from initiatives.questions import may_be_empty
from initiatives.representation import value_of

PAGE_SIZE = 50
MAX_PAGE_SIZE = 100


class Step(NamedTuple):
    """One column of an order. Rows without a value come last, whichever way it runs."""

    path: str
    descending: bool
    nullable: bool
    field: Any

    def follows(self, value: Any) -> Q:
        """Say in SQL: comes after a row that has this value here."""
        if value is None:
            return Q(pk__in=[])
        after = Q(**{f"{self.path}__{'lt' if self.descending else 'gt'}": value})
        return after | Q(**{f"{self.path}__isnull": True}) if self.nullable else after

    def equals(self, value: Any) -> Q:
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def ordered(self) -> OrderBy:
        nulls = True if self.nullable else None
        return F(self.path).desc(nulls_last=nulls) if self.descending else F(self.path).asc(nulls_last=nulls)

    def read(self, text: Any) -> Any:
        """Return the value that a cursor holds for this column; ValueError where it cannot be one."""
        if text is None and self.nullable:
            return None
        if not isinstance(text, str) or "\x00" in text:
            raise ValueError(text)
        text.encode()
        try:
            value = self.field.to_python(text)
            if isinstance(value, dt.datetime):
                value = value.astimezone(dt.UTC)  # what has no such moment is no day of ours
        except (ValidationError, OverflowError) as error:
            raise ValueError(text) from error
        if value is None or abs(value if isinstance(value, int) else 0) > 2**62:
            raise ValueError(text)
        return value


def steps_of(queryset: Any) -> list[Step]:
    """Return the columns by which a queryset is ordered."""
    return [_step(queryset.model, part) for part in queryset.query.order_by]


def _step(model: Any, part: Any) -> Step:
    if isinstance(part, OrderBy):
        column: Any = part.expression
        path, descending = column.name, part.descending
    else:
        path, descending = part.lstrip("-"), part.startswith("-")
    return Step(path, descending, may_be_empty(model, path), _field(model, path))


def _field(model: Any, path: str) -> Any:
    field = None
    for name in path.split("__"):
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        model = field.related_model
    return field


def cursor_of(steps: list[Step], row: Any) -> str:
    """Return the place of a row in an order, as text that nobody needs to understand."""
    values = (value_of(row, step.path) for step in steps)
    texts = [
        None if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value) for value in values
    ]
    return base64.urlsafe_b64encode(json.dumps([_signature(steps), *texts]).encode()).decode().rstrip("=")


def _signature(steps: list[Step]) -> str:
    return ",".join(f"{'-' if step.descending else ''}{step.path}" for step in steps)


def after(steps: list[Step], cursor: str) -> Q:
    """Return the condition for what comes after a cursor."""
    try:
        held = json.loads(base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), b"-_", validate=True))
        signature, *texts = held if isinstance(held, list) else [None]
        if signature != _signature(steps) or len(texts) != len(steps):
            raise ValueError(cursor)
        values = [step.read(text) for step, text in zip(steps, texts, strict=True)]
    except (ValueError, binascii.Error, RecursionError):
        allowed = _("the “after” of a “next” link, with the sort that it was given for")
        raise BadParameterError(fault("after", cursor, allowed)) from None
    return reduce(Q.__or__, _conditions(steps, values))


def _conditions(steps: list[Step], values: list[Any]) -> Iterator[Q]:
    """Yield, for each column, that it comes after while all before it are equal."""
    same = Q()
    for step, value in zip(steps, values, strict=True):
        yield same & step.follows(value)
        same &= step.equals(value)


class RegistryPagination(BasePagination):
    """``page_size``, ``page`` and ``after``."""

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any]:
        self.request = request
        size = self._number("page_size", PAGE_SIZE, MAX_PAGE_SIZE)
        cursor, self.number = request.query_params.get("after") or None, self._number("page", 1)
        steps = steps_of(queryset)
        if cursor is not None and request.query_params.get("page"):
            raise BadParameterError(fault("after", cursor, _("either “page” or “after”, not both")))
        following = after(steps, cursor) if cursor is not None else None
        self.count = queryset.order_by().count()
        pages = max(1, -(-self.count // size))
        if self.number > pages:
            raise Http404(
                _("There is no page %(page)s: the last one is %(last)s.") % {"page": self.number, "last": pages}
            )
        if following is not None:
            queryset, start = queryset.filter(following), 0
        else:
            start = (self.number - 1) * size
        rows = list(queryset.order_by(*(step.ordered() for step in steps))[start : start + size + 1])
        self.next = cursor_of(steps, rows[size - 1]) if len(rows) > size else None
        return rows[:size]

    def _number(self, name: str, default: int, largest: int | None = None) -> int:
        text = self.request.query_params.get(name)
        if not text:
            return default
        number = int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else 0
        if number < 1 or (largest is not None and number > largest):
            allowed = _("a whole number from 1 to %d") % largest if largest else _("a whole number, 1 or more")
            raise BadParameterError(fault(name, text, allowed))
        return number

    def get_paginated_response(self, data: Any) -> Response:
        following = self._next()
        # A sheet has no place for the link.
        headers = {"Link": f'<{following}>; rel="next"'} if following else None
        told = {"count": self.count, "next": following, "previous": self._previous(), "results": data}
        return Response(told, headers=headers)

    def _next(self) -> str | None:
        if self.next is None:
            return None
        address = remove_query_param(self.request.build_absolute_uri(), "page")
        return str(replace_query_param(address, "after", self.next))

    def _previous(self) -> str | None:
        if self.number == 1:
            return None
        return str(replace_query_param(self.request.build_absolute_uri(), "page", self.number - 1))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "description": "Rows of the whole list."},
                "next": {**link, "description": "The following rows, whatever is inserted meanwhile."},
                "previous": {**link, "description": "The page before, where a page was asked for by number."},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        whole = {"type": "integer", "minimum": 1}
        told = {
            "page": (whole, "Page by number, from 1."),
            "page_size": ({**whole, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE}, "Rows of a page."),
            "after": ({"type": "string"}, "Place to go on from: taken from a “next” link."),
        }
        return [
            {"name": name, "in": "query", "required": False, "schema": schema, "description": description}
            for name, (schema, description) in told.items()
        ]
