"""Rows of records as the API answers them: features, participations, citations and their like."""

from rest_framework import serializers

from .gathered import RowSerializer
from .models import (
    Citation,
    DocumentReference,
    Feature,
    Funding,
    Indicator,
    Participation,
    ProgrammeResolution,
    ProjectCode,
)
from .representation import Added, Edtf, English, InLanguages, Key, Named, Names, Number


class CitationRow(RowSerializer):
    """The place of a document, and which facts of the record it supports.

    ``fields`` names them as the record's document in the changes does, by column: ``name_en`` stands for ``name`` and
    ``names.en``, ``name_zh_hans`` for ``names.zh-Hans``, ``latitude`` and ``longitude`` for ``location``,
    ``resolution_roles`` for ``resolutions``.
    """

    document = Key("document")
    symbol = serializers.CharField(source="document__symbol", read_only=True, allow_null=True)
    title = serializers.CharField(source="document__title", read_only=True, allow_null=True)
    url = serializers.CharField(source="document__url", read_only=True, allow_null=True)
    fields = Names(  # type: ignore[assignment]
        "fields",
        help_text="As in the change feed: a column (name_en), all rows of a part (features), one row by its ref (features/…).",
    )
    date = Edtf("date")
    added = Added(help_text="Whether a public page added it to what ITU's own documents state.")

    class Meta:
        model = Citation
        fields: tuple[str, ...] = ("ref", "document", "symbol", "title", "url", "section", "fields", "date")
        fields += ("inferred", "remark", "added")


class FeatureRow(RowSerializer):
    """One narrative fact."""

    text = English("text")
    texts = InLanguages("text")

    class Meta:
        model = Feature
        fields: tuple[str, ...] = ("ref", "aspect", "text", "texts", "as_published")


class ResolutionRow(RowSerializer):
    """The role of a resolution, with the label that the source printed."""

    resolution = Key("resolution")

    class Meta:
        model = ProgrammeResolution
        fields: tuple[str, ...] = ("ref", "resolution", "role", "label_as_published", "label_scope")


class ParticipationRow(RowSerializer):
    """The role of an organisation, or of a country."""

    organisation = Named("organisation")
    country = Named("country", key="iso3", name="name_en")

    class Meta:
        model = Participation
        fields: tuple[str, ...] = ("ref", "role", "organisation", "country", "as_published")


class FundingRow(RowSerializer):
    """What a funder gives; the amount is null where no source states it."""

    funder = Named("funder")
    amount = Number("amount")

    class Meta:
        model = Funding
        fields: tuple[str, ...] = ("ref", "funder", "amount", "currency")


class IndicatorRow(RowSerializer):
    """A figure: a target or a result."""

    what = English("what")
    whats = InLanguages("what")
    value = Number("value")
    unit = English("unit")
    units = InLanguages("unit")
    date = Edtf("date")

    class Meta:
        model = Indicator
        fields: tuple[str, ...] = ("ref", "what", "whats", "value", "unit", "units", "kind", "qualifier", "date")


class CodeRow(RowSerializer):
    """A reference code and its scheme."""

    class Meta:
        model = ProjectCode
        fields: tuple[str, ...] = ("ref", "scheme", "code")


class ReferenceRow(RowSerializer):
    """Another document that one refers to, with the place meant there."""

    document = Key("target")

    class Meta:
        model = DocumentReference
        fields: tuple[str, ...] = ("ref", "document", "section", "locus")
