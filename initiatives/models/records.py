"""What every record has, and the rows that belong to it."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from ..dates import EdtfField
from ..fields import ComputedTextField, RevisionStamp, TimeStamp, language_of, names_in, normalise
from ..permanent_ids import MAX_LENGTH, mint, validate_permanent_id
from ..querysets import ADDRESSABLE, UNCERTAIN
from .lifecycle import refuse_circle_of_successors, refuse_to_withdraw_unseen


class State(models.TextChoices):
    """The lifecycle of a record."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Certainty(models.TextChoices):
    """How sure a date is. Time alone makes no expectation true."""

    STATED = "stated", _("Stated")
    REPORTED = "reported", _("Reported in the news")
    PLANNED = "planned", _("Planned")
    EXPECTED = "expected", _("Expected")


class Status(models.TextChoices):
    """What follows from dates and certainty."""

    ACTIVE = "active", _("Active")
    PLANNED = "planned", _("Planned")
    CLOSED = "closed", _("Closed")


class PermanentIdField(models.CharField):
    """A permanent id as primary key, minted on creation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(primary_key=True, max_length=MAX_LENGTH, default=mint, editable=False)
        super().__init__(_("permanent id"), *args, **kwargs)

    default_validators = [validate_permanent_id]

    def deconstruct(self) -> Any:
        name, path, _args, _kwargs = super().deconstruct()
        return name, path, [], {}


class Record(models.Model):
    """What every record of the registry has: lifecycle, care, and the texts by which it is found and sorted.

    The primary key is the public key: the code that the world uses, or a permanent id.
    """

    state = models.CharField(
        _("state"),
        max_length=9,
        choices=State.choices,
        default=State.DRAFT,
        help_text=_("Drafts are seen by staff alone. A withdrawn record's address still answers, with its reason."),
    )
    withdrawn_reason = models.TextField(
        _("reason for withdrawal"), blank=True, help_text=_("Shown to everyone at the record's address.")
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("successor"),
        help_text=_("The record that takes its place; the public is led to it."),
    )
    note = models.TextField(
        _("note to the reader"),
        blank=True,
        help_text=_("Shown to the public with the record: what is odd about it, and why."),
    )
    reviewed_on = models.DateField(
        _("reviewed on"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody last found all of it still true. Staff only."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("Who looks after this record. Staff only."),
    )
    internal_note = models.TextField(_("internal note"), blank=True, help_text=_("For staff only, never public."))
    search = ComputedTextField(compute="search_text")
    sort_key = ComputedTextField(compute="folded_name")
    revision = RevisionStamp(_("revision"), null=True, editable=False)
    updated_at = TimeStamp(_("updated"), null=True, editable=False)

    successor_id: str | None
    # Set by the history and the fixtures, which say again what the public has seen.
    once_public: bool = False
    if TYPE_CHECKING:
        objects: Any  # each model has its own

    # The form of the primary key, for addresses and for what is told of a wrong one.
    key_pattern: ClassVar[str] = r"rp-[0-9a-z]{8}"
    key_example: ClassVar[str] = "rp-0000002y"
    # Names and texts in six languages (see translation.py).
    translated: ClassVar[tuple[str, ...]] = ("note",)
    # The column that the display name says, or those that it is made of.
    name_field: ClassVar[str] = "name"
    named_by: ClassVar[tuple[str, ...]] = ()
    # Columns that state no fact of the world: no citation is asked for them, beside those in LIFECYCLE and INTERNAL.
    structural: ClassVar[tuple[str, ...]] = ()
    # Paths to the records whose names are part of this record's search and sort texts.
    follows: ClassVar[tuple[str, ...]] = ()

    INTERNAL: ClassVar[tuple[str, ...]] = ("reviewed_on", "owner", "internal_note")
    LIFECYCLE: ClassVar[tuple[str, ...]] = ("state", "withdrawn_reason", "successor")

    class Meta:
        abstract = True
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="withdrawn") & ~Q(withdrawn_reason=""))
                | (~Q(state="withdrawn") & Q(withdrawn_reason="") & Q(successor=None)),
                name="%(app_label)s_%(class)s_withdrawn_with_reason",
                violation_error_message=_(
                    "A withdrawn record needs a reason; reason and successor belong to withdrawn records alone."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="%(app_label)s_%(class)s_state",
                violation_error_message=_("The state is draft, published or withdrawn."),
            ),
        ]
        indexes = [models.Index(fields=["state", "sort_key"], name="%(class)s_list")]

    def __str__(self) -> str:
        return self.display_name or str(self.pk)

    def get_absolute_url(self) -> str:
        """Return the address of the record's page."""
        raise NotImplementedError

    @property
    def display_name(self) -> str:
        """Return the name in the current language, else in English."""
        return str(getattr(self, "name", "") or self.pk)

    @classmethod
    def columns_of_name(cls) -> tuple[str, ...]:
        """Return the columns, beside the key, that are enough to say the display name in the current language."""
        from modeltranslation.utils import build_localized_fieldname, get_language

        if cls.named_by or cls.name_field not in cls.translated:
            return cls.named_by or (cls.name_field,)
        return tuple({build_localized_fieldname(cls.name_field, code): None for code in ("en", get_language())})

    @property
    def name_language(self) -> str:
        """Return the language of the display name; "" where it is a code, or says itself in every language."""
        return language_of(self, self.name_field) if self.name_field in self.translated else ""

    def search_names(self) -> list[str]:
        """Return every text by which people look for this record."""
        return names_in(self, "name")

    def search_text(self) -> str:
        """Return the normalised text in which every word of a question must occur."""
        own = normalise(" ".join(dict.fromkeys([str(self.pk), *self.search_names()])))
        followed = (getattr(self, name) for name in self.follows if "__" not in name)
        # By the words of a draft nobody finds anything.
        return " ".join([own, *(record.search for record in followed if record and record.is_addressable)])

    def sort_name(self) -> str:
        """Return the name by which lists are sorted."""
        return str(getattr(self, "name_en", "") or self.pk)

    def folded_name(self) -> str:
        return normalise(self.sort_name())

    @property
    def is_addressable(self) -> bool:
        """Tell whether other records may name this one: its address answers (the rule of addressable(), for one row)."""
        return self.state in ADDRESSABLE

    @property
    def is_public(self) -> bool:
        return self.state == State.PUBLISHED

    def clean(self) -> None:
        super().clean()
        refuse_to_withdraw_unseen(self)
        refuse_circle_of_successors(self)


