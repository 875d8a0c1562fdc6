"""What the admin of every record is made of. Both apps build on it; it builds on neither's ``admin``."""

from .history import RevisionAdmin, VersionAdmin
from .inlines import RecordInline, StackedPartInline, TabularPartInline, add_inline
from .lists import StandingInput, in_words_column, period_column, shared
from .records import RecordAdmin

__all__ = [
    "RecordAdmin",
    "RecordInline",
    "RevisionAdmin",
    "StackedPartInline",
    "StandingInput",
    "TabularPartInline",
    "VersionAdmin",
    "add_inline",
    "in_words_column",
    "period_column",
    "shared",
]
