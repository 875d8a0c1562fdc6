"""The ground: ITU's regions and its Member States."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..dates import EdtfField
from ..fields import KeyForm, names_in
from ..querysets import CountryQuerySet, RecordQuerySet
from .records import Record


class Point(models.Model):
    """A place on the map, in degrees (WGS 84)."""

    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                # Both are asked for outright: of half a point, the database would say "unknown" and let it pass.
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__isnull=False,
                    longitude__range=(-180, 180),
                ),
                name="%(app_label)s_%(class)s_point",
                violation_error_message=_(
                    "A point needs both a latitude from -90 to 90 and a longitude from -180 to 180."
                ),
            )
        ]


class Region(Record):
    """One of the six regions of ITU-D. Key: ITU's own code (DataHub, "ITU/BDT Classification")."""

    key_pattern = r"[A-Z]{3}"
    key_example = "AFR"

    code = models.CharField(_("code"), max_length=3, primary_key=True, validators=[KeyForm(key_pattern, key_example)])
    name = models.CharField(_("name"), max_length=80, help_text=_("As ITU writes it."))
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Order of the regions in lists, as in Council documents.")
    )

    objects = RecordQuerySet.as_manager()

    translated: ClassVar[tuple[str, ...]] = ("name", "note")
    structural = ("position",)

    class Meta(Record.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ("position", "code")

    def get_absolute_url(self) -> str:
        return reverse("initiatives:region", args=[self.pk])

    def folded_name(self) -> str:
        return f"{self.position:02d}"


class Country(Record, Point):
    """One of ITU's Member States. Key: ISO 3166-1 alpha-3."""

    key_pattern = r"[A-Z]{3}"
    key_example = "KEN"

    iso3 = models.CharField(
        _("ISO alpha-3"), max_length=3, primary_key=True, validators=[KeyForm(key_pattern, key_example)]
    )
    iso2 = models.CharField(_("ISO alpha-2"), max_length=2, unique=True, validators=[RegexValidator(r"\A[A-Z]{2}\Z")])
    m49 = models.CharField(
        _("UN M49"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"\A\d{3}\Z")],
        help_text=_("Three digits, kept as text: leading zeros count."),
    )
    name = models.CharField(_("name"), max_length=120, help_text=_("The short name that the United Nations uses."))
    official_name = models.CharField(_("official name"), max_length=160, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="countries", verbose_name=_("ITU region"))
    region_basis = models.CharField(
        _("basis of the region"),
        max_length=7,
        choices=[("listed", _("listed by ITU")), ("derived", _("derived"))],
        help_text=_("Whether a list of ITU gives the region, or it was derived from other facts."),
    )
    ldc = models.BooleanField(_("least developed country"), default=False)
    lldc = models.BooleanField(_("landlocked developing country"), default=False)
    sids = models.BooleanField(_("small island developing State"), default=False)
    groups_date = EdtfField(
        _("date of the list"),
        help_text=_("Date of the United Nations list from which LDC, LLDC and SIDS are taken; shown with them."),
    )
    ldc_graduation = EdtfField(
        _("planned graduation from LDC"), help_text=_("The flag is not dropped by the clock: a person confirms it.")
    )
    ldc_graduation_note = models.TextField(_("note on the graduation"), blank=True)
    capital = models.CharField(_("capital"), max_length=80, blank=True)

    objects = CountryQuerySet.as_manager()

    translated: ClassVar[tuple[str, ...]] = ("name", "note")

    class Meta(Record.Meta):
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [*Record.Meta.constraints, *Point.Meta.constraints]
        indexes = [*Record.Meta.indexes, models.Index(fields=["region", "sort_key"], name="initiatives_country_region")]

    def get_absolute_url(self) -> str:
        return reverse("initiatives:country", args=[self.pk])

    def search_names(self) -> list[str]:
        return [*names_in(self, "name"), self.official_name, self.iso2]
