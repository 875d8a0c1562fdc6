"""What is funded: projects and their codes, who pays, who takes part, what is counted."""

from typing import Any, ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from ..dates import EdtfField
from ..fields import names_in
from ..querysets import PartQuerySet, ProjectQuerySet
from .geography import Country
from .organisations import Organisation
from .programmes import Programme
from .records import DatedFacts, Part, PermanentIdField, Record, RecordPart


class Project(DatedFacts, Record):
    """A funded project. One project may have several reference codes, each with its scheme."""

    id = PermanentIdField()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="projects", verbose_name=_("programme"))
    name = models.CharField(_("name"), max_length=250)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)

    objects = ProjectQuerySet.as_manager()

    translated: ClassVar[tuple[str, ...]] = ("name", "note")
    structural = ("since_certainty", "until_certainty")

    class Meta(Record.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def get_absolute_url(self) -> str:
        return reverse("initiatives:project", args=[self.pk, slugify(getattr(self, "name_en", "")) or "-"])

    def search_names(self) -> list[str]:
        codes = list(self.codes.values_list("code", flat=True)) if self.pk else []
        return [*names_in(self, "name"), self.short_name, *codes]


class ProjectCode(Part):
    """A reference code of a project and the scheme it belongs to."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="codes", verbose_name=_("project"))
    scheme = models.CharField(
        _("scheme"), max_length=10, choices=[("ITU", _("ITU reference")), ("CRIS", _("CRIS (European Commission)"))]
    )
    code = models.CharField(_("code"), max_length=30, help_text=_("Exactly as printed."))

    objects = PartQuerySet.as_manager()

    owner_fields = ("project",)
    document_name = "codes"

    class Meta(Part.Meta):
        verbose_name = _("reference code")
        verbose_name_plural = _("reference codes")
        constraints = [
            models.UniqueConstraint(fields=["project", "ref"], name="initiatives_projectcode_ref"),
            models.UniqueConstraint(
                fields=["scheme", "code"],
                name="initiatives_projectcode_once",
                violation_error_message=_("Another project bears this code."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.code}"

    def natural_ref(self) -> str:
        return self.code


def _one_owner(name: str, message: Any, *owners: str) -> models.CheckConstraint:
    """Demand that exactly one of some foreign keys is set."""
    condition = Q()
    for chosen in owners:
        condition |= Q(**{f"{owner}__isnull": owner != chosen for owner in owners})
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=message)


class Funding(Part):
    """What a funder gives to a project or a programme; an amount that no source states stays empty."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, null=True, blank=True, related_name="fundings", verbose_name=_("programme")
    )
    project = models.ForeignKey(
        Project, models.CASCADE, null=True, blank=True, related_name="fundings", verbose_name=_("project")
    )
    funder = models.ForeignKey(Organisation, models.PROTECT, related_name="fundings", verbose_name=_("funder"))
    amount = models.DecimalField(
        _("amount"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Empty: not stated."),
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"\A[A-Z]{3}\Z")],
        help_text=_("ISO 4217: EUR, USD, CHF."),
    )

    objects = PartQuerySet.as_manager()

    owner_fields = ("programme", "project")
    document_name = "fundings"
    # The role that says the same of its funder, where a page shows both as one.
    part_taken: "Participation | None" = None

    class Meta(Part.Meta):
        verbose_name = _("funding")
        verbose_name_plural = _("fundings")
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="initiatives_funding_programme_ref"),
            models.UniqueConstraint(fields=["project", "ref"], name="initiatives_funding_project_ref"),
            _one_owner(
                "initiatives_funding_one_owner",
                _("A funding is of a programme or of a project."),
                "programme",
                "project",
            ),
            models.CheckConstraint(
                condition=Q(amount=None, currency="") | (Q(amount__isnull=False) & ~Q(currency="")),
                name="initiatives_funding_currency",
                violation_error_message=_("An amount needs a currency, and a currency an amount."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder}: {self.currency} {self.amount}" if self.amount is not None else str(self.funder)

    @property
    def called(self) -> str:
        return self.funder.display_name

    def natural_ref(self) -> str:
        return self.funder.acronym or self.funder.name


class Role(models.TextChoices):
    """The part that an organisation or a country takes."""

    HOST = "host", _("Host")
    HOST_COUNTRY = "host country", _("Host country")
    LEAD = "lead", _("Lead")
    COORDINATOR = "coordinator", _("Coordinator")
    FOUNDER = "founder", _("Founder")
    FOUNDING_PARTNER = "founding partner", _("Founding partner")
    FUNDER = "funder", _("Funder")
    COFUNDER = "complementary financing", _("Complementary financing")
    IMPLEMENTING = "implementing partner", _("Implementing partner")
    ACADEMIC_HOST = "academic host", _("Academic host")
    COUNTERPART = "counterpart", _("National counterpart")
    GUIDE = "guidance", _("Guidance")
    TOOLS = "tools and methods", _("Tools and methods")
    DELIVERY = "delivery", _("Delivery of courses")
    PARTY = "party", _("Party to the agreement")
    ALLIANCE = "alliance", _("Alliance that it belongs to")


class Participation(RecordPart):
    """The role of an organisation, or of a country, in a programme, project, centre or office."""

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("organisation"),
    )
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="participations", verbose_name=_("country")
    )
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)
    as_published = models.CharField(
        _("as published"), max_length=250, blank=True, help_text=_("The name or role as printed, where it differs.")
    )

    objects = PartQuerySet.as_manager()

    document_name = "participations"
    record_models = ("initiatives.programme", "initiatives.project", "centres.centre", "centres.office")

    class Meta(RecordPart.Meta):
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            *RecordPart.Meta.constraints,
            _one_owner(
                "initiatives_participation_who",
                _("Name an organisation or a country, not both."),
                "organisation",
                "country",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.organisation or self.country}"

    @property
    def is_shown(self) -> bool:
        """Tell whether everyone may see who takes this part."""
        return all(who.is_addressable for who in (self.organisation, self.country) if who is not None)

    def natural_ref(self) -> str:
        who = (self.organisation.acronym or self.organisation.name) if self.organisation else self.country_id
        return f"{self.role} {who}"


class Indicator(Part):
    """A figure of a programme or project: a target or a result."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, null=True, blank=True, related_name="indicators", verbose_name=_("programme")
    )
    project = models.ForeignKey(
        Project, models.CASCADE, null=True, blank=True, related_name="indicators", verbose_name=_("project")
    )
    what = models.CharField(_("what is counted"), max_length=250)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=80, blank=True)
    kind = models.CharField(
        _("target or result"), max_length=6, choices=[("target", _("Target")), ("result", _("Result"))]
    )
    qualifier = models.CharField(
        _("qualifier as printed"), max_length=30, blank=True, help_text=_("“nearly” in “nearly 45 per cent”.")
    )
    date = EdtfField(_("date"))

    objects = PartQuerySet.as_manager()

    owner_fields = ("programme", "project")
    document_name = "indicators"
    translated: ClassVar[tuple[str, ...]] = ("what", "unit")

    class Meta(Part.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="initiatives_indicator_programme_ref"),
            models.UniqueConstraint(fields=["project", "ref"], name="initiatives_indicator_project_ref"),
            _one_owner(
                "initiatives_indicator_one_owner",
                _("An indicator is of a programme or of a project."),
                "programme",
                "project",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.value}"

    @property
    def called(self) -> str:
        return str(self.what)

    def natural_ref(self) -> str:
        return str(getattr(self, "what_en", self.what))
