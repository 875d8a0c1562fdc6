"""Provenance by the fact: whatever the public sees of the registry's own data names where it comes from."""

from collections.abc import Iterator
from typing import Any

import pytest

from initiatives.models import Citation, Record
from initiatives.revisions import document_fields, documents_of, parts_of, record_models

pytestmark = pytest.mark.usefixtures("registry")

MODELS = record_models()
names = [model._meta.label_lower for model in MODELS]
# Columns of parts that state no fact of the world.
ORDER_AND_CERTAINTY = ("position", "since_certainty", "until_certainty")


def public_documents(model: type[Record]) -> Iterator[tuple[str, dict[str, Any], list[Citation]]]:
    keys = model._default_manager.public().values_list("pk", flat=True)
    for key, document in documents_of(model, keys).items():
        yield key, document, [Citation(fields=each["fields"]) for each in document["citations"].values()]


def facts(model: type[Record], document: dict[str, Any]) -> Iterator[str]:
    """Yield the path of every fact that a document states: columns, links and, in rows of parts, their columns."""
    left_out = {*model.LIFECYCLE, *model.INTERNAL, *model.structural}
    columns = [field.name for field in document_fields(model) if field.name not in left_out]
    links = [field.name for field in model._meta.many_to_many]
    yield from (name for name in (*columns, *links) if document[name])
    for part in parts_of(model):
        for ref, row in document[part.document_name].items() if part is not Citation else ():
            yield from (
                f"{part.document_name}/{ref}/{name}"
                for name, value in row.items()
                if value not in ("", None, False) and name not in ORDER_AND_CERTAINTY
            )


@pytest.mark.parametrize("model", MODELS, ids=names)
def test_every_public_fact_names_its_source(model: type[Record]) -> None:
    bare = [
        f"{key}: {path}"
        for key, document, citations in public_documents(model)
        for path in facts(model, document)
        if not any(citation.supports(path) for citation in citations)
    ]
    assert bare == []


@pytest.mark.parametrize("model", MODELS, ids=names)
def test_every_citation_names_facts_that_are_there(model: type[Record]) -> None:
    def there(document: dict[str, Any], path: str) -> bool:
        value: Any = {**document, model._meta.pk.name: True}
        for step in path.split("/"):
            if not isinstance(value, dict) or step not in value:
                return False
            value = value[step]
        # A group that a country is not in is a fact as well.
        return value is False or bool(value)

    lost = [
        f"{key}: {path}"
        for key, document, citations in public_documents(model)
        for citation in citations
        for path in citation.fields
        if not there(document, path)
    ]
    assert lost == []


def test_every_document_that_adds_facts_can_be_reached_or_named() -> None:
    from initiatives.models import Document

    for document in Document.objects.public():
        if document.adds_facts:
            assert document.url.startswith("http") or document.title.split()[-1][0].isdigit(), document.slug


def test_nothing_is_cited_twice_for_the_same_fact_at_the_same_place() -> None:
    seen = set()
    for citation in Citation.objects.all():
        for path in citation.fields:
            fact = (citation.record_model, citation.record_key, path, citation.document_id, citation.section)
            assert fact not in seen, fact
            seen.add(fact)
