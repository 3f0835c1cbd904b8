"""Clones of nothing, in short folders that any account may enter (pytest's own are closed and long)."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher import cluster
from launcher.project import Project

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="il faut être root pour devenir un autre compte")


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="lt-", dir="/tmp"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def project(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """An empty clone; what its PostgreSQL would put outside stays in the same folder."""
    monkeypatch.setattr(cluster, "OUTSIDE", folder / "outside")
    found = Project(folder / "clone")
    found.make_folders()
    return found
