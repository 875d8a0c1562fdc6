"""The admin of this storey: kinds of centre, centres, offices, milestones, stated totals."""

from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiatives.models import Conference, Programme, Project
from initiatives.staff import (
    RecordAdmin,
    RecordInline,
    StackedPartInline,
    add_inline,
    in_words_column,
    period_column,
    shared,
)

from .filters import CentreFilterSet, KindFilterSet, MilestoneFilterSet, OfficeFilterSet
from .models import Centre, CentreKind, Milestone, Office, OfficeLocation, StatedTotal


class MilestoneInline(RecordInline):
    model = Milestone
    columns = ("what_en", "date", "certainty", "reached", "state")


for subject in (Centre, Office, Programme, Project, Conference):
    add_inline(subject, MilestoneInline)


@admin.register(CentreKind)
class CentreKindAdmin(RecordAdmin):
    columns = ("programme", "marker", "organisation_required", "position")
    filters = (shared(KindFilterSet, "programme"),)
    joins = ("programme",)
    what = ("name", "plural", "programme", "organisation_required", ("marker", "position"))


@admin.register(Centre)
class CentreAdmin(RecordAdmin):
    columns = ("kind", "country", "listed_region", period_column)
    filters = (
        shared(CentreFilterSet, "kind"),
        shared(CentreFilterSet, "region"),
        shared(CentreFilterSet, "country", column=Centre._meta.get_field("country")),
        shared(CentreFilterSet, "status"),
    )
    what = ("kind", "organisation", "name", "position")
    where = ("country", ("region", "region_basis"))
    when = (("since", "since_certainty"), ("until", "until_certainty"))
    published = ("name_as_published", "line_as_published", "country_as_published")

    @admin.display(description=_("region as listed"), ordering="region__position")
    def listed_region(self, centre: Centre) -> str:
        """Say the region of the source, and ITU's own where it is another."""
        if centre.country is None or not centre.regions_differ:
            return str(centre.region)
        own = gettext("ITU: %(region)s") % {"region": centre.country.region}
        return format_html("{}<br><span class='quiet'>{}</span>", centre.region, own)


class LocationInline(StackedPartInline):
    model = OfficeLocation
    columns = (
        ("country", "city"),
        "name_as_published",
        ("since", "since_certainty"),
        ("until", "until_certainty"),
        ("address", "address_date"),
        ("latitude", "longitude"),
        ("ref", "position"),
    )


@admin.register(Office)
class OfficeAdmin(RecordAdmin):
    columns = ("level", "region", "places", "standing", in_words_column("standing_date", _("standing as of")))
    filters = (
        shared(OfficeFilterSet, "region"),
        shared(OfficeFilterSet, "level"),
        shared(OfficeFilterSet, "standing"),
        shared(OfficeFilterSet, "status"),
    )
    inlines = (LocationInline,)
    what = ("name", "level")
    where = ("region", "countries_served")
    when = (("standing", "standing_date"),)
    links = ("programmes", "website", "contact")

    @admin.display(description=_("places"))
    def places(self, office: Office) -> str | None:
        return "; ".join(str(place) for place in office.locations.all()) or None


@admin.register(Milestone)
class MilestoneAdmin(RecordAdmin):
    columns = (
        "subject",
        in_words_column("date", _("date")),
        "certainty",
        in_words_column("reached", _("reached")),
        "overdue",
    )
    filters = (
        shared(MilestoneFilterSet, "programme"),
        shared(MilestoneFilterSet, "certainty"),
        shared(MilestoneFilterSet, "overdue"),
    )
    joins = ("centre__organisation", "centre__country")
    what = ("what", "centre", "office", "programme", "project", "conference")
    when = (("date", "end", "certainty"), "reached")

    @admin.display(description=_("of"))
    def subject(self, milestone: Milestone) -> str:
        return str(milestone.subject)

    @admin.display(description=_("overdue"), boolean=True)
    def overdue(self, milestone: Milestone) -> bool:
        return milestone.is_overdue()


@admin.register(StatedTotal)
class StatedTotalAdmin(RecordAdmin):
    columns = ("number", "document", "section", "kind", "region", in_words_column("date", _("state of")))
    joins = ("document", "kind", "region")
    what = ("label", "number", "held_against")
    when = ("date",)
    links = (("document", "section"), ("kind", "region"))

    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "held_against")

    @admin.display(description=_("held against the registry"))
    def held_against(self, total: StatedTotal) -> str | None:
        """Say what the registry counts, and whether the stated number holds."""
        if total._state.adding or (counted := total.counted()) is None:
            return gettext("cannot be checked")
        verdict = {"holds": gettext("holds"), "fails": gettext("fails")}[total.verdict()]
        return gettext("%(verdict)s: the registry counts %(count)d") % {"verdict": verdict, "count": counted}
