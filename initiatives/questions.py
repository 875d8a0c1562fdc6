"""What may be asked of a list, one parameter at a time, and how a wrong value is refused.

A bad value is a form error on a page and 400 in the API; either names the value and what is allowed.
"""

import datetime as dt
import difflib
from collections.abc import Callable, Collection, Iterable, Iterator
from types import SimpleNamespace
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .models import (
    Status,
)

MAX_QUESTION = 200
SHOWN_VALUE = 60


def refuse(value: str, allowed: str) -> ValidationError:
    """Return the error for a value that is not allowed: it names the value and what is."""
    return ValidationError(
        _("“%(value)s” is not allowed. Allowed: %(allowed)s."),
        code="invalid",
        params={"value": value[:SHOWN_VALUE], "allowed": allowed},
    )


class CommaSelect(forms.SelectMultiple):
    """Several values, repeated (``kind=AC&kind=DTC``) or separated by commas (``kind=AC,DTC``)."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        values = data.getlist(name) if hasattr(data, "getlist") else [data[name]] if data.get(name) else []
        return [code for value in values for code in str(value).split(",") if code]


class CodesField(forms.Field):
    """Any of some codes. The choices are read once a form, and serve for checking and for showing alike."""

    widget = CommaSelect

    def __init__(self, *, options: Callable[[], Any] = tuple, records: type[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.options, self.records = options, records
        self.widget.choices = self.choices  # type: ignore[assignment]

    def __deepcopy__(self, memo: Any) -> "CodesField":
        field: CodesField = super().__deepcopy__(memo)
        field.__dict__.pop("_loaded", None)
        field.widget.choices = field.choices  # type: ignore[assignment]
        return field

    @property
    def loaded(self) -> list[tuple[str, str]]:
        if "_loaded" not in self.__dict__:
            self._loaded = [(str(code), str(label)) for code, label in self.options()]
        return self._loaded

    def share(self, choices: "PublicChoices") -> None:
        """Take the choices from what is read once for the whole form."""
        if self.records is not None:
            records = self.records
            self.options = lambda: choices.of(records)

    def offer(self, codes: Collection[str]) -> None:
        """Show only some of the choices; what is allowed to be asked, and was asked, stays."""
        self._loaded = [(code, label) for code, label in self.loaded if code in codes]

    def choices(self) -> Iterator[tuple[str, str]]:
        """Yield (code, label), loaded when first asked for."""
        yield from self.loaded

    def clean(self, value: list[str]) -> list[str]:
        value = value or []
        if value:
            known = {code for code, _label in self.loaded}
            for code in value:
                if code not in known:
                    raise refuse(code, self._allowed(code, known))
        return value

    @staticmethod
    def _allowed(code: str, known: set[str]) -> str:
        if len(known) <= 20:
            return ", ".join(sorted(known))
        near = difflib.get_close_matches(code.upper(), known, 3, 0.5) or sorted(known)[:3]
        return str(_("one of %(count)d codes, such as %(near)s")) % {"count": len(known), "near": ", ".join(near)}


class AnyOf(django_filters.Filter):
    """Rows that have any of the given codes."""

    field_class = CodesField
    # The codes where they never change.
    fixed: tuple[str, ...] = ()

    def filter(self, qs: Any, value: list[str]) -> Any:
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


def any_of(model: type[Any], *, label: Any, **kwargs: Any) -> AnyOf:
    """Return a filter for any of the keys of the public records of a model."""
    return AnyOf(label=label, records=model, **kwargs)


class PublicChoices:
    """Keys and names of the public records of some models, in reading order: one query for them all, when first asked for."""

    COLUMNS = 4  # as many as the name of any record is made of

    def __init__(self, models: Iterable[type[Any]]) -> None:
        self.models = {model._meta.label_lower: model for model in models}

    def of(self, model: type[Any]) -> list[tuple[str, str]]:
        return self._read.get(model._meta.label_lower, [])

    @cached_property
    def _read(self) -> dict[str, list[tuple[str, str]]]:
        first, *others = [self._rows(model) for model in self.models.values()]
        rows = sorted(first.union(*others, all=True) if others else first, key=lambda row: (row[0], row[2], row[1]))
        found: dict[str, list[tuple[str, str]]] = {}
        for label, key, _order, *values in rows:
            found.setdefault(label, []).append((key, self._name(self.models[label], key, values)))
        return found

    @staticmethod
    def _name(model: type[Any], key: str, values: list[str]) -> str:
        """Say the display name from its columns alone: a whole record takes ten times as long to make."""
        columns = dict(zip(model.columns_of_name(), values, strict=False))
        if not model.named_by:
            columns[model.name_field] = next((text for text in reversed(columns.values()) if text), "")
        row = SimpleNamespace(pk=key, **{**columns, model._meta.pk.attname: key})
        return str(model.display_name.fget(row))  # type: ignore[attr-defined]

    def _rows(self, model: type[Any]) -> Any:
        names = model.columns_of_name()
        texts = [Cast(name, TextField()) for name in names] + [Value("", TextField())] * (self.COLUMNS - len(names))
        return (
            model.objects.public()
            .order_by()
            .rewrite(False)  # modeltranslation would lose the order of the columns, on which a union rests
            .values_list(Value(model._meta.label_lower, TextField()), Cast("pk", TextField()), "sort_key", *texts)
        )


def any_choice(choices: Any, *, label: Any, **kwargs: Any) -> AnyOf:
    """Return a filter for any of some fixed codes."""
    pairs = choices.choices if hasattr(choices, "choices") else choices
    asked = AnyOf(label=label, options=lambda: pairs, **kwargs)
    asked.fixed = tuple(code for code, _label in pairs)
    return asked


class YesNoField(forms.Field):
    """``true`` or ``false``; empty asks nothing."""

    widget = forms.Select(choices=[("", _("Any")), ("true", _("Yes")), ("false", _("No"))])

    def clean(self, value: Any) -> bool | None:
        if value in (None, ""):
            return None
        if str(value) not in ("true", "false"):
            raise refuse(str(value), "true, false")
        return str(value) == "true"


class YesNo(django_filters.Filter):
    """Rows for which a column is true, or false."""

    field_class = YesNoField


class DayField(forms.Field):
    """A day, ``2026-05-01``, from the year 1865, when ITU was founded, to 2999."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> dt.date | None:
        if value in (None, ""):
            return None
        allowed = str(_("a day from 1865-01-01 to 2999-12-31, as in 2026-05-01"))
        text = str(value)
        try:
            day = dt.date.fromisoformat(text) if len(text) == 10 else None
        except ValueError:
            day = None
        if day is None or not 1865 <= day.year <= 2999:
            raise refuse(text, allowed)
        return day


