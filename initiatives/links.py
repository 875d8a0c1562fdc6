"""Tables of links that Django makes by itself: they send no signals, so their own querysets keep the history.

A link made or deleted inside a revision, by whichever door, is a change of its owner's document. Outside of one it is
refused, and so is what could not be followed: to change the ends of a link, or to delete it as an object.
"""

from typing import Any, NoReturn, cast

from django.db import models
from django.db.models.options import Options

from .querysets import GuardedQuerySet, M, UnrevisedWriteError
from .record_documents import record_models
from .revisions import current_revision


class LinkQuerySet(GuardedQuerySet[M]):
    """Links of records; each is written together with what it means for the document of its owner."""

    def _touch(self, links: Any) -> None:
        current = current_revision(self.model)
        owner = owner_of_links(self.model)
        for link in links:
            current.touch(owner.related_model._meta.label_lower, getattr(link, owner.attname))

    def _insert(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        self._touch(objs)
        return super()._insert(objs, *args, **kwargs)  # type: ignore[misc]

    _insert.queryset_only = False  # type: ignore[attr-defined]  # an object is saved by the manager

    def _update(self, values: Any) -> NoReturn:
        self._refuse("save", "the record's own links")

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[M]:
        # What guards records refuses this; here every row passes _insert.
        return models.QuerySet.bulk_create(self, objs, *args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._touch(self)
        return super().delete()

    delete.queryset_only = True  # type: ignore[attr-defined]  # as Django's own


def owner_of_links(through: Any) -> Any:
    """Return the column of a table of links that names the record whose document holds them."""
    fields = [field for model in record_models() for field in model._meta.many_to_many]
    link = next(field for field in fields if field.remote_field.through is through)
    return through._meta.get_field(link.m2m_field_name())


def _refuse_delete(link: models.Model, *args: Any, **kwargs: Any) -> NoReturn:
    message = f"{type(link).__name__}: delete() writes past the history. Use the record's own links."
    raise UnrevisedWriteError(message)


def guard_links() -> None:
    """Give every table of links that Django made the querysets that keep the history."""
    for model in record_models():
        for field in model._meta.many_to_many:
            through = cast("Any", field.remote_field).through
            if through._meta.auto_created:
                meta: Options[Any] = through._meta
                meta.local_managers.clear()
                meta.base_manager_name = "objects"
                through.add_to_class("objects", LinkQuerySet.as_manager())
                through.delete = _refuse_delete
