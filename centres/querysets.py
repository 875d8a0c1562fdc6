"""Reads of centres, offices and milestones, by name."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone

from initiatives.querysets import UNCERTAIN, DatedQuerySet, RecordQuerySet


class CentreQuerySet(DatedQuerySet):
    """Designated centres."""

    def of_kind(self, code: str) -> Self:
        return self.filter(kind=code)

    def in_region(self, code: str) -> Self:
        """Return the centres that the source lists under a region."""
        return self.filter(region=code)

    def for_listing(self) -> Self:
        return self.select_related("kind__programme", "region", "country__region", "organisation__country").order_by(
            "sort_key", "pk"
        )


class OfficeQuerySet(RecordQuerySet):
    """Offices, whose places are rows of their own."""

    def with_status(self, day: dt.date | None = None) -> Self:
        """Annotate ``status`` as of a day: closed where every place has ended, planned where every open one is still to come."""
        from .models import OfficeLocation

        day = day or timezone.localdate()
        places = OfficeLocation.objects.filter(office=OuterRef("pk"))
        ended = Q(until_latest__lt=day) & ~Q(until_certainty__in=UNCERTAIN)
        to_come = (~Q(since="") & Q(since_certainty__in=UNCERTAIN)) | Q(since_earliest__gt=day)
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
        """Keep the offices that were or were planned on a day."""
        return self.with_status(day).exclude(status="closed")

    def for_listing(self) -> Self:
        return self.select_related("region").prefetch_related("locations__country").order_by("level", "sort_key", "pk")


class MilestoneQuerySet(RecordQuerySet):
    """Milestones."""

    def for_listing(self) -> Self:
        """Return milestones by date, undated ones last."""
        return self.select_related("centre", "office", "programme", "project", "conference").order_by(
            models.F("date_earliest").asc(nulls_last=True), "sort_key", "pk"
        )

    def overdue(self, day: dt.date | None = None) -> Self:
        """Return what was expected by a day that has wholly passed, and of which nobody has said that it came."""
        return self.filter(certainty__in=UNCERTAIN, reached="", date_latest__lt=day or timezone.localdate())
