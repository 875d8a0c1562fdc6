"""Pages of centres, their kinds, offices and milestones."""

from typing import Any

from django.utils.translation import gettext_lazy
from modeltranslation.utils import build_localized_fieldname, get_language

from initiatives.models import Region
from initiatives.near_names import near_names
from initiatives.views import RecordList, RecordPage

from . import filters
from .models import Centre, CentreKind, Milestone, Office, StatedTotal


class CentreList(RecordList):
    """The directory."""

    model = Centre
    filterset_class = filters.CentreFilterSet
    collection = "centres"
    title = gettext_lazy("Centres")
    at_hand = ("q", "country", "sort", "kind", "region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = self.filterset.form
        asked = self.request.GET.getlist("country")
        with_centres = Centre.objects.public().order_by().values_list("country", flat=True).distinct()
        form.fields["country"].offer({*with_centres, *(code for value in asked for code in value.split(","))})
        question = form.cleaned_data.get("q") if form.is_valid() else ""
        if question and not context["paginator"].count:
            context["near"] = near_names(question, names_of_centres())
        return context


def names_of_centres() -> set[str]:
    """Return the names by which people look for the public centres, in the current language and in English."""
    codes = {"en", get_language()}
    columns = ["organisation__name", "organisation__acronym"]
    columns += [build_localized_fieldname("country__name", code) for code in codes]
    columns += [build_localized_fieldname("name", code) for code in codes]
    rows = Centre.objects.public().naming_no_draft().order_by().rewrite(False)
    return {name for row in rows.values_list(*columns) for name in row if name}


class CentrePage(RecordPage):
    model = Centre

    def profile(self, centre: Centre) -> dict[str, Any]:
        alike = Centre.objects.none()
        if centre.organisation_id:
            alike = Centre.objects.public().filter(organisation=centre.organisation_id).exclude(pk=centre.pk)
        return {
            "milestones": centre.milestones.public().for_listing(),
            "same_organisation": alike.for_listing(),
        }


class KindList(RecordList):
    model = CentreKind
    filterset_class = filters.KindFilterSet
    collection = "centre-kinds"
    title = gettext_lazy("Kinds of centre")


class KindPage(RecordPage):
    model = CentreKind

    def profile(self, kind: CentreKind) -> dict[str, Any]:
        centres = list(Centre.objects.public().of_kind(kind.pk).for_listing())
        return {
            "by_region": {
                region: [centre for centre in centres if centre.region_id == region.pk]
                for region in Region.objects.public().for_listing()
            },
            "count": len(centres),
            "totals": StatedTotal.objects.public().filter(kind=kind).checked(),
        }


class OfficeList(RecordList):
    model = Office
    filterset_class = filters.OfficeFilterSet
    collection = "offices"
    title = gettext_lazy("Offices of ITU")
    at_hand = ("q", "sort", "level", "region")


class OfficePage(RecordPage):
    model = Office

    def profile(self, office: Office) -> dict[str, Any]:
        return {
            "places": office.locations.all(),
            "served": office.countries_served.public().for_listing(),
            "programmes": office.programmes.public().for_listing(),
            "milestones": office.milestones.public().for_listing(),
        }


class MilestoneList(RecordList):
    model = Milestone
    filterset_class = filters.MilestoneFilterSet
    collection = "milestones"
    title = gettext_lazy("Milestones")
    at_hand = ("q", "sort", "overdue", "programme")


class MilestonePage(RecordPage):
    model = Milestone
