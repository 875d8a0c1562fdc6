"""How every list and every record is shown; the pages that read nothing above this storey."""

import re
from typing import Any, ClassVar

from django.core.paginator import InvalidPage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView
from django_filters.views import FilterView

from . import filters
from .models import (
    Conference,
    Document,
    Feature,
    Funding,
    Organisation,
    Participation,
    PermanentIdField,
    Programme,
    Project,
    Record,
    RegionalInitiative,
    Resolution,
    Role,
)
from .models.sources import sources_of
from .permanent_ids import is_well_formed

PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)


class NoSuchRecordError(Http404):
    """A 404 that tells the reader why."""


def find(model: type[Record], key: str, rows: Any) -> Any:
    """Return the record with a key, or say why there is none: the key is mistyped, or unknown."""
    shown = "".join(char if char.isprintable() else "\ufffd" for char in key[:60])
    what = {"key": shown, "what": model._meta.verbose_name, "example": model.key_example}
    if not re.fullmatch(model.key_pattern, key, re.ASCII):
        raise NoSuchRecordError(_("“%(key)s” cannot be the key of a %(what)s. Its form is that of %(example)s.") % what)
    if isinstance(model._meta.pk, PermanentIdField) and not is_well_formed(key):
        raise NoSuchRecordError(
            _("The permanent id “%(key)s” is mistyped: its last character does not fit the others.") % what
        )
    record = rows.filter(pk=key).first()
    if record is None:
        raise NoSuchRecordError(_("No %(what)s is published under the key “%(key)s”.") % what)
    return record


class RecordPage(DetailView):
    """One record at its own address, with its facts and their sources."""

    template_name_suffix = ""
    # What the page shows beside the record's own columns, features and sources.
    profile: Any = staticmethod(lambda record: {})

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        address = self.object.get_absolute_url()
        if request.path != address:
            # Not for ever: the slug is made of the name, and names change. What was asked stays asked.
            asked = request.META.get("QUERY_STRING", "")
            return redirect(f"{address}?{asked}" if asked else address)
        return self.render_to_response(self.get_context_data(object=self.object))

    def get_object(self, queryset: Any = None) -> Any:
        key = self.kwargs["key"]
        rows = self.model._default_manager.addressable().for_detail()
        for written in (key, key.upper(), key.lower()):  # ken, RP-…: the address that is meant follows by redirect
            if re.fullmatch(self.model.key_pattern, written, re.ASCII):
                return find(self.model, written, rows)
        return find(self.model, key, rows)

    def get_template_names(self) -> list[str]:
        return super().get_template_names() if self.object.is_public else ["withdrawn.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {**super().get_context_data(**kwargs), "record": self.object}
        context["sort"] = capfirst(self.model._meta.verbose_name)
        if not self.object.is_public:
            return context
        context["sources"] = sources_of(self.object)
        context["features"] = features_of(self.object)
        if Participation.belongs_to(self.model):
            parts = Participation.objects.of(self.object).select_related("organisation", "country")
            context["participations"] = [part for part in parts if part.is_shown]
        context.update(self.profile(self.object))
        if "fundings" in context and "participations" in context:
            context["participations"] = beside_funders(context["participations"], context["fundings"])
        return context


def beside_funders(parts: list[Participation], fundings: list[Funding]) -> list[Participation]:
    """Return the roles but for those that only say again who pays; the funding keeps these with what was printed."""
    by_funder = {funding.funder_id: funding for funding in fundings}
    others = []
    for part in parts:
        if part.role == Role.FUNDER and part.organisation_id in by_funder:
            by_funder[part.organisation_id].part_taken = part
        else:
            others.append(part)
    return others


def features_of(record: Record) -> dict[str, list[Feature]]:
    """Return the narrative facts of a record under the name of their aspect."""
    found: dict[str, list[Feature]] = {}
    for feature in Feature.objects.of(record):
        found.setdefault(feature.get_aspect_display(), []).append(feature)
    return found


class RecordList(FilterView):
    """One list: the public records of a model, through its filterset, in pages."""

    template_name_suffix = "_list"
    paginate_by = 50
    # The same list's name in the API.
    collection: ClassVar[str] = ""
    title: Any = ""
    # Filters shown at once; the others unfold.
    at_hand: ClassVar[tuple[str, ...]] = ("q", "sort")

    def get_queryset(self) -> Any:
        return self.model._default_manager.public().for_listing()

    def is_asked(self, field: Any) -> bool:
        """Tell whether a field is to be seen: it has a value, or an error."""
        return bool(field.errors or any(self.request.GET.getlist(field.name)))

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        # Bound even where nothing is asked, so that status and order are always the filterset's.
        return {**super().get_filterset_kwargs(filterset_class), "data": self.request.GET}

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        asked = self.request.GET.get("page", "1") or "1"
        paginator = self.get_paginator(queryset, page_size)
        try:
            if not PAGE_NUMBER.fullmatch(asked):
                raise InvalidPage
            page = paginator.page(int(asked))
        except InvalidPage:
            raise NoSuchRecordError(
                _("There is no page “%(page)s” of this list. Its pages are numbered from 1 to %(last)d.")
                % {"page": asked[:20].replace("\0", "\ufffd"), "last": paginator.num_pages}
            ) from None
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = self.filterset.form
        hidden = [field for field in form if field.name not in self.at_hand]
        context.update(
            title=self.title,
            collection=self.collection,
            fields_at_hand=[form[name] for name in self.at_hand],
            fields_unfolding=hidden,
            unfolded=any(map(self.is_asked, hidden)),
            narrowed=any(self.is_asked(field) for field in form if field.name != "q"),
        )
        return context


class OrganisationList(RecordList):
    model = Organisation
    filterset_class = filters.OrganisationFilterSet
    collection = "organisations"
    title = gettext_lazy("Organisations")
    at_hand = ("q", "country", "sort", "region")


class ProgrammeList(RecordList):
    model = Programme
    filterset_class = filters.ProgrammeFilterSet
    collection = "programmes"
    title = gettext_lazy("Programmes")


class ProjectList(RecordList):
    model = Project
    filterset_class = filters.ProjectFilterSet
    collection = "projects"
    title = gettext_lazy("Projects")
    at_hand = ("q", "sort", "programme")


class InitiativeList(RecordList):
    model = RegionalInitiative
    filterset_class = filters.InitiativeFilterSet
    collection = "regional-initiatives"
    title = gettext_lazy("Regional initiatives")
    at_hand = ("q", "sort", "region")


class ResolutionList(RecordList):
    model = Resolution
    filterset_class = filters.ResolutionFilterSet
    collection = "resolutions"
    title = gettext_lazy("Resolutions")
    at_hand = ("q", "sort", "conference", "programme")


class ConferenceList(RecordList):
    model = Conference
    filterset_class = filters.ConferenceFilterSet
    collection = "conferences"
    title = gettext_lazy("Conferences")


class DocumentList(RecordList):
    model = Document
    filterset_class = filters.DocumentFilterSet
    collection = "documents"
    title = gettext_lazy("Documents")
    at_hand = ("q", "kind", "sort")
