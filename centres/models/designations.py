"""Kinds of centre, and the designations made under them."""

from typing import ClassVar, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from initiatives.fields import KeyForm, names_in
from initiatives.models import (
    Country,
    DatedFacts,
    Organisation,
    PermanentIdField,
    Programme,
    Record,
    Region,
)

from ..querysets import CentreQuerySet, KindQuerySet


class Marker(models.TextChoices):
    """The shape that stands for a kind on maps, so that colour is never alone."""

    CIRCLE = "circle", _("Circle")
    SQUARE = "square", _("Square")
    TRIANGLE = "triangle", _("Triangle")
    DIAMOND = "diamond", _("Diamond")
    STAR = "star", _("Star")
    CROSS = "cross", _("Cross")
    HEXAGON = "hexagon", _("Hexagon")
    PENTAGON = "pentagon", _("Pentagon")


class CentreKind(Record):
    """A kind of centre: data, not code. A new kind is a new row. Key: its code, ``DTC``."""

    key_pattern = r"[A-Z][A-Z0-9-]*"
    key_example = "DTC"

    code = models.CharField(_("code"), max_length=20, primary_key=True, validators=[KeyForm(key_pattern, key_example)])
    name = models.CharField(_("name"), max_length=120, help_text=_("In the singular: Acceleration Centre."))
    plural = models.CharField(_("plural"), max_length=120)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="centre_kinds", verbose_name=_("programme"))
    marker = models.CharField(
        _("marker"), max_length=8, choices=Marker.choices, default=Marker.CIRCLE, help_text=_("Its shape on maps.")
    )
    organisation_required = models.BooleanField(
        _("organisation required"),
        default=True,
        help_text=_("Off: a country may stand for itself, as an affiliate country does."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Order in lists."))

    objects = KindQuerySet.as_manager()

    translated: ClassVar[tuple[str, ...]] = ("name", "plural", "note")
    structural = ("marker", "organisation_required", "position")

    class Meta(Record.Meta):
        verbose_name = _("kind of centre")
        verbose_name_plural = _("kinds of centre")

    def get_absolute_url(self) -> str:
        return reverse("centres:kind", args=[self.pk])

    def search_names(self) -> list[str]:
        return [*names_in(self, "name"), *names_in(self, "plural")]

    def folded_name(self) -> str:
        return f"{self.position:03d}"


class Location(NamedTuple):
    """Where a centre is on the map, and how exactly that is known."""

    latitude: float
    longitude: float
    precision: str  # "city", or "country" where only the capital of its country is known


class Centre(DatedFacts, Record):
    """A designation: one organisation, or a country for itself, under one kind."""

    id = PermanentIdField()
    kind = models.ForeignKey(CentreKind, models.PROTECT, related_name="centres", verbose_name=_("kind"))
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="centres",
        verbose_name=_("organisation"),
        help_text=_("Empty for a country that stands for itself."),
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="centres",
        verbose_name=_("country"),
        help_text=_("Empty where no source tells it."),
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="centres",
        verbose_name=_("region as listed"),
        help_text=_("As the source prints it; the country's own ITU region is shown beside it where they differ."),
    )
    region_basis = models.CharField(
        _("basis of the region"),
        max_length=7,
        choices=[("listed", _("listed by the source")), ("country", _("taken from the country"))],
        default="listed",
    )
    name = models.CharField(
        _("name"),
        max_length=250,
        blank=True,
        help_text=_("Only if it has a name of its own; else that of the organisation or the country is shown."),
    )
    name_as_published = models.CharField(
        _("name as published"),
        max_length=300,
        blank=True,
        help_text=_("With its printing errors; shown where it differs."),
    )
    line_as_published = models.CharField(_("whole line as published"), max_length=400, blank=True)
    country_as_published = models.CharField(_("country as published"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(
        _("position in the source"), default=0, help_text=_("Order of the source's list.")
    )

    objects = CentreQuerySet.as_manager()

    translated: ClassVar[tuple[str, ...]] = ("name", "note")
    structural = ("position", "region_basis", "since_certainty", "until_certainty")
    follows = ("organisation", "country", "kind")

    class Meta(Record.Meta):
        verbose_name = _("centre")
        verbose_name_plural = _("centres")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(country__isnull=False),
                name="centres_centre_who",
                violation_error_message=_("A centre needs an organisation, or a country that stands for itself."),
            ),
        ]
        indexes = [
            models.Index(fields=["region", "kind", "sort_key", "id"], name="centres_centre_region_kind"),
            models.Index(fields=["kind", "sort_key", "id"], name="centres_centre_kind"),
            models.Index(fields=["country", "sort_key", "id"], name="centres_centre_country"),
            models.Index(fields=["state", "sort_key", "id"], name="centres_centre_list"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("centres:centre", args=[self.pk, slugify(self.sort_name()) or "-"])

    @property
    def host(self) -> Organisation | None:
        """Return the organisation whose name and place it bears; of a centre that the public may see, none that is a draft."""
        organisation = self.organisation
        hidden = organisation is not None and not organisation.is_addressable and self.is_addressable
        return None if hidden else organisation

    @property
    def display_name(self) -> str:
        return str(self.name or self.host or self.country or self.pk)

    @property
    def name_language(self) -> str:
        source = self.host or self.country
        return super().name_language if self.name or source is None else source.name_language

    @property
    def acronym(self) -> str:
        return self.host.acronym if self.host else ""

    @property
    def regions_differ(self) -> bool:
        """Tell whether the source lists it under another region than ITU's own of its country."""
        return self.country is not None and self.country.region_id != self.region_id

    @property
    def location(self) -> Location | None:
        """Return its point: that of the organisation's city, else of the country's capital."""
        for place, precision in ((self.host, "city"), (self.country, "country")):
            if place is not None and place.latitude is not None and place.longitude is not None:
                return Location(float(place.latitude), float(place.longitude), precision)
        return None

    def search_names(self) -> list[str]:
        return [*names_in(self, "name"), self.name_as_published]

    def sort_name(self) -> str:
        for name in (
            getattr(self, "name_en", ""),
            self.host and self.host.sort_name(),
            self.country and self.country.sort_name(),
        ):
            if name:
                return str(name)
        return str(self.pk)

    def clean(self) -> None:
        super().clean()
        if self.kind_id and self.kind.organisation_required and not self.organisation_id:
            raise ValidationError(
                {"organisation": _("A centre of the kind %(kind)s needs an organisation.") % {"kind": self.kind_id}}
            )
