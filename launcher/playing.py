"""`make demo` and `make bench`: each in an empty database of its own, made anew."""

import os
import shlex
import shutil

from launcher import attached, content, databases, preparation
from launcher.project import Project
from launcher.run import SETTINGS

SIZES = ["--applications", "40", "--jurors", "9", "--seed", "1"]


def demonstration(project: Project) -> int:
    folder = project.var / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    # What the site itself stores stays apart from that of make run.
    return _manage(project, "demo", ["play_call", "--output", str(folder), *SIZES], VAR_DIR=str(folder / "site"))


def benchmark(project: Project) -> int:
    return _manage(project, "bench", ["bench"])


def _manage(project: Project, suffix: str, command: list[str], **variables: str) -> int:
    with preparation.prepared(project, preparation.SITE, creates=True) as site:
        environment = databases.recreate(project, site, suffix)
        environment |= {"DJANGO_SETTINGS_MODULE": SETTINGS, **variables}
        content.load(project, environment, ["migrate", "createcachetable", "load_reference"])
        return attached.run(project, ["manage.py", *command, *shlex.split(os.environ.get("ARGS", ""))], environment)
