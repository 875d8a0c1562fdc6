"""Text that the registry keeps beside its facts, so that they can be found and sorted alike on every database."""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
# Written or left out at will ("cote divoire", "d'Ivoire", "d’Ivoire"); tatweel only stretches Arabic letters.
_DROPPED = dict.fromkeys(map(ord, "'’‘ʼ`´ـ"))
_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


@deconstructible
class KeyForm:
    """Demand of a public key the form that addresses have: the pattern of its model."""

    def __init__(self, pattern: str, example: str) -> None:
        self.pattern, self.example = pattern, example

    def __call__(self, value: Any) -> None:
        if not re.fullmatch(self.pattern, str(value), re.ASCII):
            message = _("“%(value)s” is not a key of the form “%(example)s” (%(pattern)s).")
            told = {"value": str(value)[:80], "example": self.example, "pattern": self.pattern}
            raise ValidationError(message, code="key_form", params=told)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KeyForm) and (self.pattern, self.example) == (other.pattern, other.example)

    def __hash__(self) -> int:
        return hash((self.pattern, self.example))


def normalise(text: str) -> str:
    """Fold a text for searching: NFKD, marks dropped, case folded, blanks made one.

    What no database stores (NUL, lone surrogates) becomes U+FFFD, which matches nothing.
    """
    text = _UNSTORABLE.sub("\ufffd", text).translate(_DASHES).translate(_DROPPED)
    folded = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return " ".join(unicodedata.normalize("NFC", bare).split())


def names_in(instance: models.Model, field: str) -> list[str]:
    """Return what a translated field says in each of the six languages, empty ones left out."""
    from modeltranslation.utils import get_translation_fields

    return [text for text in (getattr(instance, name) for name in get_translation_fields(field)) if text]


def language_of(instance: models.Model, field: str) -> str:
    """Return the language in which a translated field answers: the current one, or English where that is empty."""
    from modeltranslation.utils import build_localized_fieldname, get_language

    current = get_language()
    return str(current) if getattr(instance, build_localized_fieldname(field, current), "") else "en"


class ComputedTextField(models.TextField):
    """A text that the record computes from its other fields; the field itself keeps it, on every way of saving."""

    def __init__(self, *args: Any, compute: str = "", **kwargs: Any) -> None:
        self.compute = compute
        kwargs.update(editable=False, default="", blank=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for key in ("editable", "default", "blank"):
            kwargs.pop(key, None)
        return name, path, args, {**kwargs, "compute": self.compute}

    def pre_save(self, instance: models.Model, add: bool) -> str:
        value: str = getattr(instance, self.compute)()
        setattr(instance, self.attname, value)
        return value


class _Stamp(models.Field):  # type: ignore[type-arg]
    """A column that the history writes at the end of a revision; saving a record leaves it as it is."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return super().pre_save(model_instance, add) if add else models.F(self.attname)


class RevisionStamp(_Stamp, models.PositiveBigIntegerField):
    """The number of the last revision that changed what the public sees of a record."""


class TimeStamp(_Stamp, models.DateTimeField):
    """When that was."""
