"""The libraries that drawing a PDF needs and that no Python package can bring."""

import ctypes
import ctypes.util
import sys
from collections.abc import Callable
from dataclasses import dataclass

from launcher import apt
from launcher.messages import Refusal


@dataclass(frozen=True)
class Library:
    package: str  # Debian's
    soname: str
    name: str  # for other systems


# harfbuzz-subset: without it letters take five times as long, and nothing says so.
PDF = (
    Library("libpango-1.0-0", "libpango-1.0.so.0", "pango-1.0"),
    Library("libpangoft2-1.0-0", "libpangoft2-1.0.so.0", "pangoft2-1.0"),
    Library("libharfbuzz-subset0", "libharfbuzz-subset.so.0", "harfbuzz-subset"),
)


def is_present(library: Library) -> bool:
    try:
        ctypes.CDLL(library.soname)
    except OSError:
        return ctypes.util.find_library(library.name) is not None
    return True


def missing(present: Callable[[Library], bool] = is_present) -> list[str]:
    return [library.package for library in PDF if not present(library)]


def ensure() -> None:
    packages = missing()
    if packages and sys.platform == "darwin":
        raise Refusal("Il manque de quoi fabriquer les PDF. Lancez : brew install pango harfbuzz")
    if packages:
        apt.install(packages, "fabriquer les PDF")
