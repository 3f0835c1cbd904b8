"""Habits of the house that no linter knows: where HTTP stops, how long a file may be, what stays out of templates."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("aap", "scoring", "cms", "config", "launcher")
BELOW_HTTP = ("models", "rules", "selectors", "services")
LONGEST = 400


def sources() -> list[Path]:
    return [path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts]


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_http_stops_at_views():
    guilty = [
        str(path.relative_to(ROOT))
        for path in sources()
        if path.parts[len(ROOT.parts)] in {"aap", "scoring"}
        and (path.stem in BELOW_HTTP or path.parent.name in BELOW_HTTP)
        and imported(path) & {"django.http", "django.shortcuts"}
    ]
    assert guilty == []


def test_nobody_but_the_lifecycle_writes_a_state():
    pattern = re.compile(r"application\.state\s*=[^=]|Application\.objects[^\n]*\.update\([^)]*\bstate=")
    guilty = [str(path.relative_to(ROOT)) for path in sources() if pattern.search(path.read_text(encoding="utf-8"))]
    assert guilty == []


def test_services_never_import_tasks():
    guilty = [
        str(path.relative_to(ROOT))
        for path in sources()
        if (path.stem == "services" or path.parent.name == "services")
        and any(re.search(r"(^|\.)tasks$", name) for name in imported(path))
    ]
    assert guilty == []


def test_no_file_outgrows_its_subject():
    long = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}


def test_no_room_is_called_utils():
    assert [str(path) for path in sources() if path.stem in {"utils", "common", "helpers"}] == []


def test_templates_hold_no_inline_style_nor_script():
    pattern = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\son[a-z]+=|\|safe\b")
    # A PDF and a mail have no content security policy; WeasyPrint reads its style sheets.
    pages = [path for path in (ROOT / "templates").rglob("*.html") if not {"pdf", "emails", "email"} & set(path.parts)]
    assert [str(path.relative_to(ROOT)) for path in pages if pattern.search(path.read_text(encoding="utf-8"))] == []


def test_no_template_names_another_site():
    pattern = re.compile(r"""(?:src|href)=["']https?://""")
    assert [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if pattern.search(path.read_text(encoding="utf-8"))
    ] == []
