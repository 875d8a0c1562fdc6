"""Records of this storey as the API answers them: explicit fields, references as codes and ids, no queries, no rules."""

import datetime as dt
from typing import Any

from rest_framework import serializers

from .gathered import AnswerSerializer, Links, Rows
from .models import (
    Conference,
    Country,
    Document,
    Organisation,
    Programme,
    Project,
    Region,
    RegionalInitiative,
    Resolution,
)
from .representation import CertaintyOf, Edtf, English, InLanguages, Key, Lines, Named, PageLink, Place, SelfLink
from .row_serializers import (
    CitationRow,
    CodeRow,
    FeatureRow,
    FundingRow,
    IndicatorRow,
    ParticipationRow,
    ReferenceRow,
    ResolutionRow,
)

HEAD = ("id", "url", "page")
TAIL = ("features", "note", "notes", "state", "withdrawn_reason", "successor", "updated", "revision", "sources")
DATED = ("status", "since", "since_certainty", "until", "until_certainty", "uncertain")


class RecordSerializer(AnswerSerializer):
    """What every record answers."""

    id = serializers.CharField(source="pk", read_only=True, help_text="The public key: a code or a permanent id.")
    url = SelfLink(help_text="Its address in the API.")
    page = PageLink(help_text="Its public page.")
    note = English("note")
    notes = InLanguages("note")
    successor = Key("successor", help_text="Of a withdrawn record: the one that takes its place.")
    features = Rows(FeatureRow, help_text="Narrative facts, each under its aspect.")
    updated = serializers.DateTimeField(source="updated_at", read_only=True, default_timezone=dt.UTC)
    revision = serializers.IntegerField(
        read_only=True, help_text="The last revision that changed what is public of it."
    )
    sources = Rows(CitationRow, help_text="With include=sources: where each fact comes from.")

    def get_fields(self) -> dict[str, Any]:
        """Return the fields that were asked for; the key is always among them."""
        fields = super().get_fields()
        if "day" not in self.context:  # described, or asked for what a row may need
            return fields
        asked, included = self.context["fields"], self.context["include"]
        left_out = {"sources"} - set(included) | ({"uncertain"} if self.context["day"] is None else set())
        return {
            name: field
            for name, field in fields.items()
            if name not in left_out and (asked is None or name in asked or name in ("id", *included))
        }


class NamedSerializer(RecordSerializer):
    """What records answer that have a name in six languages."""

    name = English("name")
    names = InLanguages("name")


class DatedSerializer(NamedSerializer):
    """What records answer that hold from a day until a day."""

    status = serializers.ChoiceField(choices=["active", "planned", "closed"], read_only=True)
    since = Edtf("since")
    since_certainty = CertaintyOf("since")
    until = Edtf("until")
    until_certainty = CertaintyOf("until")
    uncertain = serializers.BooleanField(
        read_only=True, help_text="With as_of: whether the day falls inside an inexact date."
    )


class RegionSerializer(NamedSerializer):
    """A region of ITU-D."""

    class Meta:
        model = Region
        fields: tuple[str, ...] = (*HEAD, "name", "names", "position", *TAIL)


class CountrySerializer(NamedSerializer):
    """A Member State."""

    region = Key("region")
    groups_date = Edtf("groups_date")
    ldc_graduation = Edtf("ldc_graduation")
    capital_location = Place()

    class Meta:
        model = Country
        fields: tuple[str, ...] = (
            *HEAD,
            "iso3",
            "iso2",
            "m49",
            "name",
            "names",
            "official_name",
            "region",
            "region_basis",
        )
        fields += ("ldc", "lldc", "sids", "groups_date", "ldc_graduation", "ldc_graduation_note")
        fields += ("capital", "capital_location", *TAIL)


class ConferenceSerializer(RecordSerializer):
    """A conference of ITU."""

    name = serializers.CharField(source="display_name", read_only=True)
    begins = Edtf("begins")
    ends = Edtf("ends")

    class Meta:
        model = Conference
        fields: tuple[str, ...] = (*HEAD, "name", "body", "city", "year", "begins", "ends", *TAIL)


