"""Many writers at once, each with a connection of its own."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection

from initiatives.models import Citation, Record, Region, Revision, Version
from initiatives.revisions import document_of, revision

from .factories import cite, make_centre, make_document, make_region

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(*jobs: Callable[[], None]) -> None:
    """Run each job in a thread of its own, all from the same moment; raise what one of them raised."""
    start, errors = threading.Barrier(len(jobs)), []

    def run(job: Callable[[], None]) -> None:
        try:
            start.wait(timeout=10)
            job()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads), "a writer waits for ever"
    if errors:
        raise errors[0]


def undone(name: str) -> None:
    """Write a region in a revision that fails."""
    try:
        with revision(None, "fails"):
            Region(code=name, name_en=name).save()
            raise KeyError(name)
    except KeyError:
        pass


def test_a_poller_sees_every_number_once_and_in_order():
    writers, each = 8, 5
    seen: list[int] = []
    ended = threading.Semaphore(0)

    def write(writer: str) -> None:
        try:
            for turn in "ABCDE":
                with revision(None, "written"):
                    Region(code=f"{writer}{turn}A", name_en=f"{writer} {turn}").save()
                undone(f"{writer}ZZ")
        finally:
            ended.release()

    def poll() -> None:
        running = writers
        while running:
            running -= ended.acquire(timeout=0.005)
            last = seen[-1] if seen else 0
            seen.extend(Revision.objects.filter(number__gt=last).order_by("number").values_list("number", flat=True))

    all_at_once(poll, *(partial(write, writer) for writer in "ABCDEFGH"))
    assert seen == list(range(1, writers * each + 1))
    assert Version.objects.count() == Region.objects.count() == writers * each


def test_no_citation_is_lost_between_two_editors():
    region, paper = make_region(), make_document("paper")
    for turn in range(12):

        def edit(who: str, section: str = f"turn {turn}") -> None:
            cite(region, "name_en", document=paper, section=f"{section} {who}")

        all_at_once(partial(edit, "first"), partial(edit, "second"))
        last = Version.objects.filter(record_key=region.pk).latest("revision_id")
        assert last.document == document_of(region)
        assert len(last.document["citations"]) == 2 * (turn + 1)
    numbers = list(Revision.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 2 + 24 + 1))


def test_what_a_revision_reads_is_what_the_others_have_left():
    region = make_region()

    def add_one() -> None:
        for _turn in range(5):
            with revision(None, "one more"):
                row = Region.objects.get(pk=region.pk)
                row.position += 1
                row.save()

    all_at_once(*[add_one] * 4)
    region.refresh_from_db()
    assert region.position == 20
    assert [v.document["position"] for v in Version.objects.order_by("revision_id")] == list(range(21))


def test_writers_never_wait_for_each_other_in_a_ring():
    centre = make_centre()
    organisation, paper = centre.organisation, make_document("paper")

    def save(record: Record, name: str) -> None:
        for turn in range(5):
            with revision(None, "saved"):
                setattr(record, name, f"{name} {turn}")
                record.save()

    def cite_both() -> None:
        for turn in range(5):
            with revision(None, "cited"):
                cite(centre, "region", document=paper, section=str(turn))
                cite(organisation, "name", document=paper, section=str(turn))

    all_at_once(
        lambda: save(centre, "line_as_published"),
        lambda: save(organisation, "name"),
        lambda: save(centre.country, "name_en"),
        cite_both,
    )
    centre.refresh_from_db()
    assert "name_en 4" in centre.search
    assert centre.sort_key == "name 4"
    assert Citation.objects.count() == 10
    for record in (centre, organisation):
        assert Version.objects.filter(record_key=record.pk).latest("revision_id").document == document_of(record)
