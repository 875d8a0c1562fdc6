"""The admin of a record."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects, quote
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import IntegrityError, router
from django.http import HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Part, Record
from ..questions import MAX_QUESTION
from ..revisions import revision
from .fields import Fieldsets, StaffFieldsMixin, layout
from .forms import RecordForm
from .history import history_page
from .inlines import inlines_of
from .lists import STAFF_ONLY, StandingInput, status_column

SHOWN_REFERRERS = 50


class RecordAdmin(StaffFieldsMixin, StandingInput):
    """A record: found by its search text, edited in the order in which editors think, saved in one revision.

    Each admin names its columns under ``what``, ``where``, ``when``, ``texts``, ``published`` and ``links``; lifecycle and
    care are every record's. A column that exists in six languages shows all six.
    """

    form = RecordForm
    change_form_template = "admin/record_change_form.html"
    delete_confirmation_template = "admin/record_delete_confirmation.html"
    delete_selected_confirmation_template = "admin/record_delete_selected_confirmation.html"
    object_history_template = "admin/record_history.html"
    search_fields = ("search",)
    search_help_text = gettext_lazy("Names in all languages, codes, cities; accents and case aside.")
    list_per_page = 50
    list_max_show_all = 500
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    empty_value_display = "—"
    preserve_filters = True

    # Columns and filters of the list that tell these records apart, between name and state.
    columns: ClassVar[tuple[Any, ...]] = ()
    filters: ClassVar[tuple[Any, ...]] = ()
    # The form's columns, section by section.
    what: ClassVar[tuple[Any, ...]] = ()
    where: ClassVar[tuple[Any, ...]] = ()
    when: ClassVar[tuple[Any, ...]] = ()
    texts: ClassVar[tuple[Any, ...]] = ()
    published: ClassVar[tuple[Any, ...]] = ()
    links: ClassVar[tuple[Any, ...]] = ()
    # Related records beyond those of for_listing() that a row of the list shows.
    joins: ClassVar[tuple[str, ...]] = ()

    SECTIONS = (
        ("what", gettext_lazy("What it is")),
        ("where", gettext_lazy("Where")),
        ("when", gettext_lazy("When")),
        ("texts", gettext_lazy("Texts")),
        ("published", gettext_lazy("As published")),
        ("links", gettext_lazy("Links")),
    )

    # ------------------------------------------------------------ list

    def get_queryset(self, request: Any) -> Any:
        rows = self.model.objects.for_listing().select_related("owner", *self.joins)
        return rows.with_status() if hasattr(rows, "with_status") else rows

    def get_list_display(self, request: Any) -> Any:
        status = [status_column] if hasattr(self.model.objects.none(), "with_status") else []
        return ("named", *self.columns, *status, "state", "reviewed_on", "owner")

    def get_list_filter(self, request: Any) -> Any:
        return (*self.filters, *STAFF_ONLY)

    def get_search_results(self, request: Any, queryset: Any, search_term: str) -> tuple[Any, bool]:
        if len(search_term) > MAX_QUESTION:
            return queryset.none(), False
        return queryset.matching(search_term), False

    @admin.display(description=gettext_lazy("name"), ordering="sort_key")
    def named(self, record: Record) -> str:
        """Say the name, and the key beneath, which tells bearers of one name apart."""
        return format_html("{}<br><bdi class='key'>{}</bdi>", record, record.pk)

    # ------------------------------------------------------------ form

    def get_fieldsets(self, request: Any, obj: Any = None) -> Fieldsets:
        key = self.opts.pk
        shown = {"what": (*([key.name] if obj is not None or key.editable else []), *self.what)}
        found: Fieldsets = []
        for name, title in self.SECTIONS:
            found += layout(self.model, title, shown.get(name, getattr(self, name)))
        if "note" in getattr(self.model, "translated", ()):
            found += layout(self.model, None, ("note",))
        else:
            found.append((capfirst(str(self.opts.get_field("note").verbose_name)), {"fields": ["note"]}))  # type: ignore[union-attr]
        lifecycle = {"fields": list(Record.LIFECYCLE)}
        care = {
            "fields": [*Record.INTERNAL, *(("updated_at", "revision") if obj is not None else ())],
            "description": _("For staff only; the public sees none of it."),
        }
        return [*found, (_("Lifecycle"), lifecycle), (_("Care"), care)]

    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        return (*self.readonly_fields, *((self.opts.pk.name, "updated_at", "revision") if obj is not None else ()))

    def get_inlines(self, request: Any, obj: Any) -> Any:
        return [*self.inlines, *inlines_of(self.model)]

    def get_inline_formsets(self, request: Any, formsets: Any, inline_instances: Any, obj: Any = None) -> Any:
        """Say at the head of each group of rows, closed as it comes, how many there are."""
        for inline, formset in zip(inline_instances, formsets, strict=True):
            inline.verbose_name_plural = f"{inline.verbose_name_plural} ({formset.initial_form_count()})"
        return super().get_inline_formsets(request, formsets, inline_instances, obj)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Return the public page; drafts have none."""
        if obj is None or not obj.is_addressable:
            return None
        try:
            return str(obj.get_absolute_url())
        except NoReverseMatch:
            return None

    @property
    def media(self) -> Any:
        # The filters that are chosen by typing need it on lists too.
        return super().media + AutocompleteSelect(self.opts.get_field("owner"), self.admin_site).media

    # ------------------------------------------------------------ writing

    def _recorded(self, request: Any, view: Callable[..., Any], *args: Any) -> Any:
        """Answer a request; whatever it writes is one revision, by the user, for the reason given."""
        if request.method != "POST":
            return view(request, *args)
        try:
            with revision(request.user, request.POST.get("why", "").strip()) as current:
                response = view(request, *args)
        except IntegrityError:
            text = _(
                "Nothing is saved: somebody else saved something meanwhile that this contradicts. Please look again."
            )
            self.message_user(request, text, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        if current.number is not None:
            self.message_user(request, _("Recorded as revision %(number)d.") % {"number": current.number})
        elif response.status_code == 302 and "action" not in request.POST:
            self.message_user(request, _("Nothing differed, so no revision was made."), messages.INFO)
        return response

    def changeform_view(
        self, request: Any, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        return self._recorded(request, super().changeform_view, object_id, form_url, extra_context)

    def _ask_why(self, request: Any) -> bool:
        """Tell whether a confirmed deletion still lacks its reason, and say so."""
        missing = bool(request.POST.get("post")) and not request.POST.get("why", "").strip()
        if missing:
            text = _("Nothing is deleted yet: say why. The history shows the reason.")
            self.message_user(request, text, messages.ERROR)
        return missing

    def delete_view(self, request: Any, object_id: str, extra_context: Any = None) -> Any:
        if self._ask_why(request):
            return HttpResponseRedirect(request.get_full_path())
        return self._recorded(request, super().delete_view, object_id, extra_context)

    def changelist_view(self, request: Any, extra_context: Any = None) -> Any:
        if self._ask_why(request):
            # Without "post" the action shows its confirmation again.
            request.POST = request.POST.copy()
            del request.POST["post"]
        return self._recorded(request, super().changelist_view, extra_context)

    def get_deleted_objects(self, objs: Any, request: Any) -> Any:
        """Name what stands in the way of a deletion together with the record it is of."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if protected:
            collector = NestedObjects(using=router.db_for_write(self.model))
            collector.collect(objs)
            rows = sorted(collector.protected, key=lambda row: (row._meta.label, str(row.pk)))
            protected = [self._referrer(row) for row in rows[:SHOWN_REFERRERS]]
            if len(rows) > SHOWN_REFERRERS:
                protected.append(_("and %(count)d more") % {"count": len(rows) - SHOWN_REFERRERS})
        return deleted, counts, lacking, protected

    def _referrer(self, row: Any) -> str:
        owners = row.owners() if isinstance(row, Part) else []
        for label, key in owners:
            model = apps.get_model(label)
            record = model._default_manager.filter(pk=key).first()
            link = self._link(model, key, record or key)
            return format_html("{}: {} — {} {}", capfirst(row._meta.verbose_name), row, model._meta.verbose_name, link)
        return format_html("{}: {}", capfirst(row._meta.verbose_name), self._link(type(row), row.pk, row))

    def _link(self, model: Any, key: Any, text: Any) -> str:
        name = f"{self.admin_site.name}:{model._meta.app_label}_{model._meta.model_name}_change"
        try:
            return format_html("<a href='{}'>{}</a>", reverse(name, args=[quote(key)]), text)
        except NoReverseMatch:
            return str(text)

    # ------------------------------------------------------------ history

    def history_view(self, request: Any, object_id: str, extra_context: Any = None) -> Any:
        return history_page(self, request, object_id, extra_context)
