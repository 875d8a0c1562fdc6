"""Permanent ids: ``rp-``, seven random base-32 characters and a check character (ISO 7064, MOD 37-2).

Never reused, never changed: an address that carries one stays true. The check character tells a mistyped id from an unknown
one: it catches every wrong character and every two neighbours changed about (the hybrid MOD 37-36 lets some of these pass).
"""

import re
import secrets

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.iso7064 import mod_37_2

# Without i, l, o, u: what is read aloud or copied by hand is not mistaken.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PATTERN = r"rp-[0-9a-z]{8}"
MAX_LENGTH = 11


def mint() -> str:
    """Return a new permanent id."""
    while True:
        body = "".join(secrets.choice(ALPHABET) for _place in range(7))
        check = mod_37_2.calc_check_digit(body.upper()).lower()
        if check in ALPHABET:  # it may also be one that is easily mistaken, or an asterisk
            return f"rp-{body}{check}"


def is_well_formed(text: str) -> bool:
    """Tell whether a text has the form of a permanent id and its check character holds."""
    return bool(re.fullmatch(PATTERN, text, re.ASCII)) and bool(mod_37_2.is_valid(text[3:].upper()))


def validate_permanent_id(text: str) -> None:
    """Refuse a text whose form or check character is wrong."""
    if not is_well_formed(text):
        raise ValidationError(
            _(
                "“%(value)s” is not a permanent id: its form is rp- and eight characters, the last of which checks the others."
            ),
            code="permanent_id",
            params={"value": text[:40]},
        )
