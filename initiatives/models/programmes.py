"""What BDT does: programmes, the resolutions they rest on, and what is told of them."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..fields import KeyForm, names_in
from ..querysets import PartQuerySet, ProgrammeQuerySet
from .mandate import RegionalInitiative, Resolution
from .records import DatedFacts, Part, Record, RecordPart


class Programme(DatedFacts, Record):
    """A programme or initiative of BDT. Key: its code, ``AC``."""

    key_pattern = r"[A-Z][A-Z0-9-]*"
    key_example = "AC"

    code = models.CharField(_("code"), max_length=20, primary_key=True, validators=[KeyForm(key_pattern, key_example)])
    number = models.PositiveSmallIntegerField(
        _("number in the paper"),
        null=True,
        blank=True,
        help_text=_("Under which of its numbered initiatives the Council paper reports it."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Order in lists, as in the Council paper.")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("In our own words; shown to the public at the head of its page.")
    )
    replaces = models.CharField(
        _("replaces"), max_length=200, blank=True, help_text=_("The programme that it took the place of.")
    )
    all_regional_initiatives = models.BooleanField(
        _("relevant to all regional initiatives"),
        default=False,
        help_text=_("Where the source says “all of them” instead of naming some."),
    )
    regional_initiatives = models.ManyToManyField(
        RegionalInitiative, blank=True, related_name="programmes", verbose_name=_("regional initiatives")
    )

    objects = ProgrammeQuerySet.as_manager()

    translated: ClassVar[tuple[str, ...]] = ("name", "summary", "note")
    structural = ("position", "since_certainty", "until_certainty")

    class Meta(Record.Meta):
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def get_absolute_url(self) -> str:
        return reverse("initiatives:programme", args=[self.pk])

    def search_names(self) -> list[str]:
        return [*names_in(self, "name"), self.short_name]

    def folded_name(self) -> str:
        return f"{self.position:03d}"


class ProgrammeResolution(Part):
    """The role of a resolution for a programme, with the label that the source printed there."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="resolution_roles", verbose_name=_("programme")
    )
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, related_name="programme_roles", verbose_name=_("resolution")
    )
    role = models.CharField(
        _("role"),
        max_length=15,
        choices=[("implements", _("implements")), ("continues under", _("continues under")), ("related", _("related"))],
    )
    label_as_published = models.CharField(_("label as published"), max_length=60, blank=True)
    label_scope = models.CharField(
        _("reach of the label"),
        max_length=12,
        choices=[
            ("stated", _("stated for this one")),
            ("collective", _("one label for a list")),
            ("elsewhere", _("stated elsewhere in the source")),
            ("not printed", _("not printed")),
        ],
        default="stated",
    )

    objects = PartQuerySet.as_manager()

    owner_fields = ("programme",)
    document_name = "resolution_roles"

    class Meta(Part.Meta):
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        constraints = [models.UniqueConstraint(fields=["programme", "ref"], name="initiatives_programmeresolution_ref")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.resolution_id}"

    @property
    def called(self) -> str:
        return self.resolution.display_name

    def natural_ref(self) -> str:
        return self.resolution_id


class Aspect(models.TextChoices):
    """What side of a programme or centre a feature tells of."""

    OWNERSHIP = "ownership", _("Ownership")
    GUIDANCE = "guidance", _("Guidance")
    FOCUS = "focus", _("Focus area")
    FUNCTION = "function", _("Function")
    PURPOSE = "purpose", _("Purpose")
    ROLE = "role", _("Role")
    BADGE = "badge", _("Badge")
    EVALUATION = "evaluation", _("Monitoring and evaluation")
    NETWORK = "network", _("Network")
    SUPPORT = "support", _("Support")
    PLACEMENT = "placement", _("Placement")
    INSTITUTIONS = "institutions", _("Kind of institution")
    AUDIENCE = "audience", _("Audience")
    LEVEL = "level", _("Level of training")
    TOPIC = "topic", _("Topic of courses")
    NEW_FIELD = "new field", _("New field of work")
    DELIVERY = "delivery", _("Form of delivery")
    SELECTION = "selection", _("Selection")
    COVERAGE = "coverage", _("Coverage")
    BENEFIT = "benefit", _("Benefit for members")
    INTEREST = "interest", _("Interest shown")
    ACTIVITY = "activity", _("Activity")
    STAFF = "staff", _("Staff")
    FINANCING = "financing", _("Financing")
    HOSTING = "hosting", _("Hosting")
    APPROVAL = "approval", _("Approval")


class Feature(RecordPart):
    """One narrative fact, in our own words, beside what was printed where the wording itself matters."""

    aspect = models.CharField(_("aspect"), max_length=12, choices=Aspect.choices)
    text = models.TextField(_("text"), help_text=_("In our own words; shown to the public."))
    as_published = models.TextField(
        _("as published"), blank=True, help_text=_("A word or figure that must be kept as printed.")
    )

    objects = PartQuerySet.as_manager()

    document_name = "features"
    translated: ClassVar[tuple[str, ...]] = ("text",)

    class Meta(RecordPart.Meta):
        verbose_name = _("feature")
        verbose_name_plural = _("features")

    def __str__(self) -> str:
        return str(self.text)

    def natural_ref(self) -> str:
        return f"{self.aspect} {getattr(self, 'text_en', self.text)}"
