"""Records of this storey as the API answers them: explicit fields, references as codes and ids, no queries, no rules."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from initiatives.gathered import Links, Rows, RowSerializer
from initiatives.models import Country, Organisation
from initiatives.querysets import status_on, uncertain_on
from initiatives.representation import CertaintyOf, Edtf, English, Fact, InLanguages, Key, Named, Place
from initiatives.row_serializers import ParticipationRow
from initiatives.serializers import DATED, HEAD, TAIL, DatedSerializer, NamedSerializer, RecordSerializer
from initiatives.serializers import DocumentSerializer as PlainDocumentSerializer

from .models import Centre, CentreKind, Milestone, Office, OfficeLocation, StatedTotal
from .models.statements import SUBJECTS
from .querysets import counted_by


class Verdict(Fact):
    """Whether the registry counts what the document states."""

    shape = {"type": "string", "enum": ["holds", "fails", "cannot be checked"]}
    columns = ("number", "counted")

    def to_representation(self, instance: dict[str, Any]) -> str:
        total = StatedTotal(number=instance["number"])
        total.count_in_registry = instance["counted"]
        return total.verdict()


class TotalRow(RowSerializer):
    """A number that a document states, and what the registry counts."""

    order = ("sort_key", "pk")

    label = English("label")  # type: ignore[assignment]
    labels = InLanguages("label")
    date = Edtf("date")
    document = Key("document")
    kind = Key("kind")
    region = Key("region")
    counted = serializers.IntegerField(
        read_only=True,
        allow_null=True,
        help_text="Centres that the registry counts on that day, today if none is stated.",
    )
    verdict = Verdict()
    note = English("note")

    class Meta:
        model = StatedTotal
        fields: tuple[str, ...] = ("id", "document", "section", "label", "labels", "number", "date", "kind", "region")
        fields += ("counted", "verdict", "note")

    def facts(self) -> dict[str, Any]:
        return {"counted": counted_by(timezone.localdate())}


class DocumentSerializer(PlainDocumentSerializer):
    """A document, with the totals that it states."""

    stated_totals = Rows(TotalRow)

    class Meta(PlainDocumentSerializer.Meta):
        fields: tuple[str, ...] = (*PlainDocumentSerializer.Meta.fields, "stated_totals")


class KindSerializer(NamedSerializer):
    """A kind of centre."""

    plural = English("plural")
    plurals = InLanguages("plural")
    programme = Key("programme")
    stated_totals = Rows(TotalRow)

    class Meta:
        model = CentreKind
        fields: tuple[str, ...] = (
            *HEAD,
            "name",
            "names",
            "plural",
            "plurals",
            "programme",
            "marker",
            "organisation_required",
        )
        fields += ("position", "stated_totals", *TAIL)


class Whereabouts(Place):
    """The point of a centre: that of its organisation, else of its country's capital."""

    def to_representation(self, instance: Centre) -> dict[str, Any] | None:
        place = instance.location
        return self.point(*place) if place else None


class NamesBorne(InLanguages):
    """The name that it bears in each language: its own, else that of the organisation, else that of the country."""

    def to_representation(self, instance: Centre) -> dict[str, str | None]:
        own = super().to_representation(instance)
        if own["en"]:
            return own
        borne = self.of_organisation(instance.host) if instance.host else self.of_country(instance.country)
        return {code: own[code] or borne[code] for code in own}

    @staticmethod
    def of_organisation(host: Organisation) -> dict[str, str | None]:
        names = InLanguages("name_in").to_representation(host)
        return {code: host.name if code == host.language else name for code, name in names.items()}

    @staticmethod
    def of_country(country: Country | None) -> dict[str, str | None]:
        return InLanguages("name").to_representation(country)


