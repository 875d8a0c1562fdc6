"""The checklist itself is whole: every table of tests/data is checked, row by row."""

from pathlib import Path

import pytest

from tests.checklist import DATA, Row, checked, rows

# As the tables' own description counts them.
ROWS = {
    "documents": 22,
    "institutions": 68,
    "member_states": 194,
    "milestones": 30,
    "offices": 11,
    "other_facts": 69,
    "programmes_projects": 9,
    "regional_initiatives": 23,
    "resolutions": 58,
    "terms": 14,
}


def test_the_tables_have_all_their_rows() -> None:
    assert {path.stem: len(rows(path.stem)) for path in DATA.glob("*.csv")} == ROWS


@pytest.mark.parametrize("table", ROWS)
def test_every_table_is_checked_to_its_last_row(table: str) -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_checklist_*.py"))
    calls = [line for line in tests.splitlines() if f'checked("{table}", ' in line]
    assert len(calls) == 1
    assert calls[0].split()[-1] == str(ROWS[table])


def test_a_cell_that_no_check_looks_at_is_told() -> None:
    with pytest.raises(AssertionError, match=r"offices\.csv, row 1"):
        checked("offices", lambda row: row["id"])


def test_a_row_keeps_account_of_its_cells() -> None:
    row = Row({"name": "Somalia", "note": "", "region": "AFR"})
    assert row["name"] == "Somalia"
    assert row.overlooked() == {"region"}
