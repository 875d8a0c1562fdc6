"""The mandate: conferences, their resolutions, and the regional initiatives they approve."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..dates import EdtfField
from ..fields import KeyForm, names_in
from ..querysets import InitiativeQuerySet, RecordQuerySet, ResolutionQuerySet
from .geography import Region
from .records import Record


class Conference(Record):
    """A conference of ITU. Key: its usual label, ``WTDC-25``."""

    key_pattern = r"(?:WTDC|PP)-\d{2}"
    key_example = "WTDC-25"

    code = models.CharField(_("code"), max_length=8, primary_key=True, validators=[KeyForm(key_pattern, key_example)])
    body = models.CharField(
        _("body"),
        max_length=4,
        choices=[
            ("PP", _("Plenipotentiary Conference")),
            ("WTDC", _("World Telecommunication Development Conference")),
        ],
    )
    city = models.CharField(_("city"), max_length=80)
    year = models.PositiveSmallIntegerField(_("year"))
    begins = EdtfField(_("begins"))
    ends = EdtfField(_("ends"))

    objects = RecordQuerySet.as_manager()

    named_by = ("city", "year")

    class Meta(Record.Meta):
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")

    def get_absolute_url(self) -> str:
        return reverse("initiatives:conference", args=[self.pk])

    @property
    def display_name(self) -> str:
        return f"{self.code} ({self.city}, {self.year})"

    def search_names(self) -> list[str]:
        return [self.city, str(self.year)]

    def folded_name(self) -> str:
        return f"{self.body.lower()} {self.year}"


class Resolution(Record):
    """One edition of a resolution as a source cites it. Key: a slug, ``wtdc-25-90``.

    The number is text (``90``, ``COM3/1``). Where the source names no edition, the conference is empty.
    """

    key_pattern = r"[a-z0-9]+(?:-[a-z0-9]+)*"
    key_example = "wtdc-25-90"

    slug = models.CharField(_("key"), max_length=40, primary_key=True, validators=[KeyForm(key_pattern, key_example)])
    number = models.CharField(_("number"), max_length=12, help_text=_("As text: 90, COM3/1."))
    body = models.CharField(_("body"), max_length=4, choices=Conference._meta.get_field("body").choices)
    conference = models.ForeignKey(
        Conference,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resolutions",
        verbose_name=_("conference"),
        help_text=_("Empty where the source names no edition."),
    )
    label = models.CharField(
        _("adoption label"),
        max_length=60,
        blank=True,
        help_text=_("What is shown: “Rev. Baku, 2025”; “Kigali, 2022” has no “Rev.”."),
    )
    label_as_published = models.CharField(_("label as published"), max_length=60, blank=True)
    wtdc22_label = models.CharField(
        _("label at WTDC-22"),
        max_length=60,
        blank=True,
        help_text=_("The label of the edition in force at WTDC-22, where the source cites none."),
    )
    title = models.CharField(_("title"), max_length=400, blank=True)
    title_edition = models.CharField(
        _("edition of the title"),
        max_length=80,
        blank=True,
        help_text=_("The edition the title belongs to; shown beside it, since titles change."),
    )
    title_note = models.TextField(_("note on the title"), blank=True)
    provisional = models.BooleanField(
        _("provisional number"), default=False, help_text=_("A committee number that a final one will replace.")
    )
    aliases = models.CharField(
        _("other numbers"),
        max_length=120,
        blank=True,
        help_text=_("Numbers it was or will be known by, separated by semicolons."),
    )
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("supersedes"),
        help_text=_("The edition it revises."),
    )

    objects = ResolutionQuerySet.as_manager()

    translated: ClassVar[tuple[str, ...]] = ("title", "note")
    named_by = ("body", "conference_id", "number", "label")
    structural = ("supersedes", "provisional", "aliases")

    class Meta(Record.Meta):
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["body", "conference", "number"],
                name="initiatives_resolution_once",
                violation_error_message=_("This edition of the resolution is in the registry already."),
            ),
            models.UniqueConstraint(
                fields=["body", "number"],
                condition=models.Q(conference=None),
                name="initiatives_resolution_no_edition",
                violation_error_message=_("This resolution without an edition is in the registry already."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("initiatives:resolution", args=[self.pk])

    @property
    def display_name(self) -> str:
        where = self.conference_id or self.body
        label = f" ({self.label})" if self.label else ""
        return str(_("%(conference)s Resolution %(number)s%(label)s")) % {
            "conference": where,
            "number": self.number,
            "label": label,
        }

    def search_names(self) -> list[str]:
        words = ("Resolution", "Resolución", "决议")  # as ITU writes them; the French one differs by an accent alone
        where = self.conference_id or self.body
        return [*names_in(self, "title"), *words, self.number, self.label, where, self.aliases]

    def folded_name(self) -> str:
        number = f"{int(self.number):05d}" if self.number.isdecimal() else f"z{self.number.lower()}"
        return f"{self.body.lower()} {number} {self.conference_id or ''}"


class TitleStatus(models.TextChoices):
    """How sure the title of a regional initiative is."""

    FINAL = "final", _("Final")
    PROPOSAL = "proposal", _("Proposed")
    NOT_FOUND = "not found", _("Not found")


class RegionalInitiative(Record):
    """A regional initiative of a conference. Key: its code, ``AFR2``. One that has no final title is a draft, never public."""

    key_pattern = r"[A-Z]{3}\d{1,2}"
    key_example = "AFR2"

    code = models.CharField(_("code"), max_length=5, primary_key=True, validators=[KeyForm(key_pattern, key_example)])
    region = models.ForeignKey(Region, models.PROTECT, related_name="initiatives", verbose_name=_("region"))
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="initiatives", verbose_name=_("conference"))
    period_start = models.PositiveSmallIntegerField(_("first year"))
    period_end = models.PositiveSmallIntegerField(_("last year"))
    title = models.CharField(_("title"), max_length=400, blank=True)
    title_as_published = models.CharField(_("title as published"), max_length=400, blank=True)
    title_status = models.CharField(
        _("status of the title"), max_length=9, choices=TitleStatus.choices, default=TitleStatus.FINAL
    )
    objective = models.TextField(_("objective"), blank=True, help_text=_("In our own words."))

    objects = InitiativeQuerySet.as_manager()

    translated: ClassVar[tuple[str, ...]] = ("title", "objective", "note")
    name_field = "title"
    structural = ("title_status",)

    class Meta(Record.Meta):
        verbose_name = _("regional initiative")
        verbose_name_plural = _("regional initiatives")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(title_status="final"),
                name="initiatives_initiative_final_title",
                violation_error_message=_("An initiative whose title is only proposed, or not found, stays a draft."),
            ),
            models.CheckConstraint(
                condition=models.Q(period_end__gte=models.F("period_start")),
                name="initiatives_initiative_period",
                violation_error_message=_("The last year lies before the first."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("initiatives:initiative", args=[self.pk])

    @property
    def display_name(self) -> str:
        return f"{self.code}: {self.title}" if self.title else self.code

    def search_names(self) -> list[str]:
        return [*names_in(self, "title"), *names_in(self, "objective")]

    def folded_name(self) -> str:
        return self.code.lower()
