"""The endpoints of this storey, and what those of every storey have in common."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.mixins import ListModelMixin
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from . import filters, serializers, sheets
from .changes import ChangeSerializer, public_documents
from .filters import RegistryFilterSet
from .gathered import Gathered
from .models import (
    Change,
    Conference,
    Country,
    Document,
    Organisation,
    Programme,
    Project,
    Record,
    Region,
    RegionalInitiative,
    Resolution,
    Version,
)
from .parameters import OF_LISTS, OF_RECORDS, names_asked, refuse_unknown
from .permanent_ids import MAX_LENGTH, PATTERN, is_well_formed


class SheetMixin:
    """What a list needs to be written as a sheet as well."""

    sheet: ClassVar[tuple[sheets.Column, ...]] = ()
    request: Any

    def paginate_queryset(self, queryset: Any) -> Any:
        """A sheet holds every row of the question, unless a page is asked for."""
        paged = any(self.request.query_params.get(name) for name in ("page", "page_size", "after"))
        if self.request.accepted_renderer.format == "csv" and not paged:
            return None
        return super().paginate_queryset(queryset)  # type: ignore[misc]


class RegistryViewSet(SheetMixin, ReadOnlyModelViewSet):
    """The list of a collection, and its records by their public keys."""

    model: ClassVar[type[Record]]
    filterset_class: type[RegistryFilterSet]
    filterset: RegistryFilterSet
    own_parameters = OF_LISTS
    includes = ("sources",)
    # Whatever stands there is a key; what is wrong with it is told by get_object.
    lookup_value_regex = "[^/]+"
    lookup_field = "pk"
    http_method_names = ["get", "head", "options"]

    def get_queryset(self) -> Any:
        rows = self.model.objects.public().for_listing()
        return rows.prefetch_related(None)

    def filter_queryset(self, queryset: Any) -> Any:
        return self.with_facts(super().filter_queryset(queryset))

    def with_facts(self, rows: Any) -> Any:
        """Return the rows with all that the serializer will read of them."""
        serializer: Any = self.get_serializer()
        every: Any = self.get_serializer_class()  # names and addresses are made of records that other fields name
        gathered = [field for field in serializer.fields.values() if isinstance(field, Gathered)]
        return (
            rows.select_related(None)
            .select_related(*every().named_records())
            .annotate(**{field.annotation: field.query(self.model) for field in gathered})
        )

    def get_serializer_context(self) -> dict[str, Any]:
        if getattr(self, "swagger_fake_view", False):
            return dict(super().get_serializer_context())
        answered: Any = self.get_serializer_class()
        allowed = [name for name in answered.Meta.fields if name not in self.includes]
        return {
            **super().get_serializer_context(),
            "fields": names_asked(self.request, "fields", allowed),
            "include": names_asked(self.request, "include", self.includes) or [],
            "day": self.filterset.day if self.action == "list" and hasattr(self, "filterset") else None,
        }

    def get_object(self) -> Record:
        refuse_unknown(self.request, OF_RECORDS)
        key = self.kwargs["pk"]
        self.refuse_malformed(key)
        rows = self.model.objects.addressable()
        if hasattr(rows, "with_status"):
            rows = rows.with_status()
        record: Record | None = self.with_facts(rows).filter(pk=key).first()
        if record is None:
            raise Http404(_("There is no record with the key “%s”.") % key)
        return record

    def refuse_malformed(self, key: str) -> None:
        """Tell a mistyped key from an unknown one; what is no key never reaches the database."""
        permanent = self.model.key_pattern == PATTERN
        form = _("“rp-” and eight letters or digits") if permanent else self.model.key_example
        told = {"key": key[:40], "example": form}
        if not re.fullmatch(self.model.key_pattern, key, re.ASCII) or len(key) > 80:
            raise Http404(_("“%(key)s” is not a key of this collection; a key looks like %(example)s.") % told)
        if permanent and not is_well_formed(key[:MAX_LENGTH]):
            raise Http404(_("“%(key)s” is mistyped: its last character does not fit the others.") % told)


class RegionViewSet(RegistryViewSet):
    """The six regions of ITU-D."""

    model = Region
    serializer_class = serializers.RegionSerializer
    filterset_class = filters.RegionFilterSet
    sheet = sheets.REGIONS


class CountryViewSet(RegistryViewSet):
    """ITU's Member States."""

    model = Country
    serializer_class = serializers.CountrySerializer
    filterset_class = filters.CountryFilterSet
    sheet = sheets.COUNTRIES


class ConferenceViewSet(RegistryViewSet):
    """Conferences of ITU."""

    model = Conference
    serializer_class = serializers.ConferenceSerializer
    filterset_class = filters.ConferenceFilterSet
    sheet = sheets.CONFERENCES


class ResolutionViewSet(RegistryViewSet):
    """Editions of resolutions, as sources cite them."""

    model = Resolution
    serializer_class = serializers.ResolutionSerializer
    filterset_class = filters.ResolutionFilterSet
    sheet = sheets.RESOLUTIONS


class InitiativeViewSet(RegistryViewSet):
    """Regional initiatives with a final title."""

    model = RegionalInitiative
    serializer_class = serializers.InitiativeSerializer
    filterset_class = filters.InitiativeFilterSet
    sheet = sheets.INITIATIVES


class OrganisationViewSet(RegistryViewSet):
    """Hosts, funders and partners."""

    model = Organisation
    serializer_class = serializers.OrganisationSerializer
    filterset_class = filters.OrganisationFilterSet
    sheet = sheets.ORGANISATIONS


class ProgrammeViewSet(RegistryViewSet):
    """Programmes and initiatives of BDT."""

    model = Programme
    serializer_class = serializers.ProgrammeSerializer
    filterset_class = filters.ProgrammeFilterSet
    sheet = sheets.PROGRAMMES


class ProjectViewSet(RegistryViewSet):
    """Funded projects."""

    model = Project
    serializer_class = serializers.ProjectSerializer
    filterset_class = filters.ProjectFilterSet
    sheet = sheets.PROJECTS


class DocumentViewSet(RegistryViewSet):
    """Documents that state facts or are referred to."""

    model = Document
    serializer_class = serializers.DocumentSerializer
    filterset_class = filters.DocumentFilterSet
    sheet = sheets.DOCUMENTS


class ChangeViewSet(SheetMixin, ListModelMixin, GenericViewSet):
    """What became public, changed or ceased to be, in order. Start at 0; then ask since the last revision read."""

    serializer_class = ChangeSerializer
    filterset_class = filters.ChangeFilterSet
    own_parameters = ("format", "page", "page_size", "after")
    sheet = sheets.CHANGES

    def get_queryset(self) -> Any:
        rows = Version.objects.exclude(change=Change.NONE).select_related("revision")
        return rows.order_by("revision_id", "pk")

    def list(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        rows = self.filter_queryset(self.get_queryset())
        page = self.paginate_queryset(rows)
        data = self.answer(rows if page is None else page)
        return Response(data) if page is None else self.get_paginated_response(data)

    def answer(self, versions: Iterable[Version]) -> Any:
        """Return the versions with only what the public may see of their documents."""
        versions = list(versions)
        for version, document in zip(versions, public_documents(versions), strict=True):
            version.document = document
        return self.get_serializer(versions, many=True).data
