"""What the API understands beside the filters of a list, and how it refuses all else."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import django_filters.rest_framework
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

from .questions import SHOWN_VALUE, AnyOf

# The API's own parameters: of every list and record, and of lists alone.
OF_RECORDS = ("format", "fields", "include")
OF_LISTS = (*OF_RECORDS, "page", "page_size", "after")

Fault = dict[str, str]


class BadParameterError(APIException):
    """A question that cannot be answered: 400, with the field, the value and what is allowed."""

    status_code = 400

    def __init__(self, *errors: Fault) -> None:
        self.errors = errors
        super().__init__(_("The question holds a parameter or a value that is not allowed."), code="bad_parameter")


def fault(field: str, value: str, allowed: str, detail: str = "") -> Fault:
    """Return what is told of one wrong value."""
    shown = printable(value)
    return {
        "field": printable(field),
        "value": shown,
        "allowed": allowed,
        "detail": detail
        or _("“%(value)s” is not allowed. Allowed: %(allowed)s.") % {"value": shown, "allowed": allowed},
    }


def printable(text: str) -> str:
    """Return the beginning of a text, so that it can be shown and encoded."""
    return text[:SHOWN_VALUE].encode("utf-8", "replace").decode("utf-8")


def refuse_unknown(request: Any, known: Collection[str], repeatable: Collection[str] = ()) -> None:
    """Refuse parameters that nothing understands, and several values where one belongs."""
    faults = []
    for name, values in request.query_params.lists():
        if name not in known:
            detail = _("“%s” is not a parameter here.") % printable(name)
            faults.append(fault(name, values[-1], ", ".join(known), detail))
        elif len(values) > 1 and name not in repeatable:
            faults.append(fault(name, ", ".join(values), _("one value")))
    if faults:
        raise BadParameterError(*faults)


def names_asked(request: Any, parameter: str, allowed: Iterable[str]) -> list[str] | None:
    """Return the names in a comma-separated parameter; None where it is not given, or empty."""
    allowed = list(allowed)
    names = [name for name in request.query_params.get(parameter, "").split(",") if name]
    unknown = [name for name in names if name not in allowed]
    if unknown:
        raise BadParameterError(fault(parameter, unknown[0], ", ".join(allowed)))
    return names or None


def _faults(form: Any) -> Iterator[Fault]:
    """Yield what is wrong in the form of a filterset."""
    for field, errors in form.errors.as_data().items():
        for error in errors:
            yield _fault_of(form, field, error)


def _fault_of(form: Any, field: str, error: ValidationError) -> Fault:
    told = error.params or {}
    value = told.get("value", form.data.get(field, ""))
    return fault(field, str(value), str(told.get("allowed", "")), " ".join(error.messages))


class StrictFilterBackend(django_filters.rest_framework.DjangoFilterBackend):
    """django-filter in the API: unknown parameters are refused, and a wrong value is told with what is allowed."""

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        filters = view.filterset_class.base_filters
        repeatable = [name for name, asked in filters.items() if isinstance(asked, AnyOf)]
        refuse_unknown(request, [*filters, *view.own_parameters], repeatable)
        view.filterset = self.get_filterset(request, queryset, view)
        if not view.filterset.is_valid():
            raise BadParameterError(*_faults(view.filterset.form))
        return view.filterset.qs
