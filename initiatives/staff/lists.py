"""Columns and filters of the admin's lists. A filter that pages and API have too bears the same name and asks the same."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.http import HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..dates import in_words
from ..filters import RegistryFilterSet
from ..models import State, Status
from ..questions import MAX_QUESTION

Filter = type[admin.SimpleListFilter]


def in_words_column(name: str, description: Any) -> Callable[[Any], str | None]:
    """Return a column that says a date of stated precision in words and sorts by its first day."""

    @admin.display(description=description, ordering=f"{name}_earliest")
    def column(record: Any) -> str | None:
        return in_words(getattr(record, name)) or None

    return column


@admin.display(description=gettext_lazy("period"), ordering="since_earliest")
def period_column(record: Any) -> str | None:
    """Say since when and until when, as far as that is stated."""
    since, until = in_words(record.since), in_words(record.until)
    if not until:
        return _("since %(begin)s") % {"begin": since} if since else None
    return f"{since} – {until}" if since else _("until %(end)s") % {"end": until}


@admin.display(description=gettext_lazy("status"), ordering="status")
def status_column(record: Any) -> str:
    """Say the status of today, which the list's query has worked out."""
    return str(Status(record.status).label)


# ---------------------------------------------------------------- filters of staff alone


class StateFilter(admin.SimpleListFilter):
    """Drafts, published, withdrawn."""

    title, parameter_name = gettext_lazy("state"), "state"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        return State.choices

    def queryset(self, request: Any, queryset: Any) -> Any:
        return queryset.filter(state=self.value()) if self.value() else queryset


class ReviewFilter(admin.SimpleListFilter):
    """When somebody last found all of it still true."""

    title, parameter_name = gettext_lazy("review"), "review"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        return [("never", _("Never")), ("old", _("More than a year ago")), ("recent", _("Within a year"))]

    def queryset(self, request: Any, queryset: Any) -> Any:
        year_ago = timezone.localdate() - dt.timedelta(days=365)
        conditions = {
            "never": models.Q(reviewed_on=None),
            "old": models.Q(reviewed_on__lt=year_ago),
            "recent": models.Q(reviewed_on__gte=year_ago),
        }
        return queryset.filter(conditions.get(self.value() or "", models.Q()))


class OwnerFilter(admin.SimpleListFilter):
    """Mine, or nobody's."""

    title, parameter_name = gettext_lazy("owner"), "owner"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        return [("me", _("Mine")), ("none", _("Nobody’s"))]

    def queryset(self, request: Any, queryset: Any) -> Any:
        owners = {"me": request.user, "none": None}
        return queryset.filter(owner=owners[self.value()]) if self.value() in owners else queryset  # type: ignore[index]


STAFF_ONLY = (StateFilter, ReviewFilter, OwnerFilter)


# ---------------------------------------------------------------- filters that every door has


class SharedFilter(admin.SimpleListFilter):
    """A filter of the filterset behind pages and API; here its choices hold drafts too."""

    filterset: type[RegistryFilterSet]

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        field = self.filterset.base_filters[self.parameter_name].field
        if getattr(field, "records", None) is not None:
            rows = field.records.objects.order_by("sort_key", "pk")
            return [(str(row.pk), row.display_name) for row in rows]
        if hasattr(field, "options"):
            return [(str(code), str(label)) for code, label in field.options()]
        return [("true", _("Yes")), ("false", _("No"))]

    def queryset(self, request: Any, queryset: Any) -> Any:
        if not self.value():
            return queryset
        codes = [code for code in str(self.value()).split(",") if code]
        asked = self.filterset({}, queryset=queryset).filters[self.parameter_name]
        is_flag = not hasattr(asked.field, "options")
        return asked.filter(queryset, codes[:1] == ["true"] if is_flag else codes)


class SharedAutocompleteFilter(SharedFilter):
    """The same for a model of many records: chosen by typing."""

    template = "admin/filter_autocomplete.html"
    column: Any

    def __init__(self, request: Any, params: Any, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.admin_site = model_admin.admin_site

    def lookups(self, request: Any, model_admin: Any) -> Any:
        return []

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: Any) -> Iterator[Any]:
        field = forms.ModelChoiceField(
            queryset=self.column.related_model.objects.all(),
            required=False,
            widget=AutocompleteSelect(self.column, self.admin_site),
        )
        own = (self.parameter_name, "p", "e")
        yield {
            "widget": field.widget.render(
                self.parameter_name,
                [self.value() or ""],
                {"id": f"filter-{self.parameter_name}", "aria-label": self.title},
            ),
            "others": [pair for pair in changelist.params.items() if pair[0] not in own],
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "selected": bool(self.value()),
        }


def shared(filterset: type[RegistryFilterSet], name: str, column: Any = None) -> Filter:
    """Return the admin's list filter for a parameter of a filterset.

    ``column`` is the foreign key to a model of too many records to list: one is chosen by typing.
    """
    title = filterset.base_filters[name].label
    values = {"title": title, "parameter_name": name, "filterset": filterset, "column": column}
    base = SharedFilter if column is None else SharedAutocompleteFilter
    return type(f"{filterset.__name__}{name.title()}", (base,), values)


# ---------------------------------------------------------------- what cannot be stored


def _storable(values: QueryDict) -> QueryDict:
    """Return the values with U+FFFD for NUL, which PostgreSQL refuses: such a value is only unknown or wrong."""
    if not any("\x00" in text for _name, some in values.lists() for text in some):
        return values
    copy = values.copy()
    for name, some in values.lists():
        copy.setlist(name, [text.replace("\x00", "\ufffd") for text in some])
    return copy


class StandingInput(admin.ModelAdmin):
    """An admin that stands whatever is put into its addresses."""

    # Parameters of lists beside those of the filters.
    own_lookups: tuple[str, ...] = ()

    def get_object(self, request: Any, object_id: str, from_field: str | None = None) -> Any:
        return super().get_object(request, object_id.replace("\x00", "\ufffd"), from_field)

    def changelist_view(self, request: Any, extra_context: Any = None) -> Any:
        request.GET, request.POST = _storable(request.GET), _storable(request.POST)
        if len(request.GET.get("q", "")) > MAX_QUESTION:
            text = _("A search has at most %(count)d characters.") % {"count": MAX_QUESTION}
            self.message_user(request, text, messages.WARNING)
        return super().changelist_view(request, extra_context)

    def changeform_view(
        self, request: Any, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        request.GET = _storable(request.GET)
        if _storable(request.POST) is not request.POST:
            text = _("Nothing is saved: the form held a character that cannot be stored (NUL).")
            self.message_user(request, text, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        return super().changeform_view(request, object_id, form_url, extra_context)

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        filters = [getattr(each, "parameter_name", each) for each in self.get_list_filter(request)]
        if lookup in (*filters, *self.own_lookups):
            return True
        raise IncorrectLookupParameters(lookup)

    def get_search_results(self, request: Any, queryset: Any, search_term: str) -> tuple[Any, bool]:
        if len(search_term) > MAX_QUESTION:
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term.replace("\x00", "\ufffd"))
