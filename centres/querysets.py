"""Reads of centres, offices and milestones, by name."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from initiatives.querysets import (
    ADDRESSABLE,
    UNCERTAIN,
    DatedQuerySet,
    M,
    RecordQuerySet,
    begins_after,
    begun_after,
    ended_before,
    inside_inexact_date,
)


class KindQuerySet(RecordQuerySet[M]):
    """Kinds of centre."""

    def for_listing(self) -> Self:
        return self.select_related("programme").order_by("sort_key", "pk")


class CentreQuerySet(DatedQuerySet[M]):
    """Designated centres."""

    def naming_no_draft(self) -> Self:
        """Leave out the centres whose organisation or country is a draft: their names are nobody's to see."""
        named = Q(organisation=None) | Q(organisation__state__in=ADDRESSABLE)
        return self.filter(named & (Q(country=None) | Q(country__state__in=ADDRESSABLE)))

    def of_kind(self, code: str) -> Self:
        return self.filter(kind=code)

    def in_region(self, code: str) -> Self:
        """Return the centres that the source lists under a region."""
        return self.filter(region=code)

    def for_listing(self) -> Self:
        return self.select_related("kind__programme", "region", "country__region", "organisation__country").order_by(
            "sort_key", "pk"
        )


class OfficeQuerySet(RecordQuerySet[M]):
    """Offices, whose places are rows of their own."""

    def with_status(self, day: dt.date | None = None) -> Self:
        """Annotate ``status`` as of a day: closed where every place has ended, planned where every open one is still to come."""
        from .models import OfficeLocation

        day = day or timezone.localdate()
        places = OfficeLocation.objects.filter(office=OuterRef("pk"))
        ended, to_come = ended_before(day), begins_after(day)
        return self.annotate(
            status=Case(
                When(Exists(places.exclude(ended).exclude(to_come)), then=Value("active")),
                When(Exists(places.exclude(ended)), then=Value("planned")),
                When(Exists(places), then=Value("closed")),
                default=Value("active"),
                output_field=models.CharField(),
            )
        )

    def as_of(self, day: dt.date) -> Self:
        """Keep the offices that were or were planned on a day; annotate ``uncertain`` as DatedQuerySet does."""
        from .models import OfficeLocation

        inexact = OfficeLocation.objects.filter(inside_inexact_date(day), office=OuterRef("pk"))
        return self.with_status(day).exclude(status="closed").annotate(uncertain=Exists(inexact))

    def for_listing(self) -> Self:
        return self.select_related("region").prefetch_related("locations__country").order_by("level", "sort_key", "pk")


class MilestoneQuerySet(RecordQuerySet[M]):
    """Milestones."""

    def for_listing(self) -> Self:
        """Return milestones by date, undated ones last."""
        rows = self.select_related(
            "centre__organisation", "centre__country", "office", "programme", "project", "conference"
        )
        # Offices of one name are told apart by their places.
        return rows.prefetch_related("office__locations__country").order_by(
            models.F("date_earliest").asc(nulls_last=True), "sort_key", "pk"
        )

    def overdue(self, day: dt.date | None = None) -> Self:
        """Return what was expected by a day that has wholly passed, and of which nobody has said that it came."""
        return self._with_last_day().filter(
            certainty__in=UNCERTAIN, reached="", last_day__lt=day or timezone.localdate()
        )

    def of_programmes(self, codes: Iterable[str]) -> Self:
        """Return the milestones of programmes, of their projects and of the offices that belong to them or support them."""
        from .models import Office

        offices = Office.programmes.through.objects.filter(programme__in=codes).values("office")
        return self.filter(
            models.Q(programme__in=codes) | models.Q(project__programme__in=codes) | models.Q(office__in=offices)
        )

    def _with_last_day(self) -> Self:
        return self.annotate(last_day=Coalesce("end_latest", "date_latest"))

    def upcoming(self, day: dt.date | None = None) -> Self:
        """Return what lies ahead: nobody has said that it came, and its last day has not passed."""
        return self._with_last_day().filter(reached="", last_day__gte=day or timezone.localdate())


def counted_by(today: dt.date) -> Case:
    """Say in SQL how many public centres a stated total counts on its day, today if it has none; nothing for what nobody can count.

    It counts neither what had ended for certain by then, nor what began later for certain.
    """
    from .models import Centre

    day: Any = Coalesce(OuterRef("date_latest"), Value(today), output_field=models.DateField())
    # Without a kind or a region, those of every kind and region.
    alike = {name: Coalesce(OuterRef(name), models.F(name)) for name in ("kind", "region")}
    centres = Centre.objects.public().filter(**alike).exclude(ended_before(day)).exclude(begun_after(day)).order_by()
    # Not Count, which would count for each centre by itself.
    number = centres.annotate(number=models.Func("pk", function="COUNT", output_field=models.IntegerField()))
    countable = models.Q(kind__isnull=False) | models.Q(region__isnull=False)
    return Case(When(countable, then=models.Subquery(number.values("number"))), output_field=models.IntegerField())


class StatedTotalQuerySet(RecordQuerySet[M]):
    """Numbers that documents state."""

    def for_listing(self) -> Self:
        return self.select_related("document", "kind", "region").order_by("sort_key", "pk")

    def checked(self, today: dt.date | None = None) -> "list[Any]":
        """Return the totals, each with what StatedTotal.counted would answer for it, in one query for all."""
        return list(self.for_listing().annotate(count_in_registry=counted_by(today or timezone.localdate())))
