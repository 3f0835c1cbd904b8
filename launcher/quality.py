"""`make lint`, `make format`, `make migrations`, `make lock`: the tools that read and write the code."""

import os
import shlex
import shutil
import subprocess

from launcher import attached, frontend, preparation, venv
from launcher.messages import Refusal, say
from launcher.project import Project
from launcher.run import SETTINGS

CHECKS = (
    ("mise en forme", ["-m", "ruff", "format", "--check", "."]),
    ("règles d’écriture", ["-m", "ruff", "check", "."]),
    ("types", ["-m", "mypy"]),
    ("gabarits", ["-m", "djlint", "templates", "--lint", "--quiet"]),
    ("frontières entre paquets", ["-c", "from importlinter.cli import lint_imports_command as c; c()"]),
    ("migrations à jour", ["-W", "ignore", "manage.py", "makemigrations", "--check", "--dry-run"]),
)
# Code is checked without a server: only the kind of database matters.
NOWHERE = "postgresql:///aucune?host=/nonexistent"
FORMATS = (["-m", "ruff", "check", "--fix-only", "--quiet", "."], ["-m", "ruff", "format", "."])
LOCKS = (
    ("requirements.txt", ["pyproject.toml"]),
    ("requirements-dev.txt", ["pyproject.toml", "--extra", "dev", "-c", "requirements.txt"]),
    ("requirements-embedded.txt", ["pyproject.toml", "--extra", "embedded", "-c", "requirements.txt"]),
    ("requirements-node.txt", ["--group", "node"]),
)
COMPILE = ["pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]


def lint(project: Project) -> int:
    """Runs every check even when one fails: a single look shows everything that is to be put right."""
    preparation.install(project, preparation.DEVELOPMENT)
    environment = project.environment(DJANGO_SETTINGS_MODULE="config.settings.test", DATABASE_URL=NOWHERE)
    failed = []
    for name, command in CHECKS:
        say(f"— {name}")
        if attached.run(project, command, environment) != 0:
            failed.append(name)
    if failed:
        raise Refusal(f"À reprendre : {', '.join(failed)} (voir ci-dessus ; make format corrige la mise en forme).")
    return 0


def reformat(project: Project) -> int:
    preparation.install(project, preparation.DEVELOPMENT)
    return max(attached.run(project, command, project.environment()) for command in FORMATS)


def migrations(project: Project) -> int:
    with preparation.prepared(project, preparation.DEVELOPMENT) as environment:
        environment["DJANGO_SETTINGS_MODULE"] = SETTINGS
        return attached.run(project, ["manage.py", "makemigrations", *shlex.split(os.environ.get("ARGS", ""))], environment)


def lock(project: Project) -> int:
    """Writes the locks again from pyproject.toml and package.json; ARGS=--upgrade takes the newest versions."""
    project.make_folders()
    venv.ensure(project, preparation.DEVELOPMENT)
    environment = project.environment()
    uv = shutil.which("uv", path=environment["PATH"])
    if uv is None:
        raise Refusal("uv manque pour verrouiller les versions. Installez-le : .venv/bin/pip install uv")
    for file, sources in LOCKS:
        say(f"— {file}")
        command = [uv, *COMPILE, *sources, "-o", file, *shlex.split(os.environ.get("ARGS", ""))]
        if subprocess.run(command, cwd=project.root, env=environment, check=False).returncode != 0:
            raise Refusal(f"{file} n’a pas pu être écrit (voir ci-dessus).")
    say("— package-lock.json")
    npm = [str(frontend.find_npm(project)), "install", "--package-lock-only", "--ignore-scripts"]
    return subprocess.run(npm, cwd=project.root, env=environment, check=False).returncode