class DatedFacts(models.Model):
    """From when until when something holds, each end with its certainty."""

    since = EdtfField(_("since"))
    since_certainty = models.CharField(
        _("certainty of since"), max_length=8, choices=Certainty.choices, default=Certainty.STATED
    )
    until = EdtfField(_("until"))
    until_certainty = models.CharField(
        _("certainty of until"), max_length=8, choices=Certainty.choices, default=Certainty.STATED
    )

    since_earliest: dt.date | None
    until_latest: dt.date | None

    class Meta:
        abstract = True

    def status_on(self, day: dt.date | None = None) -> Status:
        """Return the status on a day, today if none is given; the rule of querysets.status_on for one row."""
        day = day or timezone.localdate()
        if self.until_latest and self.until_latest < day and self.until_certainty not in UNCERTAIN:
            return Status.CLOSED
        if (self.since and self.since_certainty in UNCERTAIN) or (self.since_earliest and self.since_earliest > day):
            return Status.PLANNED
        return Status.ACTIVE

    def is_overdue(self, day: dt.date | None = None) -> bool:
        """Tell whether an expected begin or end lies wholly in the past: time for a person to look."""
        day = day or timezone.localdate()
        pairs = ((self.since_certainty, self.since_latest), (self.until_certainty, self.until_latest))
        return any(certainty in UNCERTAIN and latest is not None and latest < day for certainty, latest in pairs)

    since_latest: dt.date | None

    def begin_is_stated(self, day: dt.date | None = None) -> bool:
        """Tell whether a source says since when it holds; where none does, what held on an earlier day is unknown."""
        return bool(self.since)

    def clean(self) -> None:
        super().clean()
        from ..dates import parse_edtf

        if self.since and self.until:
            try:
                begin, end = parse_edtf(self.since), parse_edtf(self.until)
            except ValueError:
                return  # the field itself has said so
            if end.latest < begin.earliest:
                raise ValidationError(
                    {
                        "until": _("The end (%(end)s) lies before the begin (%(begin)s).")
                        % {"end": self.until, "begin": self.since}
                    }
                )