class ResolutionSerializer(RecordSerializer):
    """One edition of a resolution."""

    name = serializers.CharField(source="display_name", read_only=True)
    conference = Key("conference")
    title = English("title")
    titles = InLanguages("title")
    supersedes = Key("supersedes")
    superseded_by = Links("superseded_by")

    class Meta:
        model = Resolution
        fields: tuple[str, ...] = (
            *HEAD,
            "name",
            "number",
            "body",
            "conference",
            "label",
            "label_as_published",
            "wtdc22_label",
        )
        fields += ("title", "titles", "title_edition", "title_note", "provisional", "aliases")
        fields += ("supersedes", "superseded_by", *TAIL)


class InitiativeSerializer(RecordSerializer):
    """A regional initiative."""

    name = serializers.CharField(source="display_name", read_only=True)
    region = Key("region")
    conference = Key("conference")
    title = English("title")
    titles = InLanguages("title")
    objective = English("objective")
    objectives = InLanguages("objective")

    class Meta:
        model = RegionalInitiative
        fields: tuple[str, ...] = (
            *HEAD,
            "name",
            "region",
            "conference",
            "period_start",
            "period_end",
            "title",
            "titles",
        )
        fields += ("title_as_published", "title_status", "objective", "objectives", *TAIL)


class OrganisationSerializer(RecordSerializer):
    """A body that hosts, funds, leads or takes part."""

    name = serializers.CharField(read_only=True, help_text="Its own name, in its own language.")
    names = InLanguages("name_in")
    aliases = Lines("aliases")
    country = Named("country", key="iso3", name="name_en")
    covers = Links("covers")
    parent = Named("parent")  # type: ignore[assignment]
    location = Place()

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = (
            *HEAD,
            "name",
            "language",
            "names",
            "acronym",
            "aliases",
            "country",
            "covers",
            "parent",
        )
        fields += ("contact", "website", "city", "location", *TAIL)


class ProgrammeSerializer(DatedSerializer):
    """A programme or initiative of BDT."""

    summary = English("summary")
    summaries = InLanguages("summary")
    parent = Key("parent")  # type: ignore[assignment]
    components = Links("children")
    regional_initiatives = Links("regional_initiatives")
    resolutions = Rows(ResolutionRow)
    participations = Rows(ParticipationRow)
    fundings = Rows(FundingRow)
    indicators = Rows(IndicatorRow)

    class Meta:
        model = Programme
        fields: tuple[str, ...] = (
            *HEAD,
            "number",
            "name",
            "names",
            "short_name",
            "summary",
            "summaries",
            "parent",
            "components",
        )
        fields += (*DATED, "replaces", "all_regional_initiatives", "regional_initiatives", "resolutions")
        fields += ("participations", "fundings", "indicators", *TAIL)


class ProjectSerializer(DatedSerializer):
    """A funded project."""

    programme = Key("programme")
    codes = Rows(CodeRow)
    participations = Rows(ParticipationRow)
    fundings = Rows(FundingRow)
    indicators = Rows(IndicatorRow)

    class Meta:
        model = Project
        fields: tuple[str, ...] = (*HEAD, "name", "names", "short_name", "codes", "programme", *DATED)
        fields += ("participations", "fundings", "indicators", *TAIL)


class DocumentSerializer(RecordSerializer):
    """A document that states facts or is referred to."""

    name = serializers.CharField(source="display_name", read_only=True)
    date = Edtf("date")
    added = serializers.BooleanField(source="adds_facts", read_only=True)
    address = serializers.CharField(source="url", read_only=True, allow_null=True, help_text="Where it can be read.")
    resolutions = Links("resolutions")
    references = Rows(ReferenceRow)

    class Meta:
        model = Document
        fields: tuple[str, ...] = (
            *HEAD,
            "name",
            "kind",
            "symbol",
            "title",
            "language",
            "address",
            "author",
            "body",
            "action",
        )
        fields += ("date", "date_assumed", "detail", "added", "resolutions", "references", *TAIL)
