"""The admin of the ground: places, mandates, programmes, organisations, sources, and the history of all records."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from .filters import (
    ConferenceFilterSet,
    CountryFilterSet,
    DocumentFilterSet,
    InitiativeFilterSet,
    OrganisationFilterSet,
    ProgrammeFilterSet,
    ProjectFilterSet,
    ResolutionFilterSet,
)
from .models import (
    Conference,
    Country,
    Document,
    DocumentReference,
    Funding,
    Indicator,
    Organisation,
    Programme,
    ProgrammeResolution,
    Project,
    ProjectCode,
    Region,
    RegionalInitiative,
    Resolution,
    Revision,
    Version,
)
from .staff import (
    RecordAdmin,
    RevisionAdmin,
    StackedPartInline,
    StandingInput,
    TabularPartInline,
    VersionAdmin,
    in_words_column,
    period_column,
    shared,
)

admin.site.register(Revision, RevisionAdmin)
admin.site.register(Version, VersionAdmin)
admin.site.unregister(get_user_model())


@admin.register(get_user_model())
class StaffUserAdmin(StandingInput, UserAdmin):
    """Django's own, which also stands what browsers never send."""

    own_lookups = tuple(f"{name}__exact" for name in ("is_staff", "is_superuser", "is_active", "groups__id"))


@admin.register(Region)
class RegionAdmin(RecordAdmin):
    columns = ("position",)
    what = ("name", "position")


@admin.register(Country)
class CountryAdmin(RecordAdmin):
    columns = ("region", "iso2", "m49", "ldc", "lldc", "sids")
    filters = (
        shared(CountryFilterSet, "region"),
        shared(CountryFilterSet, "ldc"),
        shared(CountryFilterSet, "lldc"),
        shared(CountryFilterSet, "sids"),
    )
    what = (("iso2", "m49"), "name", "official_name")
    where = (("region", "region_basis"), "capital", ("latitude", "longitude"))
    links = (("ldc", "lldc", "sids"), "groups_date", "ldc_graduation", "ldc_graduation_note")


@admin.register(Conference)
class ConferenceAdmin(RecordAdmin):
    columns = ("body", "city", in_words_column("begins", _("begins")), in_words_column("ends", _("ends")))
    filters = (shared(ConferenceFilterSet, "body"),)
    what = ("body",)
    where = ("city",)
    when = ("year", ("begins", "ends"))


@admin.register(Resolution)
class ResolutionAdmin(RecordAdmin):
    columns = ("number", "conference", "label", "title", "provisional")
    filters = (
        shared(ResolutionFilterSet, "conference"),
        shared(ResolutionFilterSet, "programme"),
    )
    what = (("body", "number", "provisional"), "conference", "label", "aliases")
    texts = ("title", "title_edition", "title_note")
    published = ("label_as_published", "wtdc22_label")
    links = ("supersedes",)


@admin.register(RegionalInitiative)
class RegionalInitiativeAdmin(RecordAdmin):
    columns = ("region", "conference", "period_start", "period_end", "title_status")
    filters = (
        shared(InitiativeFilterSet, "region"),
        shared(InitiativeFilterSet, "conference"),
        shared(InitiativeFilterSet, "programme"),
    )
    what = ("title", "title_status", "conference")
    where = ("region",)
    when = (("period_start", "period_end"),)
    texts = ("objective",)
    published = ("title_as_published",)


@admin.register(Organisation)
class OrganisationAdmin(RecordAdmin):
    columns = ("acronym", "country", "city", "language")
    filters = (
        shared(OrganisationFilterSet, "region"),
        shared(OrganisationFilterSet, "country", column=Organisation._meta.get_field("country")),
    )
    joins = ("country",)
    what = (("name", "language"), "acronym", "aliases", "name_in")
    where = ("country", "covers", "city", ("latitude", "longitude"))
    links = ("parent", "website", "contact")


class ResolutionRoleInline(TabularPartInline):
    model = ProgrammeResolution
    columns = ("resolution", "role", "label_as_published", "label_scope", "ref", "position")


class FundingInline(TabularPartInline):
    model = Funding
    columns = ("funder", "amount", "currency", "ref", "position")


class IndicatorInline(StackedPartInline):
    model = Indicator
    columns = ("what", ("kind", "qualifier", "value"), "unit", "date", ("ref", "position"))


class ProjectCodeInline(TabularPartInline):
    model = ProjectCode
    columns = ("scheme", "code", "ref", "position")


class ReferenceInline(TabularPartInline):
    model = DocumentReference
    fk_name = "document"
    columns = ("target", "section", "locus", "ref", "position")


@admin.register(Programme)
class ProgrammeAdmin(RecordAdmin):
    columns = ("short_name", "number", "parent", period_column)
    filters = (
        shared(ProgrammeFilterSet, "status"),
        shared(ProgrammeFilterSet, "initiative"),
    )
    joins = ("parent",)
    inlines = (ResolutionRoleInline, IndicatorInline, FundingInline)
    what = ("name", ("short_name", "number"), "parent", "replaces", "position")
    when = (("since", "since_certainty"), ("until", "until_certainty"))
    texts = ("summary",)
    links = ("all_regional_initiatives", "regional_initiatives")


@admin.register(Project)
class ProjectAdmin(RecordAdmin):
    columns = ("short_name", "programme", period_column)
    filters = (shared(ProjectFilterSet, "programme"), shared(ProjectFilterSet, "status"))
    joins = ("programme",)
    inlines = (ProjectCodeInline, FundingInline, IndicatorInline)
    what = ("name", "short_name", "programme")
    when = (("since", "since_certainty"), ("until", "until_certainty"))


@admin.register(Document)
class DocumentAdmin(RecordAdmin):
    columns = ("kind", "title", "body", in_words_column("date", _("date")))
    filters = (shared(DocumentFilterSet, "kind"),)
    inlines = (ReferenceInline,)
    what = ("kind", "symbol", ("title", "language"), ("author", "body"), "action", "detail")
    when = (("date", "date_assumed"),)
    links = ("url", "resolutions")
