"""Dependencies run one way: between the storeys, and inside an app."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STOREYS = ("initiatives", "centres", "regional_presence")
# Inside an app each may import what stands before it, or beside it. The first lines are the ground of both apps.
GROUND = ("settings formats fields dates permanent_ids languages", "querysets", "models translation")
GROUND += ("record_documents", "derived_columns", "revisions", "links fixture_files loading differences near_names")
ORDER = (*GROUND, "questions representation selectors", "filters parameters gathered changes renderers running serving")
ORDER += ("row_serializers", "serializers sheets", "problems pagination openapi sitemaps templatetags")
ORDER += ("views api staff", "admin management", "urls apps wsgi")
RANKS = {name: rank for rank, names in enumerate(ORDER) for name in names.split()}


def imports(file: Path) -> Iterator[tuple[str, bool]]:
    """Yield each imported name in full, and whether it is imported with the module itself."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    package = file.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = [*package[: len(package) - node.level]] if node.level else []
            names = [".".join([*base, *filter(None, [node.module]), alias.name]) for alias in node.names]
        for name in names:
            yield name, node in tree.body


def ours() -> Iterator[tuple[Path, list[str], list[str], bool]]:
    """Yield (file, its path, the path of what it imports, whether with the module) for imports of our own modules."""
    for storey in STOREYS:
        for file in sorted((ROOT / storey).rglob("*.py")):
            for name, at_once in imports(file):
                if name.split(".")[0] in STOREYS and "migrations" not in file.parts:
                    yield file, [*file.relative_to(ROOT).with_suffix("").parts], [*name.split("."), "", ""], at_once


def test_no_storey_imports_one_above_it_not_even_inside_a_function():
    upward = [
        f"{file.relative_to(ROOT)}: {'.'.join(to)}"
        for file, own, to, _at_once in ours()
        if STOREYS.index(to[0]) > STOREYS.index(own[0])
    ]
    assert upward == []


def test_inside_an_app_each_module_imports_only_what_stands_before_it():
    wrong = [
        f"{file.relative_to(ROOT)}: {'.'.join(to)}"
        for file, own, to, at_once in ours()
        if at_once and own[0] == to[0] and own[1] != to[1] and RANKS[to[1] or "fields"] > RANKS[own[1]]
    ]
    assert wrong == []


def test_every_module_has_its_place():
    files = [
        file.relative_to(ROOT).with_suffix("").parts[1] for storey in STOREYS for file in (ROOT / storey).rglob("*.py")
    ]
    assert set(files) - {"__init__", "migrations"} - RANKS.keys() == set()


def test_pages_and_api_are_siblings_and_nobody_imports_the_admin():
    wrong = [
        f"{file.relative_to(ROOT)}: {'.'.join(to)}"
        for file, own, to, _at_once in ours()
        if {own[1], to[1]} == {"api", "views"} or (to[1] == "admin" and own[1] != "admin")
    ]
    assert wrong == []


def test_the_ground_of_each_app_knows_neither_forms_nor_api():
    ground = {name for names in GROUND for name in names.split()}
    wrong = [
        f"{file.relative_to(ROOT)}: {name}"
        for storey in STOREYS
        for file in (ROOT / storey).rglob("*.py")
        if file.relative_to(ROOT).with_suffix("").parts[1] in ground
        for name, _at_once in imports(file)
        if name.split(".")[0] in ("rest_framework", "django_filters", "drf_spectacular")
    ]
    assert wrong == []


def test_the_walk_finds_what_it_looks_for():
    found = {(own[0], own[1], to[0], to[1]) for _file, own, to, _at_once in ours()}
    assert ("centres", "models", "initiatives", "models") in found
    assert ("initiatives", "models", "initiatives", "querysets") in found
