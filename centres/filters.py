"""The questions that lists of centres, offices and milestones answer."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives.filters import BY_NAME, BY_UPDATED, RegistryFilterSet, with_components
from initiatives.models import (
    Certainty,
    Country,
    Programme,
    ProgrammeResolution,
    Project,
    Region,
    RegionalInitiative,
    Resolution,
)
from initiatives.questions import YesNo, any_choice, any_of, as_of, status

from .models import CentreKind, Office, OfficeLocation


class KindFilterSet(RegistryFilterSet):
    """Kinds of centre."""

    programme = any_of(Programme, label=_("Programme"), method="filter_programme")

    def filter_programme(self, qs: Any, name: str, value: list[str]) -> Any:
        """Kinds of a programme and of its components."""
        return qs.filter(programme__in=with_components(value)) if value else qs


class CentreFilterSet(RegistryFilterSet):
    """Designated centres."""

    orders = {
        "name": BY_NAME,
        "country": (_("Country"), ["country__sort_key", "sort_key"]),
        "code": (_("Permanent id"), []),
        "updated": BY_UPDATED,
    }

    kind = any_of(CentreKind, label=_("Kind"))
    region = any_of(Region, label=_("Region as listed"))
    itu_region = any_of(Region, label=_("ITU region of the country"), field_name="country__region")
    country = any_of(Country, label=_("Country"))
    programme = any_of(Programme, label=_("Programme"), method="filter_programme")
    status = status()
    initiative = any_of(RegionalInitiative, label=_("Regional initiative"), method="filter_initiative")
    resolution = any_of(Resolution, label=_("Resolution"), method="filter_resolution")
    ldc = YesNo(label=_("Least developed country"), field_name="country__ldc")
    lldc = YesNo(label=_("Landlocked developing country"), field_name="country__lldc")
    sids = YesNo(label=_("Small island developing State"), field_name="country__sids")
    as_of = as_of()

    def filter_programme(self, qs: Any, name: str, value: list[str]) -> Any:
        """Centres of the kinds of a programme and of its components."""
        return qs.filter(kind__programme__in=with_components(value)) if value else qs

    def filter_initiative(self, qs: Any, name: str, value: list[str]) -> Any:
        """Centres under the initiative's region whose programme names it, or is relevant to “all of them”."""
        if not value:
            return qs
        asked = Q()
        for code, region in RegionalInitiative.objects.filter(pk__in=value).values_list("code", "region"):
            named = Programme.regional_initiatives.through.objects.filter(regionalinitiative=code).values("programme")
            asked |= Q(region=region) & (
                Q(kind__programme__in=named) | Q(kind__programme__all_regional_initiatives=True)
            )
        return qs.filter(asked)

    def filter_resolution(self, qs: Any, name: str, value: list[str]) -> Any:
        """Centres of the kinds whose programme rests on the resolution itself."""
        roles = ProgrammeResolution.objects.filter(resolution__in=value)
        return qs.filter(kind__programme__in=roles.values("programme")) if value else qs


class OfficeFilterSet(RegistryFilterSet):
    """Offices of ITU."""

    region = any_of(Region, label=_("Region"))
    level = any_choice(Office._meta.get_field("level").choices, label=_("Level"), field_name="level")
    standing = any_choice(Office._meta.get_field("standing").choices, label=_("Standing"), field_name="standing")
    country = any_of(Country, label=_("Country"), method="filter_country")
    status = status()
    as_of = as_of()

    def filter_country(self, qs: Any, name: str, value: list[str]) -> Any:
        """Offices that are, were or are to be in the country, and those that serve it."""
        if not value:
            return qs
        placed = OfficeLocation.objects.filter(country__in=value).values("office")
        serving = Office.countries_served.through.objects.filter(country__in=value).values("office")
        return qs.filter(Q(pk__in=placed) | Q(pk__in=serving))


class MilestoneFilterSet(RegistryFilterSet):
    """Milestones."""

    orders = {"date": (_("Date"), ["date_earliest", "sort_key"]), "name": BY_NAME, "updated": BY_UPDATED}

    programme = any_of(Programme, label=_("Programme"), method="filter_programme")
    project = any_of(Project, label=_("Project"))
    certainty = any_choice(Certainty, label=_("Certainty"), field_name="certainty")
    overdue = YesNo(label=_("Overdue"), method="filter_overdue")

    def filter_programme(self, qs: Any, name: str, value: list[str]) -> Any:
        """Milestones of a programme and of its components, of their projects, and of the offices that support them."""
        programmes = with_components(value)
        return qs.filter(pk__in=qs.model.objects.of_programmes(programmes).values("pk")) if value else qs

    def filter_overdue(self, qs: Any, name: str, value: bool | None) -> Any:
        """Whether it was expected by a day that has passed, without a word that it came."""
        if value is None:
            return qs
        overdue = qs.model.objects.overdue().values("pk")
        return qs.filter(pk__in=overdue) if value else qs.exclude(pk__in=overdue)
