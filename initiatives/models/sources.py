"""Where the facts come from: documents, what they refer to, and which fact rests on which."""

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from ..dates import EdtfField
from ..fields import KeyForm
from ..querysets import ADDRESSABLE, PartQuerySet, RecordQuerySet
from .mandate import Resolution
from .organisations import LANGUAGE_HELP
from .records import Part, Record, RecordPart


class DocumentKind(models.TextChoices):
    """What sort of document it is."""

    PAPER = "paper", _("Council working group paper")
    COUNCIL = "council document", _("Council document")
    RESOLUTION = "resolution", _("Resolution")
    RESOLUTION_LIST = "resolution list", _("List of resolutions")
    PLAN = "plan", _("Action plan")
    AGREEMENT = "agreement", _("Agreement")
    FRAMEWORK = "framework", _("Framework")
    PROJECT_DOCUMENT = "project document", _("Project document")
    WEBSITE = "web site", _("Web site")
    PAGE = "web page", _("Public page")
    DATASET = "data set", _("Data set")


# Parts of an address that name a language, and those that name nothing.
_LANGUAGES = re.compile(r"(?:en|fr|es|ar|ru|zh|[A-Z])")
_EMPTY = re.compile(r"(?:[^a-zA-Z]*|.{1,3})")


def address_in_words(url: str) -> str:
    """Say an address by its site and the last part that can be read, with the language where the address names one."""
    parts = urlsplit(url)
    if not parts.hostname:
        return url
    names = [re.sub(r"\.(?:aspx?|html?|php)$", "", unquote(name)) for name in parts.path.split("/") if name]
    language = next((f" ({name.lower()})" for name in names[:-1] if _LANGUAGES.fullmatch(name)), "")
    while len(names) > 1 and names[-1] == "amp":
        names.pop()
    last = "/".join(names[-2:] if len(names) > 1 and _EMPTY.fullmatch(names[-1]) else names[-1:])
    query = f"?{parts.query}" if parts.query else ""
    said = Truncator(f"{last}{query}").chars(100)
    return f"{parts.hostname.strip('.')}: {said}{language}" if said else parts.hostname.strip(".")


