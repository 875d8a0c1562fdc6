"""Organisations: hosts, funders and partners are all of one sort."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from ..fields import language_of, names_in
from ..querysets import OrganisationQuerySet
from .geography import Country, Point
from .records import PermanentIdField, Record

LANGUAGE_HELP = _("BCP 47 code of the language in which the name is written: en, fr, es, pt, ar …")


class Organisation(Record, Point):
    """A body that hosts, funds, leads or takes part. It keeps its own name in its own language."""

    id = PermanentIdField()
    name = models.CharField(
        _("name"),
        max_length=250,
        help_text=_("Its own name, in its own language. Shown wherever no name in the reader's language is known."),
    )
    language = models.CharField(_("language of the name"), max_length=12, default="en", help_text=LANGUAGE_HELP)
    name_in = models.CharField(
        _("name in other languages"), max_length=250, blank=True, help_text=_("Only a name that a source gives.")
    )
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    aliases = models.TextField(
        _("other names"),
        blank=True,
        help_text=_("One a line: former names, spellings, acronyms. People find the record by them."),
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("country"),
        help_text=_("Empty for a body of several countries, and where no source tells."),
    )
    covers = models.ManyToManyField(
        Country,
        blank=True,
        related_name="covering_organisations",
        verbose_name=_("countries covered"),
        help_text=_("For a body of several countries."),
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent body")
    )
    contact = models.TextField(
        _("public contact"), blank=True, help_text=_("Shown to everyone; of the office, never of a person.")
    )
    website = models.URLField(_("website"), max_length=300, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)

    objects = OrganisationQuerySet.as_manager()

    translated: ClassVar[tuple[str, ...]] = ("name_in", "note")
    structural = ("language", "aliases")
    follows = ("country",)

    class Meta(Record.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [*Record.Meta.constraints, *Point.Meta.constraints]

    def get_absolute_url(self) -> str:
        return reverse("initiatives:organisation", args=[self.pk, slugify(self.name) or "-"])

    @property
    def display_name(self) -> str:
        return str((self.name_in if self.name_language != self.language else "") or self.name)

    @property
    def name_language(self) -> str:
        """Return the language of the name that is shown: the reader's, else English, else its own."""
        from modeltranslation.utils import get_language

        return self.language if self.language == get_language() or not self.name_in else language_of(self, "name_in")

    def search_names(self) -> list[str]:
        return [self.name, *names_in(self, "name_in"), self.acronym, *self.aliases.splitlines(), self.city]

    def sort_name(self) -> str:
        return self.name
