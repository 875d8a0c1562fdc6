"""Columns that follow from others: search and sort texts, which may rest on other rows, and the bounds of dates.

The fields compute them on every save (see fields.py and dates.py). Here is what a save alone does not reach.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.db import models

from .dates import EdtfBound
from .models.records import Record
from .querysets import unguarded
from .record_documents import record_models


def bounds_left_out(model: type[models.Model], names: Iterable[str]) -> list[EdtfBound]:
    """Return the bounds of the dates among some fields that are not among them themselves."""
    names = set(names)
    bounds = [field for field in model._meta.concrete_fields if isinstance(field, EdtfBound)]
    return [bound for bound in bounds if bound.of in names and bound.name not in names]


def in_batches(items: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    items = list(items)
    for start in range(0, len(items), size):
        yield items[start : start + size]


@cache
def _followers(model: type[Record]) -> tuple[tuple[type[Record], str], ...]:
    """Return the models whose texts hold names of records of this one, each with the path that leads here."""

    def end_of(start: Any, path: str) -> Any:
        for name in path.split("__"):
            start = start._meta.get_field(name).related_model
        return start

    return tuple(
        (follower, path) for follower in record_models() for path in follower.follows if end_of(follower, path) is model
    )


def refresh_texts(model: type[Record], keys: list[str]) -> None:
    """Bring up to date the search and sort texts of some records, and of those that follow them."""
    _recompute(model, "pk", keys)
    for follower, path in _followers(model):
        if changed := _recompute(follower, path, keys):
            refresh_texts(follower, changed)


def _recompute(model: type[Record], path: str, keys: list[str]) -> list[str]:
    """Write the texts that are no longer right; return the keys of their records."""
    changed: list[str] = []
    joins = [name for name in model.follows if "__" not in name]
    for some in in_batches(keys):
        rows = model._default_manager.filter(**{f"{path}__in": some}).distinct()
        stale = []
        for row in rows.select_related(*joins) if joins else rows:
            texts = (row.search_text(), row.folded_name())
            if texts != (row.search, row.sort_key):
                row.search, row.sort_key = texts
                stale.append(row)
        unguarded(model).bulk_update(stale, ["search", "sort_key"], batch_size=200)
        changed += [str(row.pk) for row in stale]
    return changed