class Document(Record):
    """A document that states facts or is referred to. Key: a slug of its symbol or address, ``c25-69-rev-1``."""

    key_pattern = r"[a-z0-9]+(?:-[a-z0-9]+)*"
    key_example = "c25-69-rev-1"

    slug = models.CharField(_("key"), max_length=80, primary_key=True, validators=[KeyForm(key_pattern, key_example)])
    kind = models.CharField(_("kind"), max_length=16, choices=DocumentKind.choices)
    symbol = models.CharField(_("symbol"), max_length=200, blank=True, help_text=_("As printed: C25/69(Rev.1)."))
    title = models.CharField(_("title"), max_length=400, blank=True)
    language = models.CharField(_("language of the title"), max_length=12, default="en", help_text=LANGUAGE_HELP)
    url = models.URLField(_("address"), max_length=600, blank=True)
    author = models.CharField(_("author"), max_length=200, blank=True)
    body = models.CharField(
        _("body"),
        max_length=120,
        blank=True,
        help_text=_("The body whose document it is, or to which it is addressed."),
    )
    action = models.CharField(_("action required"), max_length=200, blank=True)
    date = EdtfField(_("date"))
    date_assumed = models.BooleanField(
        _("date assumed"),
        default=False,
        help_text=_("The document prints no date of its own; shown wherever the date is."),
    )
    detail = models.CharField(_("detail"), max_length=200, blank=True)
    resolutions = models.ManyToManyField(
        Resolution,
        blank=True,
        related_name="documents",
        verbose_name=_("resolutions"),
        help_text=_("The resolutions that it is, lists or rests on."),
    )

    objects = RecordQuerySet.as_manager()

    structural = ("kind", "language", "url", "date_assumed")

    class Meta(Record.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def get_absolute_url(self) -> str:
        return reverse("initiatives:document", args=[self.pk])

    @property
    def display_name(self) -> str:
        return self.symbol or self.own_title or address_in_words(self.url) or self.slug

    @property
    def own_title(self) -> str:
        """Return the title, unless all that is known of it is the name of the site."""
        return "" if self.title.strip(".") == (urlsplit(self.url).hostname or "").strip(".") else self.title

    @property
    def name_language(self) -> str:
        return self.language if self.own_title and not self.symbol else ""

    @property
    def adds_facts(self) -> bool:
        """Tell whether its facts were added to what ITU's own documents state; they are marked as added."""
        return self.kind in (DocumentKind.PAGE, DocumentKind.DATASET)

    def search_names(self) -> list[str]:
        return [self.symbol, self.title, self.url, self.author, self.body]

    def sort_name(self) -> str:
        return self.display_name


class DocumentReference(Part):
    """A document referring to another, with the place meant there."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="references", verbose_name=_("document"))
    target = models.ForeignKey(Document, models.PROTECT, related_name="referred_by", verbose_name=_("refers to"))
    section = models.CharField(_("section"), max_length=60, blank=True, help_text=_("Where the reference stands."))
    locus = models.CharField(_("place meant"), max_length=120, blank=True, help_text=_("“page 33 and Annex H”."))

    objects = PartQuerySet.as_manager()

    owner_fields = ("document",)
    document_name = "references"

    class Meta(Part.Meta):
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        constraints = [models.UniqueConstraint(fields=["document", "ref"], name="initiatives_documentreference_ref")]

    def __str__(self) -> str:
        return f"{self.document_id} → {self.target_id}"

    @property
    def called(self) -> str:
        return self.target.display_name

    def natural_ref(self) -> str:
        return self.target_id


class Citation(RecordPart):
    """Which facts of a record a document supports: provenance by the fact.

    ``fields`` holds paths into the record's document: a column (``name_en``), a link (``covers``), all rows of a part
    (``features``), one row by its ref (``locations/panama``) or one column of it (``locations/panama/city``).
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="citations", verbose_name=_("document"))
    section = models.CharField(
        _("section"), max_length=120, blank=True, help_text=_("Where in the document: §2, page 33.")
    )
    fields = models.JSONField(
        _("facts supported"), default=list, help_text=_("The fields and rows that this place of the document supports.")
    )
    date = EdtfField(_("state of"), help_text=_("The day for which the source states it, where it tells."))
    inferred = models.BooleanField(
        _("inferred"), default=False, help_text=_("The source does not say it outright; the note tells how it follows.")
    )
    remark = models.TextField(_("remark"), blank=True, help_text=_("Shown to the public with the source."))

    objects = PartQuerySet.as_manager()

    document_name = "citations"

    class Meta(RecordPart.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")

    def __str__(self) -> str:
        return f"{self.document_id} {self.section}".strip()

    def natural_ref(self) -> str:
        return f"{self.document_id[:40]} {self.section}"

    def supports(self, path: str) -> bool:
        """Tell whether it names a fact, or a whole that the fact is part of."""
        return any(path == named or path.startswith(f"{named}/") for named in self.fields)

    def clean(self) -> None:
        super().clean()
        if (
            not isinstance(self.fields, list)
            or not self.fields
            or not all(isinstance(name, str) and name for name in self.fields)
        ):
            raise ValidationError({"fields": _("Name at least one field or row that this source supports.")})
        from django.apps import apps

        from ..revisions import citable_names

        try:
            model: type[Record] = apps.get_model(self.record_model)
            allowed = citable_names(model)
        except (LookupError, ValueError):
            return  # RecordPart.clean has said so
        unknown = [name for name in self.fields if name.split("/")[0] not in allowed]
        if unknown:
            raise ValidationError(
                {
                    "fields": _("“%(value)s” names no field. Allowed: %(allowed)s.")
                    % {"value": unknown[0], "allowed": ", ".join(allowed)}
                }
            )


def sources_of(record: Record) -> "list[Any]":
    """Return the citations of a record with their documents, in order."""
    return list(Citation.objects.of(record).filter(document__state__in=ADDRESSABLE).select_related("document"))
