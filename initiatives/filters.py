"""Questions that pages, API, downloads and admin ask in the same words.

A FilterSet owns the parameters of a list: ``q``, the choices, ``as_of`` and ``sort``. Whether a row is public is never a
filter. A bad value is a form error on a page and 400 in the API; there, an unknown parameter is 400 too.
"""

import datetime as dt
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import (
    Conference,
    Country,
    DocumentKind,
    Programme,
    ProgrammeResolution,
    Region,
    RegionalInitiative,
    Resolution,
)
from .questions import (
    CodesField,
    PublicChoices,
    Question,
    Since,
    Sort,
    YesNo,
    any_choice,
    any_of,
    as_of,
    status,
)

BY_NAME = (_("Name"), ["sort_key"])
BY_UPDATED = (_("Updated, oldest first"), ["updated_at"])


def with_components(codes: list[str]) -> Any:
    """Return the codes of programmes and of those that are part of them: who asks for a programme asks for both."""
    return Programme.objects.filter(Q(pk__in=codes) | Q(parent__in=codes)).order_by().values("pk")


class RegistryFilterSet(django_filters.FilterSet):
    """The parameters of one list."""

    # name → (label, columns); the first is the order of the list where nobody asks.
    orders: ClassVar[dict[str, Any]] = {"name": BY_NAME, "updated": BY_UPDATED}

    q = Question(label=_("Search"))

    @classmethod
    def get_filters(cls) -> Any:
        return {**super().get_filters(), "sort": Sort(label=_("Sort by"), orders=cls.orders)}

    @property
    def form(self) -> forms.Form:
        if not hasattr(self, "_form"):
            fields = [field for field in super().form.fields.values() if isinstance(field, CodesField)]
            choices = PublicChoices(dict.fromkeys(field.records for field in fields if field.records is not None))
            for field in fields:
                field.share(choices)
        form: forms.Form = self._form
        return form

    @property
    def day(self) -> dt.date | None:
        """Return the day that was asked for."""
        return self.form.cleaned_data.get("as_of") if self.form.is_valid() else None

    @property
    def asked(self) -> bool:
        """Tell whether any parameter narrows the list."""
        return self.form.is_valid() and any(
            value for name, value in self.form.cleaned_data.items() if name != "sort" and value not in (None, "")
        )

    def filter_queryset(self, queryset: Any) -> Any:
        day = self.form.cleaned_data.get("as_of")
        if day:
            queryset = queryset.as_of(day)
        elif hasattr(queryset, "with_status"):
            queryset = queryset.with_status(timezone.localdate())
        return super().filter_queryset(queryset)


class RegionFilterSet(RegistryFilterSet):
    """Regions."""


class CountryFilterSet(RegistryFilterSet):
    """Member States."""

    orders = {"name": BY_NAME, "code": (_("Code"), ["iso3"]), "updated": BY_UPDATED}

    region = any_of(Region, label=_("Region"))
    ldc = YesNo(label=_("Least developed country"), field_name="ldc")
    lldc = YesNo(label=_("Landlocked developing country"), field_name="lldc")
    sids = YesNo(label=_("Small island developing State"), field_name="sids")


class ConferenceFilterSet(RegistryFilterSet):
    """Conferences."""

    orders = {"name": BY_NAME, "date": (_("Begin"), ["begins_earliest", "sort_key"]), "updated": BY_UPDATED}

    body = any_choice(Conference._meta.get_field("body").choices, label=_("Body"), field_name="body")


class ResolutionFilterSet(RegistryFilterSet):
    """Editions of resolutions."""

    conference = any_of(Conference, label=_("Conference"))
    programme = any_of(Programme, label=_("Programme"), method="filter_programme")

    def filter_programme(self, qs: Any, name: str, value: list[str]) -> Any:
        """Resolutions on which a programme or one of its components rests."""
        roles = ProgrammeResolution.objects.filter(programme__in=with_components(value))
        return qs.filter(pk__in=roles.values("resolution")) if value else qs


class InitiativeFilterSet(RegistryFilterSet):
    """Regional initiatives."""

    region = any_of(Region, label=_("Region"))
    conference = any_of(Conference, label=_("Conference"))
    programme = any_of(Programme, label=_("Programme"), method="filter_programme")

    def filter_programme(self, qs: Any, name: str, value: list[str]) -> Any:
        """Initiatives that a programme or one of its components names; every one where it is relevant to “all of them”."""
        if not value:
            return qs
        programmes = with_components(value)
        if Programme.objects.public().filter(pk__in=programmes, all_regional_initiatives=True).exists():
            return qs
        links = Programme.regional_initiatives.through.objects.filter(programme__in=programmes)
        return qs.filter(pk__in=links.values("regionalinitiative"))


class OrganisationFilterSet(RegistryFilterSet):
    """Organisations."""

    country = any_of(Country, label=_("Country"))
    region = any_of(Region, label=_("Region"), field_name="country__region")


class ProgrammeFilterSet(RegistryFilterSet):
    """Programmes."""

    orders = {"name": BY_NAME, "date": (_("Begin"), ["since_earliest", "sort_key"]), "updated": BY_UPDATED}

    status = status()
    initiative = any_of(RegionalInitiative, label=_("Regional initiative"), method="filter_initiative")
    resolution = any_of(Resolution, label=_("Resolution"), method="filter_resolution")
    as_of = as_of()

    def filter_initiative(self, qs: Any, name: str, value: list[str]) -> Any:
        """Programmes that name the initiative, or are relevant to “all of them”."""
        if not value:
            return qs
        links = Programme.regional_initiatives.through.objects.filter(regionalinitiative__in=value)
        return qs.filter(Q(all_regional_initiatives=True) | Q(pk__in=links.values("programme")))

    def filter_resolution(self, qs: Any, name: str, value: list[str]) -> Any:
        """Programmes that rest on the resolution themselves, whatever its role."""
        roles = ProgrammeResolution.objects.filter(resolution__in=value)
        return qs.filter(pk__in=roles.values("programme")) if value else qs


class ProjectFilterSet(RegistryFilterSet):
    """Projects."""

    orders = {"name": BY_NAME, "date": (_("Begin"), ["since_earliest", "sort_key"]), "updated": BY_UPDATED}

    programme = any_of(Programme, label=_("Programme"), method="filter_programme")
    status = status()
    as_of = as_of()

    def filter_programme(self, qs: Any, name: str, value: list[str]) -> Any:
        """Projects of a programme and of its components."""
        return qs.filter(programme__in=with_components(value)) if value else qs


class DocumentFilterSet(RegistryFilterSet):
    """Documents."""

    orders = {"name": BY_NAME, "date": (_("Date"), ["date_earliest", "sort_key"]), "updated": BY_UPDATED}

    kind = any_choice(DocumentKind, label=_("Kind"), field_name="kind")


class ChangeFilterSet(django_filters.FilterSet):
    """What became public, changed or ceased to be."""

    since = Since(label=_("Changes after this revision"), field_name="revision", lookup_expr="gt")
