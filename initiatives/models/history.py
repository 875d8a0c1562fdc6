"""The history of all records: revisions, and the versions that they left. Written by revisions.py alone."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets import GuardedQuerySet


class RevisionCounter(models.Model):
    """One row: the newest revision, and the newest that the public can see. Locked first, it puts all writers in a line."""

    number = models.PositiveBigIntegerField(default=0)
    public_number = models.PositiveBigIntegerField(default=0)


class Revision(models.Model):
    """Who changed the registry, when and why. Numbers rise in commit order."""

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("at"))
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    who_name = models.CharField(_("name at the time"), max_length=150)
    why = models.TextField(_("reason"))
    public = models.BooleanField(_("seen by the public"))

    objects = GuardedQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")

    def __str__(self) -> str:
        return f"{self.number}: {self.why}"


class Change(models.TextChoices):
    """What a version was for the public."""

    NONE = "", _("Not seen by the public")
    CREATED = "created", _("Created")
    UPDATED = "updated", _("Updated")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged")
    UNPUBLISHED = "unpublished", _("Un-published")
    DELETED = "deleted", _("Deleted")


class Version(models.Model):
    """The document of a record as a revision left it; none where it was deleted."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="versions", verbose_name=_("revision"))
    record_model = models.CharField(_("record's model"), max_length=60)
    record_key = models.CharField(_("record's key"), max_length=80)
    document = models.JSONField(_("document"), null=True, encoder=DjangoJSONEncoder)
    change = models.CharField(_("public change"), max_length=11, choices=Change.choices, blank=True)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        ordering = ("-revision_id",)
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(fields=["record_model", "record_key", "revision"], name="initiatives_version_once")
        ]
        indexes = [models.Index(fields=["change", "revision"], name="initiatives_version_feed")]

    def __str__(self) -> str:
        return f"{self.record_model} {self.record_key} @ {self.revision_id}"
