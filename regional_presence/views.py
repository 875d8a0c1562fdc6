"""Pages that show both storeys, and what machines ask of the site."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, get_script_prefix, resolve, reverse
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from centres.models import Centre, Milestone, Office
from centres.views import CentreList
from initiatives.filters import CountryFilterSet, RegionFilterSet
from initiatives.models import (
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
from initiatives.questions import QuestionField
from initiatives.views import NoSuchRecordError, RecordList, RecordPage

from . import selectors


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, with its figures and what comes next."""
    return render(request, "home.html", {**selectors.presence_in_figures(), **selectors.milestones_ahead()})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say how to read the registry."""
    return render(request, "about.html")


LISTS = {
    Centre: "centres:centres",
    Country: "initiatives:countries",
    Organisation: "initiatives:organisations",
    Office: "centres:offices",
    Programme: "initiatives:programmes",
    Project: "initiatives:projects",
    RegionalInitiative: "initiatives:initiatives",
    Resolution: "initiatives:resolutions",
    Milestone: "centres:milestones",
    Document: "initiatives:documents",
}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Look for words in every sort of record."""
    question, error = request.GET.get("q", ""), ""
    try:
        question = QuestionField(required=False).clean(question)
    except ValidationError as problem:
        question, error = "", problem.messages[0]
    groups = selectors.found_everywhere(question) if question else []
    context = {
        "q": question,
        "error": error,
        "groups": [
            (model._meta.verbose_name_plural, rows, reverse(LISTS[model]) if more else "")
            for model, rows, more in groups
        ],
        "near": selectors.names_nearly(question) if question and not groups else [],
    }
    return render(request, "search.html", context)


# ---------------------------------------------------------------- lists and records that join both storeys


class RegionList(RecordList):
    model = Region
    filterset_class = RegionFilterSet
    collection = "regions"
    title = gettext_lazy("Regions")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "counts": selectors.centres_by("region")}


class CountryList(RecordList):
    model = Country
    filterset_class = CountryFilterSet
    collection = "countries"
    title = gettext_lazy("Countries")
    at_hand = ("q", "sort", "region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "counts": selectors.centres_by("country")}


class RegionPage(RecordPage):
    model = Region
    profile = staticmethod(selectors.region_profile)


class CountryPage(RecordPage):
    model = Country
    profile = staticmethod(selectors.country_profile)


class OrganisationPage(RecordPage):
    model = Organisation
    profile = staticmethod(selectors.organisation_profile)


class ProgrammePage(RecordPage):
    model = Programme
    profile = staticmethod(selectors.programme_profile)


class ProjectPage(RecordPage):
    model = Project
    profile = staticmethod(selectors.project_profile)


class InitiativePage(RecordPage):
    model = RegionalInitiative
    profile = staticmethod(selectors.initiative_profile)


class ResolutionPage(RecordPage):
    model = Resolution
    profile = staticmethod(selectors.resolution_profile)


class ConferencePage(RecordPage):
    model = Conference
    profile = staticmethod(selectors.conference_profile)


class DocumentPage(RecordPage):
    model = Document
    profile = staticmethod(selectors.document_profile)


# ---------------------------------------------------------------- errors and machines


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing here, and why where that is known."""
    why = str(exception) if isinstance(exception, NoSuchRecordError) else ""
    return render(request, "404.html", {"why": why, **nearest_list(request)}, status=404)


def nearest_list(request: HttpRequest) -> dict[str, Any]:
    """Return the list of the section that an address belongs to, else that of the centres."""
    prefix = get_script_prefix() if get_language() == settings.LANGUAGE_CODE else f"/{get_language()}/"
    section = request.path_info.removeprefix(prefix).partition("/")[0]
    try:
        view = getattr(resolve(f"{prefix}{section}/").func, "view_class", None)
    except Resolver404:
        view = None
    if view is not None and issubclass(view, RecordList):
        return {"list_title": view.title, "list_url": f"{prefix}{section}/"}
    return {"list_title": CentreList.title, "list_url": reverse("centres:centres")}


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return HttpResponse("The database does not answer.\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots from the staff's doors, and show them the way to everything else."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*/admin/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
