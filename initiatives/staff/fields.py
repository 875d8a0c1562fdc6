"""Form fields and widgets of the admin: languages side by side, records chosen by typing, no line break of a browser's own."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import get_translation_fields

Fieldsets = list[tuple[Any, Any]]


class PlainTextarea(AdminTextareaWidget):
    """A text area whose lines end as they are stored: browsers send CR LF, which would change every text."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class KnownSelect(AutocompleteSelect):
    """A choice by typing, which asks the database for nothing where the form knows the record already."""

    known: models.Model | None = None

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        if self.known is None or [str(self.known.pk)] != [str(each) for each in value]:
            return super().optgroups(name, [each for each in value if self._may_be_key(each)], attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = self.choices.field.label_from_instance(self.known)
        options.append(self.create_option(name, self.known.pk, label, True, len(options)))
        return [(None, options, 0)]

    def _may_be_key(self, value: Any) -> bool:
        """Tell whether the database can be asked for it at all: anybody can write anything into an address."""
        try:
            return value in ("", None) or self.choices.queryset.model._meta.pk.clean(value, None) is not None
        except ValidationError:
            return False


class ReasonField(forms.CharField):
    """Why something is changed: of the revision, never a change by itself."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class KnownChoicesMixin:
    """A form that hands the related records its row came with to the widgets that show them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, KnownSelect):
                widget.known = self.instance._state.fields_cache.get(name)  # type: ignore[attr-defined]


def layout(model: type[models.Model], title: Any, columns: tuple[Any, ...]) -> Fieldsets:
    """Return the fieldsets of some columns; each that exists in six languages gets one of its own, English first."""
    translated = getattr(model, "translated", ())
    found: Fieldsets = []
    for column in columns:
        if column in translated:
            field = model._meta.get_field(column)
            names = list(get_translation_fields(column))
            options = {"fields": names, "classes": ["languages"], "description": field.help_text}  # type: ignore[union-attr]
            found.append((capfirst(str(field.verbose_name)), options))  # type: ignore[union-attr]
        elif found and "classes" not in found[-1][1]:
            found[-1][1]["fields"].append(column)
        else:
            heading = title if all(name != title for name, _options in found) else None
            found.append((heading, {"fields": [column]}))
    return found


class StaffFieldsMixin(admin.options.BaseModelAdmin):
    """The form fields of records and their parts alike."""

    formfield_overrides = {models.TextField: {"widget": PlainTextarea(attrs={"rows": 3})}}

    def get_autocomplete_fields(self, request: Any) -> tuple[str, ...]:
        """Choose every related record by typing: no list of 194 countries."""
        fields = [*self.opts.fields, *self.opts.many_to_many]
        return tuple(field.name for field in fields if field.is_relation and field.editable)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("widget", KnownSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if isinstance(db_field, models.URLField):
            kwargs.setdefault("assume_scheme", "https")
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        if "as_published" in db_field.name and hasattr(field, "strip"):
            field.strip = False  # what was printed is kept to the last blank
        if hasattr(field.widget, "can_delete_related"):
            field.widget.can_delete_related = False  # a slip of the mouse beside a choice
        language = getattr(db_field, "language", None)
        if language is not None:
            # The fieldset bears the field's name and its help, once.
            field.label, field.help_text = dict(settings.LANGUAGES)[language], ""
            direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
            field.widget.attrs.update({"lang": language, "dir": direction})
        return field


WHY_HELP = _("One sentence for the history: what you learnt and where. Colleagues read it; so may the public.")