class Part(models.Model):
    """A row that belongs to a record, and to its document, under a ref of its own that citations can name."""

    ref = models.SlugField(
        _("ref"),
        max_length=60,
        blank=True,
        allow_unicode=False,
        help_text=_("Names this row in citations and in the history; made from its content if left empty."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Order within the record."))

    # The foreign keys of which exactly one names the owner; none for parts that point by model and text key.
    owner_fields: ClassVar[tuple[str, ...]] = ()
    # The key of these rows in the owner's document.
    document_name: ClassVar[str] = ""
    translated: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        ordering = ("position", "ref")

    @classmethod
    def _owner_label(cls, name: str) -> str:
        column: Any = cls._meta.get_field(name)
        return str(column.related_model._meta.label_lower)

    def owners(self) -> list[tuple[str, str]]:
        """Return (model label, key) of the record this row belongs to."""
        keys = ((self._owner_label(name), getattr(self, f"{name}_id")) for name in self.owner_fields)
        return [(label, key) for label, key in keys if key]

    @classmethod
    def rows_of(cls, label: str, keys: list[str]) -> "models.QuerySet[Any]":
        """Return the rows that belong to the records of a model with these keys."""
        names = [name for name in cls.owner_fields if cls._owner_label(name) == label]
        return cls._default_manager.filter(**{f"{names[0]}__in": keys}) if names else cls._default_manager.none()

    @classmethod
    def belongs_to(cls, model: type[models.Model]) -> bool:
        """Tell whether records of a model may have such rows."""
        return model._meta.label_lower in map(cls._owner_label, cls.owner_fields)

    @classmethod
    def owner_columns(cls, label: str, key: str) -> dict[str, Any]:
        """Return the column values that make a row belong to a record."""
        return {f"{name}_id": key for name in cls.owner_fields if cls._owner_label(name) == label}

    @classmethod
    def owner_column_names(cls) -> tuple[str, ...]:
        return cls.owner_fields

    @property
    def called(self) -> str:
        """Return what the reader knows the row by."""
        return str(self)

    def natural_ref(self) -> str:
        """Return the text from which the ref is made."""
        raise NotImplementedError

    def make_ref(self) -> str:
        """Return a ref that no other row of the owner bears."""
        base = slugify(self.natural_ref())[:48].strip("-") or "row"
        taken: set[str] = set()
        for label, key in self.owners():
            taken.update(self.rows_of(label, [key]).exclude(pk=self.pk).values_list("ref", flat=True))
        return base if base not in taken else f"{base}-{mint()[3:8]}"


class RecordPart(Part):
    """A part that points to its record by model and text key, so that records of either app can carry it."""

    record_model = models.CharField(_("record's model"), max_length=60)
    record_key = models.CharField(_("record's key"), max_length=80)

    # Which models may have such rows, by label; empty: every record.
    record_models: ClassVar[tuple[str, ...]] = ()
    # The record itself where a form saves it together with this row: it may not be in the database yet.
    record_at_hand: Record | None = None

    class Meta(Part.Meta):
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["record_model", "record_key", "ref"],
                name="%(app_label)s_%(class)s_ref",
                violation_error_message=_("Another row of this record bears this ref."),
            )
        ]

    def owners(self) -> list[tuple[str, str]]:
        return [(self.record_model, self.record_key)] if self.record_model and self.record_key else []

    @classmethod
    def rows_of(cls, label: str, keys: list[str]) -> "models.QuerySet[Any]":
        return cls._default_manager.filter(record_model=label, record_key__in=keys)

    @classmethod
    def belongs_to(cls, model: type[models.Model]) -> bool:
        return issubclass(model, Record) and (not cls.record_models or model._meta.label_lower in cls.record_models)

    @classmethod
    def owner_columns(cls, label: str, key: str) -> dict[str, Any]:
        return {"record_model": label, "record_key": key}

    @classmethod
    def owner_column_names(cls) -> tuple[str, ...]:
        return ("record_model", "record_key")

    def clean(self) -> None:
        super().clean()
        from django.apps import apps

        try:
            model = apps.get_model(self.record_model)
        except (LookupError, ValueError):
            model = None
        if model is None or not self.belongs_to(model):
            raise ValidationError({"record_model": _("“%s” is not a model that can carry this.") % self.record_model})
        if self.record_at_hand is None and not model._default_manager.filter(pk=self.record_key).exists():
            raise ValidationError(
                {
                    "record_key": _("There is no %(model)s with the key “%(key)s”.")
                    % {"model": model._meta.verbose_name, "key": self.record_key}
                }
            )
