"""Where things are in the working tree, and the environment given to what is started there."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Project:
    """The folder of a clone. Everything that a command writes is in `.venv`, `node_modules` and `var`."""

    root: Path

    @property
    def var(self) -> Path:
        return self.root / "var"

    @property
    def logs(self) -> Path:
        return self.var / "log"

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    def make_folders(self) -> None:
        self.logs.mkdir(parents=True, exist_ok=True)

    def environment(self, **extra: str) -> dict[str, str]:
        """The caller's environment with the virtual one first, no output held back, and `extra`."""
        path = f"{self.venv / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        return {**os.environ, "PATH": path, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", **extra}


def here() -> Project:
    return Project(Path(__file__).resolve().parent.parent)


def is_root() -> bool:
    return os.geteuid() == 0