class CentreSerializer(DatedSerializer):
    """A designation: one organisation, or a country for itself, under one kind."""

    kind = Key("kind")
    name = serializers.SerializerMethodField(  # type: ignore[assignment]
        help_text="Its own name, else that of the organisation or the country."
    )
    names = NamesBorne(
        "name",
        help_text="As name, by BCP 47 code: its own, else the organisation's, else the country's; null where no text is known.",
    )
    acronym = serializers.SerializerMethodField()
    organisation = Named("organisation")
    country = Named("country", key="iso3", name="name_en")
    region = Key("region", help_text="As the source lists it.")
    itu_region = Key("country__region", help_text="ITU's own region of the country.")
    location = Whereabouts(help_text="“city”: of its organisation; “country”: the capital, where no city is known.")
    programme = Key("kind__programme")
    participations = Rows(ParticipationRow)

    class Meta:
        model = Centre
        fields: tuple[str, ...] = (
            *HEAD,
            "kind",
            "name",
            "names",
            "acronym",
            "name_as_published",
            "line_as_published",
            "organisation",
        )
        fields += ("country", "country_as_published", "region", "region_basis", "itu_region", *DATED, "location")
        fields += ("programme", "position", "participations", *TAIL)

    def get_name(self, record: Centre) -> str:
        return record.sort_name()

    def get_acronym(self, record: Centre) -> str | None:
        return record.acronym or None


class LocationRow(RowSerializer):
    """Where an office is, was, or is to be."""

    country = Named("country", key="iso3", name="name_en")
    since = Edtf("since")
    since_certainty = CertaintyOf("since")
    until = Edtf("until")
    until_certainty = CertaintyOf("until")
    address_date = Edtf("address_date")
    location = Place()
    status = serializers.ChoiceField(choices=["active", "planned", "closed"], read_only=True)
    uncertain = serializers.BooleanField(
        read_only=True, help_text="With as_of: whether the day falls inside an inexact date."
    )

    class Meta:
        model = OfficeLocation
        fields: tuple[str, ...] = ("ref", "country", "name_as_published", "city", "address", "address_date", "location")
        fields += ("status", "since", "since_certainty", "until", "until_certainty", "uncertain")

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if "day" in self.context and self.context["day"] is None:
            del fields["uncertain"]
        return fields

    def facts(self) -> dict[str, Any]:
        day = self.context.get("day")
        status = {"status": status_on(day or timezone.localdate())}
        return {**status, "uncertain": uncertain_on(day)} if day else status


class OfficeSerializer(NamedSerializer):
    """An office of ITU; its places are rows."""

    region = Key("region")
    status = serializers.ChoiceField(choices=["active", "planned", "closed"], read_only=True)
    uncertain = serializers.BooleanField(
        read_only=True, help_text="With as_of: whether the day falls inside an inexact date of a place."
    )
    standing_date = Edtf("standing_date")
    countries_served = Links("countries_served")
    programmes = Links("programmes")
    locations = Rows(LocationRow)
    participations = Rows(ParticipationRow)

    class Meta:
        model = Office
        fields: tuple[str, ...] = (
            *HEAD,
            "level",
            "name",
            "names",
            "region",
            "status",
            "uncertain",
            "standing",
            "standing_date",
            "locations",
        )
        fields += ("countries_served", "programmes", "contact", "website", "participations", *TAIL)


class MilestoneSerializer(RecordSerializer):
    """What happened, or is expected, to one centre, office, programme, project or conference."""

    what = English("what")
    whats = InLanguages("what")
    centre = Key("centre")
    office = Key("office")
    programme = Key("programme")
    project = Key("project")
    conference = Key("conference")
    date = Edtf("date")
    end = Edtf("end")
    certainty = CertaintyOf("date", "certainty")
    reached = Edtf("reached")
    overdue = serializers.BooleanField(source="is_overdue", read_only=True)

    class Meta:
        model = Milestone
        fields: tuple[str, ...] = (
            *HEAD,
            "what",
            "whats",
            *SUBJECTS,
            "date",
            "end",
            "certainty",
            "reached",
            "overdue",
            *TAIL,
        )
