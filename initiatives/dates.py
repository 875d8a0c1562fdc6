"""Dates of stated precision: four forms of EDTF (ISO 8601-2, Library of Congress).

``2025-12-09`` a day, ``2026-06`` a month, ``2023`` a year, ``[2026-03,2026-04]`` one of two. Empty is "not stated".
The ``edtf`` package parses; what is admitted, stored and shown is decided here.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

ALLOWED = "2025-12-09, 2026-06, 2023 or [2026-03,2026-04]"
_POINT = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_BLANKS = re.compile(r"\s*([\[\],]|\A|\Z)\s*")
_FORMS = re.compile(rf"(?:{_POINT}|\[{_POINT},{_POINT}\])", re.ASCII)


@dataclass(frozen=True)
class Span:
    """The days that an inexact date may mean, both ends included, and the points it names."""

    earliest: dt.date
    latest: dt.date
    points: tuple[str, ...]


@lru_cache(maxsize=1024)
def parse_edtf(text: str) -> Span:
    """Return the span of an EDTF text; raise ValueError for every form but the four and for days that do not exist."""
    # Slow to import, and few requests need it: the bounds are stored beside the text.
    from edtf import struct_time_to_date
    from edtf.parser.grammar import date  # of the whole grammar only this; all of it takes 25 ms a date
    from pyparsing import ParseException

    if not _FORMS.fullmatch(text):
        raise ValueError(text)
    points = tuple(text.strip("[]").split(","))
    if len(points) == 2 and (points[0] >= points[1] or len(points[0]) != len(points[1])):
        raise ValueError(text)
    try:
        spans = [date.parse_string(point, parse_all=True)[0] for point in points]
        # struct_time of day 31 in a 30-day month would roll over in silence: ask the calendar.
        for point in points:
            year, month, day = (*map(int, point.split("-")), 1, 1)[:3]
            dt.date(year, month, day)
        return Span(struct_time_to_date(spans[0].lower_strict()), struct_time_to_date(spans[-1].upper_strict()), points)
    except (ParseException, ValueError, TypeError, OverflowError) as error:
        raise ValueError(text) from error


def _point_in_words(point: str) -> str:
    parts = [int(part) for part in point.split("-")]
    if len(parts) == 1:
        return str(parts[0])
    day = dt.date(parts[0], parts[1], parts[2] if len(parts) == 3 else 1)
    return formats.date_format(day, "DATE_FORMAT" if len(parts) == 3 else "YEAR_MONTH_FORMAT")


def in_words(text: str) -> str:
    """Say an EDTF text in the current language; "" where nothing is stated."""
    if not text:
        return ""
    points = text.strip("[]").split(",")
    if len(points) == 1:
        return _point_in_words(points[0])
    return str(_("%(first)s or %(second)s")) % {
        "first": _month_alone(*points) or _point_in_words(points[0]),
        "second": _point_in_words(points[1]),
    }


def _month_alone(point: str, other: str) -> str:
    """Say a month without its year where another month of that year follows, as in "March or April 2026"; else ""."""
    if len(point) != 7 or point[:4] != other[:4] or not formats.get_format("YEAR_MONTH_FORMAT").startswith("F"):
        return ""
    return str(formats.date_format(dt.date(int(point[:4]), int(point[5:]), 1), "F"))


def as_json(text: str, earliest: dt.date | None, latest: dt.date | None) -> dict[str, Any] | None:
    """Return ``{"edtf", "earliest", "latest"}``, or None where nothing is stated."""
    return {"edtf": text, "earliest": earliest, "latest": latest} if text else None


def validate_edtf(text: str) -> None:
    """Refuse a text that is none of the four forms."""
    try:
        parse_edtf(text)
    except ValueError:
        raise ValidationError(
            _("“%(value)s” is not a date of stated precision. Allowed: %(allowed)s."),
            code="edtf",
            params={"value": text[:40], "allowed": ALLOWED},
        ) from None


class EdtfBound(models.DateField):
    """The earliest or latest day of an EdtfField, kept by the field itself."""

    def __init__(self, *args: Any, of: str = "", end: str = "", **kwargs: Any) -> None:
        self.of, self.end = of, end
        kwargs.update(null=True, blank=True, editable=False)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:  # type: ignore[override]
        # A migration's state names the column too: the EdtfField has added it already.
        if not any(field.name == name for field in cls._meta.local_fields):
            super().contribute_to_class(cls, name)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for key in ("null", "blank", "editable"):
            kwargs.pop(key, None)
        return name, path, args, {**kwargs, "of": self.of, "end": self.end}

    def pre_save(self, instance: models.Model, add: bool) -> dt.date | None:
        text = getattr(instance, self.of)
        value = getattr(parse_edtf(text), self.end) if text else None
        setattr(instance, self.attname, value)
        return value


class EdtfField(models.CharField):
    """A date of stated precision: its canonical text, with ``<name>_earliest`` and ``<name>_latest`` as date columns."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 24)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        kwargs.setdefault(
            "help_text", format_lazy(_("A day, month, year or one of two: {}. Empty: not stated."), ALLOWED)
        )
        super().__init__(*args, **kwargs)

    default_validators = [validate_edtf]

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        for end in ("earliest", "latest"):
            EdtfBound(of=name, end=end).contribute_to_class(cls, f"{name}_{end}")

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Accept ``[2026-03, 2026-04]`` with its blank, and keep the canonical text."""
        return super().clean(_BLANKS.sub(r"\1", value) if isinstance(value, str) else value, model_instance)
