"""The history of a record for staff: who, when, why, and fact by fact what was and what is."""

import json
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..differences import Difference, Wording, differences
from ..models import Record, Version
from ..questions import MAX_QUESTION
from .lists import StandingInput

PER_PAGE = 20
SHOWN_RECORDS = 200


def _told(model: type[Record], versions: list[tuple[Version, Any]]) -> list[dict[str, Any]]:
    """Return versions, each with the document before it, as what a page of the history shows."""
    found: list[tuple[Version, Any, list[Difference]]] = [
        (version, before, differences(model, before, version.document)) for version, before in versions
    ]
    wording = Wording(model, [each for _version, _before, rows in found for each in rows])
    return [
        {
            "version": version,
            "revision": version.revision,
            "entered": before is None,
            "deleted": version.document is None,
            "rows": [
                {
                    "label": each.label,
                    "before": wording.say(each.field, each.before),
                    "after": wording.say(each.field, each.after),
                }
                for each in rows
            ],
        }
        for version, before, rows in found
    ]


def _with_document_before(versions: list[Version]) -> list[tuple[Version, Any]]:
    """Pair each version, newest first, with the document of the one before it."""
    if not versions:
        return []
    last = versions[-1]
    older = Version.objects.filter(
        record_model=last.record_model, record_key=last.record_key, revision__lt=last.revision_id
    )
    earlier = older.order_by("-revision_id").first()
    following = [*(version.document for version in versions[1:]), earlier.document if earlier else None]
    return list(zip(versions, following, strict=True))


def history_page(model_admin: Any, request: Any, object_id: str, extra_context: Any) -> Any:
    """Answer with the versions of a record, newest first; of a deleted one too."""
    model, key = model_admin.model, unquote(object_id).replace("\x00", "\ufffd")
    record = model_admin.get_object(request, key)
    versions = Version.objects.filter(record_model=model._meta.label_lower, record_key=key)
    if record is None and not versions.exists():
        return model_admin._get_obj_does_not_exist_redirect(request, model._meta, object_id)
    if not model_admin.has_view_or_change_permission(request, record):
        raise PermissionDenied
    page = Paginator(versions.select_related("revision").order_by("-revision_id"), PER_PAGE).get_page(
        request.GET.get("p", 1)
    )
    request.current_app = model_admin.admin_site.name
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("History: %(record)s") % {"record": record or key},
        "subtitle": None,
        "entries": _told(model, _with_document_before(list(page))),
        "page": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "object": record,
        "key": key,
        "opts": model._meta,
        "preserved_filters": model_admin.get_preserved_filters(request),
        **(extra_context or {}),
    }
    return TemplateResponse(request, model_admin.object_history_template, context)


# ---------------------------------------------------------------- revisions and versions by themselves


class ReadOnlyAdmin(StandingInput):
    """What is kept is read, never edited."""

    list_per_page = 50
    list_max_show_all = 500
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None
    view_on_site = False
    empty_value_display = "—"

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


def _record_link(site: Any, label: str, key: str) -> str:
    """Return a link to the history of a record, under the name of its model."""
    try:
        model = apps.get_model(label)
        name = f"{site.name}:{model._meta.app_label}_{model._meta.model_name}_history"
        return format_html(
            "{} <a href='{}'><bdi>{}</bdi></a>",
            capfirst(str(model._meta.verbose_name)),
            reverse(name, args=[quote(key)]),
            key,
        )
    except (LookupError, NoReverseMatch):
        return f"{label} {key}"


class RevisionAdmin(ReadOnlyAdmin):
    """Every change to the registry: who, when, why, and of which records."""

    list_display = ("number", "at", "who_name", "why", "count", "public")
    list_display_links = ("number", "why")
    list_filter = ("public",)
    own_lookups = ("public__exact",)
    search_fields = ("why", "who_name")
    search_help_text = gettext_lazy("The number, words of the reason, or the user name.")
    ordering = ("-number",)
    fields = readonly_fields = ("number", "at", "who", "who_name", "why", "public", "records")

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).select_related("who").annotate(count=Count("versions"))

    def get_search_results(self, request: Any, queryset: Any, search_term: str) -> tuple[Any, bool]:
        number = search_term.strip().removeprefix("#")
        if number.isascii() and number.isdecimal() and len(number) < 19:
            return queryset.filter(number=int(number)), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=gettext_lazy("records"), ordering="count")
    def count(self, revision: Any) -> int:
        return int(revision.count)

    @admin.display(description=gettext_lazy("records"))
    def records(self, revision: Any) -> str:
        rows = revision.versions.order_by("record_model", "record_key").values_list("record_model", "record_key")
        links = [(_record_link(self.admin_site, *row),) for row in rows[:SHOWN_RECORDS]]
        if revision.count > SHOWN_RECORDS:
            links.append((_("and %(count)d more") % {"count": revision.count - SHOWN_RECORDS},))
        return format_html("<ul class='records'>{}</ul>", format_html_join("", "<li>{}</li>", links))


class VersionAdmin(ReadOnlyAdmin):
    """Every document that a revision left."""

    list_display = ("record", "revision_number", "at", "who_name", "why", "change")
    list_filter = ("change",)
    own_lookups = ("change__exact", "change__isempty", "revision", "revision__exact", "record_key")
    search_fields = ("record_key",)
    search_help_text = gettext_lazy("The key of a record, or part of its model's name.")
    ordering = ("-revision_id", "record_model", "record_key")
    fields = readonly_fields = ("record", "revision", "change", "told", "stored")

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).select_related("revision")

    def get_search_results(self, request: Any, queryset: Any, search_term: str) -> tuple[Any, bool]:
        if len(search_term) > MAX_QUESTION:
            return queryset.none(), False
        for word in search_term.replace("\x00", "\ufffd").split():
            queryset = queryset.filter(Q(record_key__icontains=word) | Q(record_model__icontains=word))
        return queryset, False

    @admin.display(description=gettext_lazy("record"), ordering="record_key")
    def record(self, version: Version) -> str:
        return _record_link(self.admin_site, version.record_model, version.record_key)

    @admin.display(description=gettext_lazy("revision"), ordering="revision_id")
    def revision_number(self, version: Version) -> int:
        return int(version.revision_id)

    @admin.display(description=gettext_lazy("at"), ordering="revision__at")
    def at(self, version: Version) -> Any:
        return version.revision.at

    @admin.display(description=gettext_lazy("who"), ordering="revision__who_name")
    def who_name(self, version: Version) -> str:
        return version.revision.who_name

    @admin.display(description=gettext_lazy("reason"))
    def why(self, version: Version) -> str:
        return version.revision.why

    @admin.display(description=gettext_lazy("what differs"))
    def told(self, version: Version) -> str:
        try:
            model = apps.get_model(version.record_model)
        except LookupError:
            return self.empty_value_display
        rows = _told(model, _with_document_before([version]))[0]["rows"]
        lines = ((row["label"], row["before"] or "—", row["after"] or "—") for row in rows)
        return format_html("<ul class='records'>{}</ul>", format_html_join("", "<li>{}: {} → {}</li>", lines))

    @admin.display(description=gettext_lazy("document"))
    def stored(self, version: Version) -> str:
        text = json.dumps(version.document, ensure_ascii=False, indent=2)
        return format_html("<pre class='document' dir='ltr'>{}</pre>", text)