class DayFilter(django_filters.Filter):
    """A day; what it asks is the FilterSet's to say."""

    field_class = DayField


class QuestionField(forms.CharField):
    """Words to search for. Whatever is typed is only text."""

    widget = forms.TextInput(attrs={"type": "search"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "strip": True})
        self.validators = []

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if len(text) > MAX_QUESTION:
            raise refuse(text, str(_("at most %d characters")) % MAX_QUESTION)
        return text


class Question(django_filters.Filter):
    """Rows in which every word occurs."""

    field_class = QuestionField

    def filter(self, qs: Any, value: str) -> Any:
        return qs.matching(value) if value else qs


class SortField(forms.Field):
    """The name of an order, with a minus for the reverse."""

    widget = forms.Select

    def __init__(self, *, orders: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.orders = orders
        self.widget.choices = [(name, label) for name, (label, _columns) in orders.items()]

    def clean(self, value: Any) -> str:
        if value in (None, ""):
            return ""
        if str(value).removeprefix("-") not in self.orders:
            raise refuse(str(value), ", ".join(f"{name}, -{name}" for name in self.orders))
        return str(value)


class Sort(django_filters.Filter):
    """An order by name; every order ends in the key, so that pages neither skip nor repeat."""

    field_class = SortField

    def filter(self, qs: Any, value: str) -> Any:
        if not value:
            return qs
        return qs.order_by(*(nulls_last(qs.model, name) for name in order_columns(self.extra["orders"], value)))


def nulls_last(model: Any, column: str) -> Any:
    """Return an order by a column in which rows without a value come last on every database, whichever way it runs."""
    path = column.removeprefix("-")
    if not may_be_empty(model, path):
        return column
    return F(path).desc(nulls_last=True) if column.startswith("-") else F(path).asc(nulls_last=True)


def may_be_empty(model: Any, path: str) -> bool:
    """Tell whether a column, or a record on the way to it, may be missing."""
    for name in path.split("__"):
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        if field.null:
            return True
        model = field.related_model
    return False


def order_columns(orders: dict[str, Any], value: str) -> list[str]:
    """Return the columns of an order, turned round where its name has a minus."""
    _label, columns = orders[value.removeprefix("-")]
    if not value.startswith("-"):
        return [*columns, "pk"]
    return [*(column[1:] if column.startswith("-") else f"-{column}" for column in columns), "-pk"]


class AsOf(DayFilter):
    """The day for which the list is to hold; applied before all else by the FilterSet."""

    def filter(self, qs: Any, value: Any) -> Any:
        return qs


def as_of() -> AsOf:
    return AsOf(label=_("As of the day"))


def status() -> AnyOf:
    """Return the filter for what follows from dates and certainty."""
    return any_choice(Status, label=_("Status"), field_name="status")


class RevisionField(forms.Field):
    """The number of a revision; 0 is before the first."""

    def clean(self, value: Any) -> int | None:
        if value in (None, ""):
            return None
        text = str(value)
        if not (text.isascii() and text.isdecimal() and len(text) <= 18):
            raise refuse(text, str(_("the number of a revision, 0 or more")))
        return int(text)


class Since(django_filters.Filter):
    """What came after a revision."""

    field_class = RevisionField
