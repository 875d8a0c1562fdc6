"""Reads of one model, by name. Who may see what is written here, once."""

import datetime as dt
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from .fields import normalise

M = TypeVar("M", bound=models.Model)


class UnrevisedWriteError(RuntimeError):
    """A write outside ``with revision(who, why)``: it would leave no history."""


class GuardedQuerySet(models.QuerySet[M]):
    """Refuse the writes that Django makes behind the signals' back; bulk work goes through the revision's own door."""

    if TYPE_CHECKING:

        def rewrite(self, mode: bool = True) -> Self:
            """Turn the rewriting of translated names on or off; modeltranslation adds this."""

    def _refuse(self, verb: str, instead: str) -> NoReturn:
        message = f"{self.model.__name__}: {verb}() writes past the history. Use {instead}."
        raise UnrevisedWriteError(message)

    def update(self, **kwargs: Any) -> int:
        self._refuse("update", "the revision's bulk_update()")

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[M]:
        self._refuse("bulk_create", "the revision's bulk_create()")

    def bulk_update(self, objs: Any, *args: Any, **kwargs: Any) -> int:
        self._refuse("bulk_update", "the revision's bulk_update()")

    def _raw_delete(self, using: str | None) -> int:
        self._refuse("_raw_delete", "delete()")


def unguarded(model: Any) -> "models.QuerySet[Any]":
    """Return a queryset that refuses nothing: for the history's own writes."""
    return models.QuerySet(model)


class PartQuerySet(GuardedQuerySet[M]):
    """Rows that belong to a record."""

    def of(self, record: models.Model) -> Self:
        """Return the parts of one record; for parts that point by model and text key."""
        return self.filter(record_model=record._meta.label_lower, record_key=record.pk)


# Who may see what: lists hold the published; an address answers, and a record may be named by others, unless it is a draft.
ADDRESSABLE = ("published", "withdrawn")


class RecordQuerySet(GuardedQuerySet[M]):
    """Records; each model adds its own meanings."""

    def public(self) -> Self:
        """Return what everyone may see in lists: the published."""
        return self.filter(state="published")

    def addressable(self) -> Self:
        """Return what answers at its address: the published, and the withdrawn with its reason."""
        return self.filter(state__in=ADDRESSABLE)

    def matching(self, question: str) -> Self:
        """Return the records in which every word of the question occurs, in any language, accents and case aside."""
        rows = self
        for word in normalise(question).split():
            rows = rows.filter(search__contains=word)
        return rows

    def for_listing(self) -> Self:
        """Return the records with what a row of a list shows, in reading order."""
        return self.order_by("sort_key", "pk")

    def for_detail(self) -> Self:
        """Return the records with what their own page shows."""
        return self.for_listing()


# Dates are a fact with a certainty; status and validity follow from both, in SQL here and for one row in models/records.py (DatedFacts).
UNCERTAIN = ("expected", "planned")


def ended_before(day: dt.date) -> Q:
    """Say in SQL: what had ended for certain before the day."""
    return Q(until_latest__lt=day) & ~Q(until_certainty__in=UNCERTAIN)


def begins_after(day: dt.date) -> Q:
    """Say in SQL: what begins later, or is only expected to; time alone makes no expectation true."""
    return (~Q(since="") & Q(since_certainty__in=UNCERTAIN)) | Q(since_earliest__gt=day)


def begun_after(day: dt.date) -> Q:
    """Say in SQL: what began after the day for certain."""
    return Q(since_earliest__gt=day) & ~Q(since_certainty__in=UNCERTAIN)


def status_on(day: dt.date) -> Case:
    """Say in SQL the status on a day: closed, planned or active."""
    return Case(
        When(ended_before(day), then=Value("closed")),
        When(begins_after(day), then=Value("planned")),
        default=Value("active"),
        output_field=models.CharField(),
    )


def inside_inexact_date(day: dt.date) -> Q:
    """Say in SQL: the day falls inside an inexact date, so that nobody can tell what held on it."""
    since = Q(since_earliest__lte=day, since_latest__gte=day) & ~Q(since_earliest=F("since_latest"))
    return since | Q(until_earliest__lte=day, until_latest__gte=day) & ~Q(until_earliest=F("until_latest"))


def uncertain_on(day: dt.date) -> Case:
    """Say in SQL whether nobody can tell what held on a day."""
    return Case(When(inside_inexact_date(day), then=Value(True)), default=Value(False))


class DatedQuerySet(RecordQuerySet[M]):
    """Records that hold from a day until a day."""

    def with_status(self, day: dt.date | None = None) -> Self:
        """Annotate ``status`` as of a day, today if none is given."""
        return self.annotate(status=status_on(day or timezone.localdate()))

    def as_of(self, day: dt.date) -> Self:
        """Keep what was true or planned on a day; annotate ``status`` and, where the day falls inside an inexact date, ``uncertain``."""
        return self.exclude(ended_before(day)).with_status(day).annotate(uncertain=uncertain_on(day))


class CountryQuerySet(RecordQuerySet[M]):
    """Member States."""

    def for_listing(self) -> Self:
        return self.select_related("region").order_by("sort_key", "pk")

    def in_region(self, code: str) -> Self:
        return self.filter(region=code)


class ResolutionQuerySet(RecordQuerySet[M]):
    """Editions of resolutions."""

    def for_listing(self) -> Self:
        return self.select_related("conference").order_by("sort_key", "pk")

    def editions_of(self, body: str, number: str) -> Self:
        """Return every edition of one resolution of a body."""
        return self.filter(body=body, number=number)

    def for_detail(self) -> Self:
        return self.for_listing().select_related("conference", "supersedes")


class InitiativeQuerySet(RecordQuerySet[M]):
    """Regional initiatives."""

    def for_listing(self) -> Self:
        return self.select_related("region", "conference").order_by("sort_key", "pk")


class OrganisationQuerySet(RecordQuerySet[M]):
    """Organisations."""

    def for_listing(self) -> Self:
        return self.select_related("country").order_by("sort_key", "pk")

    def for_detail(self) -> Self:
        return self.for_listing().select_related("country", "parent")


class ProgrammeQuerySet(DatedQuerySet[M]):
    """Programmes."""

    def for_detail(self) -> Self:
        return self.for_listing().select_related("parent")


class ProjectQuerySet(DatedQuerySet[M]):
    """Projects."""

    def for_listing(self) -> Self:
        return self.select_related("programme").order_by("sort_key", "pk")
