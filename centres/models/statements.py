"""What is said of centres, offices and programmes: milestones, and totals that a document states."""

import datetime as dt
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.dates import EdtfField, parse_edtf
from initiatives.fields import names_in
from initiatives.models import Certainty, Conference, Document, PermanentIdField, Programme, Project, Record, Region
from initiatives.querysets import UNCERTAIN

from ..querysets import MilestoneQuerySet, StatedTotalQuerySet, counted_by
from .designations import Centre, CentreKind
from .offices import Office

SUBJECTS = ("centre", "office", "programme", "project", "conference")


def _one_subject() -> Q:
    condition = Q()
    for chosen in SUBJECTS:
        condition |= Q(**{f"{subject}__isnull": subject != chosen for subject in SUBJECTS})
    return condition


class Milestone(Record):
    """What happened, or is expected, to exactly one centre, office, programme, project or conference."""

    id = PermanentIdField()
    centre = models.ForeignKey(
        Centre, models.PROTECT, null=True, blank=True, related_name="milestones", verbose_name=_("centre")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="milestones", verbose_name=_("office")
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="milestones", verbose_name=_("programme")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="milestones", verbose_name=_("project")
    )
    conference = models.ForeignKey(
        Conference, models.PROTECT, null=True, blank=True, related_name="milestones", verbose_name=_("conference")
    )
    what = models.CharField(_("what"), max_length=250)
    date = EdtfField(_("date"), help_text=_("Empty: no date is stated."))
    end = EdtfField(_("last day"), help_text=_("Only for what lasts several days."))
    certainty = models.CharField(_("certainty"), max_length=8, choices=Certainty.choices, default=Certainty.STATED)
    reached = EdtfField(_("reached"), help_text=_("When an expected milestone came true, once a source says so."))

    date_latest: dt.date | None
    end_earliest: dt.date | None
    end_latest: dt.date | None

    objects = MilestoneQuerySet.as_manager()

    translated: ClassVar[tuple[str, ...]] = ("what", "note")
    name_field = "what"
    structural = SUBJECTS

    class Meta(Record.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=_one_subject(),
                name="centres_milestone_one_subject",
                violation_error_message=_(
                    "A milestone is of exactly one centre, office, programme, project or conference."
                ),
            ),
        ]
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["date_earliest", "sort_key", "id"], name="centres_milestone_date"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("centres:milestone", args=[self.pk])

    @property
    def display_name(self) -> str:
        return str(self.what)

    @property
    def subject(self) -> Record | None:
        """Return the record that it is of."""
        return next((getattr(self, name) for name in SUBJECTS if getattr(self, f"{name}_id")), None)

    @property
    def is_expected(self) -> bool:
        return self.certainty in UNCERTAIN and not self.reached

    def is_overdue(self, day: dt.date | None = None) -> bool:
        """Tell whether it was expected by a day that has wholly passed; the rule of MilestoneQuerySet.overdue for one row."""
        last = self.end_latest or self.date_latest
        return self.is_expected and last is not None and last < (day or timezone.localdate())

    def is_under_way(self, day: dt.date | None = None) -> bool:
        """Tell whether a day falls between the first and the last day for which it was planned."""
        day = day or timezone.localdate()
        begun = self.date_latest is not None and self.date_latest <= day
        return self.is_expected and begun and self.end_earliest is not None and day <= self.end_earliest

    def search_names(self) -> list[str]:
        return names_in(self, "what")

    def sort_name(self) -> str:
        return str(getattr(self, "what_en", "") or self.pk)

    def clean(self) -> None:
        super().clean()
        if self.end:
            try:
                before = not self.date or parse_edtf(self.end).latest < parse_edtf(self.date).earliest
            except ValueError:
                return  # the field itself has said so
            if before:
                raise ValidationError(
                    {"end": _("The last day (%(end)s) needs a first one that is not after it.") % {"end": self.end}}
                )


class StatedTotal(Record):
    """A number that a document states. What the registry can count is held against it."""

    id = PermanentIdField()
    document = models.ForeignKey(Document, models.PROTECT, related_name="stated_totals", verbose_name=_("document"))
    section = models.CharField(_("section"), max_length=120, blank=True)
    label = models.CharField(_("label"), max_length=250, help_text=_("What the number is of, in our own words."))
    number = models.PositiveIntegerField(_("number"))
    date = EdtfField(_("state of"), help_text=_("The day for which it is stated, where that is known."))
    kind = models.ForeignKey(
        CentreKind,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stated_totals",
        verbose_name=_("counts the centres of kind"),
        help_text=_("Empty, as the region: the registry cannot count it."),
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stated_totals",
        verbose_name=_("counts the centres in region"),
    )

    date_latest: dt.date | None

    objects = StatedTotalQuerySet.as_manager()

    translated: ClassVar[tuple[str, ...]] = ("label", "note")
    name_field = "label"
    structural = ("document", "section", "kind", "region")
    count_in_registry: int | None

    class Meta(Record.Meta):
        verbose_name = _("stated total")
        verbose_name_plural = _("stated totals")

    def get_absolute_url(self) -> str:
        return self.document.get_absolute_url()

    @property
    def display_name(self) -> str:
        return f"{self.label}: {self.number}"

    def counted(self) -> int | None:
        """Return how many public centres the registry counts on the stated day, today if none is stated; None where it cannot count."""
        if "count_in_registry" in self.__dict__:  # counted for many at once: StatedTotalQuerySet.checked
            return self.count_in_registry
        rows = StatedTotal.objects.filter(pk=self.pk)
        return rows.values_list(counted_by(timezone.localdate()), flat=True).first()

    def verdict(self) -> str:
        """Return "holds", "fails" or "cannot be checked"."""
        counted = self.counted()
        if counted is None:
            return "cannot be checked"
        return "holds" if counted == self.number else "fails"

    def search_names(self) -> list[str]:
        return names_in(self, "label")

    def sort_name(self) -> str:
        return str(getattr(self, "label_en", "") or self.pk)
