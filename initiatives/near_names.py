"""Names that are nearly what somebody typed."""

from collections.abc import Iterable

from .fields import normalise


def near_names(question: str, names: Iterable[str], limit: int = 5) -> list[str]:
    """Return the names most like a question, best first; none where nothing is near."""
    # Slow to import, and asked for only where nothing was found.
    from rapidfuzz import fuzz, process

    folded = {name: normalise(name) for name in names if name}
    found = process.extract(normalise(question)[:100], folded, scorer=fuzz.WRatio, score_cutoff=80, limit=limit)
    return [name for _folded, _score, name in found]
