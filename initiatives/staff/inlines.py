"""Rows edited in the form of their record."""

from collections import defaultdict
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.admin.checks import InlineModelAdminChecks
from django.contrib.admin.options import InlineModelAdmin, StackedInline, TabularInline
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.forms.models import modelformset_factory
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..models import Citation, Feature, Participation
from ..revisions import parts_of
from .fields import Fieldsets, StaffFieldsMixin, layout
from .forms import (
    CitationForm,
    CitationFormSet,
    CitedFields,
    OwnedFormSet,
    PartForm,
    RecordInlineForm,
    RecordPartForm,
    RecordPartFormSet,
    RowFormSet,
)

_added: dict[type[models.Model], list[type[InlineModelAdmin]]] = defaultdict(list)


def add_inline(model: type[models.Model], inline: type[InlineModelAdmin]) -> None:
    """Show rows in the form of a model: so the storey above puts its rows into the forms of the ground."""
    if inline not in _added[model]:
        _added[model].append(inline)


def inlines_of(model: Any) -> list[type[InlineModelAdmin]]:
    """Return the rows shown in the form of a model: those added for it, then what any record of its sort can carry."""
    carried = [
        inline for inline in (ParticipationInline, FeatureInline, CitationInline) if inline.model in parts_of(model)
    ]
    return [*_added[model], *carried]


class RowInline(StaffFieldsMixin, InlineModelAdmin):
    """What inlines share: their columns in order, their related records read at once."""

    extra = 0
    classes = ["collapse"]
    columns: ClassVar[tuple[Any, ...]] = ()

    def get_fieldsets(self, request: Any, obj: Any = None) -> Fieldsets:
        return layout(self.model, None, self.columns)

    def get_queryset(self, request: Any) -> Any:
        names = [field.name for field in self.opts.fields if field.is_relation]
        return super().get_queryset(request).select_related(*names)

    def get_view_on_site_url(self, obj: Any = None) -> None:
        return None

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        # In a row there is room for one button: to add what is missing.
        if hasattr(field, "widget") and hasattr(field.widget, "can_change_related"):
            field.widget.can_change_related = field.widget.can_view_related = False
        return field


class StackedPartInline(RowInline, StackedInline):
    """Parts with long texts, one below the other."""

    form = PartForm
    formset = OwnedFormSet


class TabularPartInline(RowInline, TabularInline):
    """Parts of few columns, in a table."""

    form = PartForm
    formset = OwnedFormSet


class RecordInline(RowInline, TabularInline):
    """Records of their own that belong to the one shown: main columns here, all else in their own form."""

    form = RecordInlineForm
    formset = RowFormSet
    show_change_link = True
    can_delete = False  # a record is withdrawn, or deleted in its own form


class RecordPartChecks(InlineModelAdminChecks):
    """There is no foreign key to check."""

    def _check_exclude_of_parent_model(self, obj: Any, parent_model: Any) -> list[Any]:
        return []

    def _check_relation(self, obj: Any, parent_model: Any) -> list[Any]:
        return []


class RecordPartInline(RowInline):
    """Parts that point to their record by model and text key; after contenttypes' GenericInlineModelAdmin."""

    form = RecordPartForm
    formset: Any = RecordPartFormSet
    checks_class = RecordPartChecks

    def get_formset(self, request: Any, obj: Any = None, **kwargs: Any) -> Any:
        fields = kwargs.pop("fields", None) or flatten_fieldsets(self.get_fieldsets(request, obj))
        return modelformset_factory(
            self.model,
            form=self._guarded_form(request, obj),
            formset=self.formset,
            formfield_callback=partial(self.formfield_for_dbfield, request=request),
            fields=fields,
            extra=self.get_extra(request, obj),
            min_num=self.get_min_num(request, obj),
            max_num=self.get_max_num(request, obj),
            can_delete=self.can_delete and self.has_delete_permission(request, obj),
            **kwargs,
        )

    def _guarded_form(self, request: Any, obj: Any) -> type[forms.ModelForm]:
        can_change, can_add = self.has_change_permission(request, obj), self.has_add_permission(request, obj)

        class GuardedForm(self.form):  # type: ignore[name-defined, misc]
            def has_changed(self) -> bool:
                allowed = can_add if self.instance._state.adding else can_change
                return bool(allowed and super().has_changed())

        return GuardedForm


class ParticipationInline(RecordPartInline, TabularInline):
    """Who takes part, and in what role."""

    model = Participation
    columns = ("role", "organisation", "country", "as_published", "ref", "position")


class FeatureInline(RecordPartInline, StackedInline):
    """Narrative facts."""

    model = Feature
    columns = ("aspect", "text", "as_published", ("ref", "position"))


class CitationInline(RecordPartInline, StackedInline):
    """Which facts rest on which source."""

    model = Citation
    form = CitationForm
    formset: Any = CitationFormSet
    template = "admin/edit_inline/citations.html"
    columns = (("document", "section"), "fields", ("date", "inferred"), "remark", ("ref", "position"))

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name != "fields":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return CitedFields(
            label=capfirst(str(db_field.verbose_name)),
            help_text=_("The fields and rows that this place of the document supports; type to find one."),
            widget=forms.SelectMultiple(attrs={"class": "citable-paths"}),
        )

    @property
    def media(self) -> forms.Media:
        extra = "" if settings.DEBUG else ".min"
        select2 = [f"admin/js/vendor/jquery/jquery{extra}.js", f"admin/js/vendor/select2/select2.full{extra}.js"]
        scripts = [*select2, "admin/js/jquery.init.js", "admin-citations.js"]
        document = self.model._meta.get_field("document")
        return super().media + AutocompleteSelect(document, self.admin_site).media + forms.Media(js=scripts)
