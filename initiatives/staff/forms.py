"""The forms behind the admin: a record with the reason for its change, and the rows that belong to it."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.forms.models import BaseInlineFormSet, BaseModelFormSet
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..differences import name_of_fact
from ..models import Citation, Record, State
from ..revisions import citable_names, document_fields, parts_of
from .fields import WHY_HELP, KnownChoicesMixin, ReasonField


class RecordForm(KnownChoicesMixin, forms.ModelForm):
    """A record, and why it is changed.

    The reason has no default where something is changed: who, when, old and new are recorded by themselves, and only the
    editor knows why. A new record says enough by being new.
    """

    why = ReasonField(
        label=gettext_lazy("Reason for the change"),
        max_length=500,
        help_text=WHY_HELP,
        widget=AdminTextInputWidget(),
        error_messages={"required": gettext_lazy("Say why: the history shows it beside every change.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.fields["why"].initial = _("New record")


class RecordInlineForm(KnownChoicesMixin, forms.ModelForm):
    """A record of its own, shown in the form of another: withdrawing it, with its reason, is done in its own form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("state")
        if field is None:
            return
        if self.instance.state == State.WITHDRAWN:
            field.disabled = True
        else:
            field.choices = [each for each in field.choices if each[0] != State.WITHDRAWN]  # type: ignore[attr-defined]


class PartForm(KnownChoicesMixin, forms.ModelForm):
    """A row of a record. Citations name it by its ref, so the ref stays once it is given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "ref" in self.fields and not self.instance._state.adding:
            self.fields["ref"].disabled = True


class PartFormSetMixin:
    """Rows of one record: those that came without a ref get one of their own before refs are compared."""

    def clean(self) -> None:
        rows = [form for form in self.forms if form.has_changed() or not form.instance._state.adding]  # type: ignore[attr-defined]
        taken = {form.cleaned_data.get("ref") for form in rows if not form.errors}
        for form in rows:
            if not form.errors and not form.cleaned_data.get("DELETE") and not form.cleaned_data.get("ref"):
                form.instance.ref = form.cleaned_data["ref"] = _free_ref(form.instance.natural_ref(), taken)
                taken.add(form.instance.ref)
        super().clean()  # type: ignore[misc]

    def get_unique_error_message(self, unique_check: Any) -> str:
        return _("Two rows bear the same ref.")


def _free_ref(text: str, taken: set[Any]) -> str:
    base = slugify(text)[:48].strip("-") or "row"
    place, ref = 1, base
    while ref in taken:
        place += 1
        ref = f"{base}-{place}"
    return ref


class RowFormSet(BaseInlineFormSet):
    """Rows with a foreign key to the record shown."""

    def add_fields(self, form: Any, index: int | None) -> None:
        # Django forgets the key that a new record was given; the rows that name it by its key need it.
        key = self.instance.pk
        super().add_fields(form, index)
        self.instance.pk = key


class OwnedFormSet(PartFormSetMixin, RowFormSet):
    """Rows that name their record by a foreign key."""


class RecordPartForm(PartForm):
    """A row that names its record by model and key, which the formset gives it."""

    record: Record

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"record_model", "record_key"}  # type: ignore[misc, no-any-return]

    def _post_clean(self) -> None:
        if not self.record.pk:
            return  # the record lacks its key, and says so itself
        self.instance.record_at_hand = self.record
        self.instance.record_model = self.record._meta.label_lower
        self.instance.record_key = str(self.record.pk)
        super()._post_clean()  # type: ignore[misc]


class RecordPartFormSet(PartFormSetMixin, BaseModelFormSet):
    """Rows of one model that point to a record by model and text key."""

    model: Any

    def __init__(
        self, data: Any = None, files: Any = None, instance: Any = None, save_as_new: bool = False, **kwargs: Any
    ) -> None:
        self.instance, self.save_as_new = instance, save_as_new
        queryset = kwargs.pop("queryset", None)
        rows = self.model._default_manager.all() if queryset is None else queryset
        rows = rows.none() if instance is None or instance._state.adding else rows.of(instance)
        super().__init__(data=data, files=files, queryset=rows, **kwargs)

    @classmethod
    def get_default_prefix(cls) -> str:
        return str(cls.model.document_name)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.record = self.instance


class CitedFields(forms.MultipleChoiceField):
    """The facts of a record that a source supports, as paths into its document."""

    record_model: type[Record]
    rows: dict[str, set[str]]

    def validate(self, value: list[str]) -> None:
        if not value:
            raise forms.ValidationError(_("Name at least one field or row that this source supports."), code="required")
        for path in value:
            self._check(path, *path.split("/"))

    def _check(self, path: str, name: str, ref: str = "", column: str = "", *rest: str) -> None:
        allowed: Any = None
        parts = {part.document_name: part for part in parts_of(self.record_model)}
        if name not in citable_names(self.record_model):
            allowed = citable_names(self.record_model)
        elif path.count("/") and (name not in parts or rest):
            allowed = [name]
        elif path.count("/") and ref not in self.rows.get(name, ()):
            allowed = [f"{name}/{each}" for each in sorted(self.rows.get(name, ()))] or [name]
        elif path.count("/") == 2:
            columns = [field.name for field in document_fields(parts[name])]
            allowed = None if column in columns else [f"{name}/{ref}/{each}" for each in columns]
        if allowed is not None:
            raise forms.ValidationError(
                _("“%(value)s” names no fact of this record. Allowed: %(allowed)s."),
                code="invalid_choice",
                params={"value": path[:80], "allowed": ", ".join(allowed)},
            )


class CitationForm(RecordPartForm):
    """A citation, its facts chosen by name."""

    def _post_clean(self) -> None:
        if not self.has_error("fields"):  # the model would only say the same once more
            super()._post_clean()

    def clean(self) -> dict[str, Any]:
        """Keep the stored order of the facts: only what is added or dropped is a change."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        before = list(self.initial.get("fields") or [])
        if "fields" in values:
            order = {path: place for place, path in enumerate(before)}
            values["fields"] = sorted(dict.fromkeys(values["fields"]), key=lambda path: order.get(path, len(order)))
        return values


class CitationFormSet(RecordPartFormSet):
    """The citations of a record, with the paths that they may name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = self._rows()
        self.paths = [{"id": path, "text": label} for path, label in self._choices()]

    def _rows(self) -> dict[str, set[str]]:
        """Return the refs of the record's rows: those stored, and those given in this very form."""
        label, key = self.instance._meta.label_lower, str(self.instance.pk)
        model: type[Record] = type(self.instance)
        typed = {value for name, value in self.data.items() if name.endswith("-ref") and value}
        return {
            part.document_name: typed | set(part.rows_of(label, [key]).values_list("ref", flat=True))
            for part in parts_of(model)
            if part is not Citation
        }

    def _choices(self) -> "list[tuple[str, str]]":
        model: type[Record] = type(self.instance)
        hidden = {*Record.INTERNAL, *Record.LIFECYCLE}
        found = []
        for name in citable_names(model):
            if name not in hidden:
                paths = [name, *(f"{name}/{ref}" for ref in sorted(self.rows.get(name, ())))]
                found += [(path, name_of_fact(model, path)) for path in paths]
        return found

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        field = form.fields["fields"]
        field.record_model, field.rows = type(self.instance), self.rows
        chosen = form["fields"].value() or []
        # The page holds the whole list once; each citation shows what it names.
        field.choices = [(path, name_of_fact(field.record_model, path)) for path in chosen if isinstance(path, str)]
