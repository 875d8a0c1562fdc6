"""ITU's own offices. An office moves: its places are rows, not the office."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from initiatives.dates import EdtfField
from initiatives.fields import names_in
from initiatives.models import Country, DatedFacts, Part, PermanentIdField, Point, Programme, Record, Region, Status
from initiatives.querysets import PartQuerySet

from ..querysets import OfficeQuerySet


class Office(Record):
    """A regional or area office of ITU."""

    id = PermanentIdField()
    level = models.CharField(
        _("level"), max_length=8, choices=[("regional", _("Regional office")), ("area", _("Area office"))]
    )
    name = models.CharField(_("name"), max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, related_name="offices", verbose_name=_("region"))
    countries_served = models.ManyToManyField(
        Country,
        blank=True,
        related_name="offices_serving",
        verbose_name=_("countries served"),
        help_text=_("Empty: not stated."),
    )
    programmes = models.ManyToManyField(
        Programme, blank=True, related_name="offices", verbose_name=_("programmes supported")
    )
    contact = models.TextField(
        _("public contact"), blank=True, help_text=_("Shown to everyone; of the office, never of a person.")
    )
    website = models.URLField(_("website"), max_length=300, blank=True)
    standing = models.CharField(
        _("standing"),
        max_length=11,
        choices=[
            ("operating", _("Operating")),
            ("relocating", _("Relocating")),
            ("unconfirmed", _("Not confirmed today")),
        ],
        default="operating",
        help_text=_("“Not confirmed today” is always shown with the office."),
    )
    standing_date = EdtfField(
        _("standing as of"),
        help_text=_("The last day for which a source tells the standing. Empty: it rests on older pages."),
    )

    objects = OfficeQuerySet.as_manager()

    translated: ClassVar[tuple[str, ...]] = ("name", "note")
    follows = ("locations__country",)

    class Meta(Record.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def get_absolute_url(self) -> str:
        return reverse("centres:office", args=[self.pk, slugify(getattr(self, "name_en", "")) or "-"])

    @property
    def display_name(self) -> str:
        """Return the name; of an office that moves, with its places, by which it is told from others of that name."""
        named = [_place_in_words(place) for place in self.locations.all() if place.country.is_addressable]
        return f"{self.name} ({'; '.join(named)})" if len(named) > 1 else super().display_name

    @property
    def is_unconfirmed(self) -> bool:
        return self.standing == "unconfirmed"

    def begin_is_stated(self, day: dt.date | None = None) -> bool:
        """Tell whether a source says since when it is at one of the places where it was open on a day."""
        open_places = [place for place in self.locations.all() if place.status_on(day) == Status.ACTIVE]
        return any(place.since for place in open_places) or not open_places

    def search_names(self) -> list[str]:
        places = list(OfficeLocation.objects.filter(office=self.pk).select_related("country"))
        return [
            *names_in(self, "name"),
            *(text for place in places for text in (place.name_as_published, place.city)),
            *(place.country.search for place in places if place.country.is_addressable),
        ]


def _place_in_words(place: "OfficeLocation") -> str:
    """Name the country of a place, and whether the office is there yet or no more."""
    status = place.status_on()
    if status == Status.ACTIVE:
        return place.country.display_name
    words = _("%(place)s planned") if status == Status.PLANNED else _("%(place)s closed")
    return str(words) % {"place": place.country.display_name}


class OfficeLocation(DatedFacts, Point, Part):
    """Where an office is, was, or is to be."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="locations", verbose_name=_("office"))
    country = models.ForeignKey(Country, models.PROTECT, related_name="office_locations", verbose_name=_("country"))
    name_as_published = models.CharField(
        _("name there"), max_length=200, blank=True, help_text=_("What the source calls the office at this place.")
    )
    city = models.CharField(_("city"), max_length=80, blank=True)
    address = models.TextField(_("address"), blank=True)
    address_date = EdtfField(_("date of the address"), help_text=_("How old the address is; always shown with it."))

    objects = PartQuerySet.as_manager()

    owner_fields = ("office",)
    document_name = "locations"

    class Meta(Part.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            *Point.Meta.constraints,
            models.UniqueConstraint(fields=["office", "ref"], name="centres_officelocation_ref"),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.city, str(self.country)]))

    def natural_ref(self) -> str:
        return self.country_id
