"""The local PostgreSQL through every way a start can go wrong. Real servers, real signals."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from launcher import cluster as clusters
from launcher import postgres, postgres_binaries, postmaster
from launcher.cluster import Cluster
from launcher.messages import Refusal
from launcher.processes import birth
from launcher.project import Project
from tests.launcher.conftest import as_root

pytestmark = pytest.mark.skipif(
    not postgres_binaries.installed(clusters.accounts.current()), reason="PostgreSQL n’est pas installé sur cette machine"
)


def ask(url: str, sql: str) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(sql).fetchone()
    return str(row[0]) if row else ""


def keep(url: str, value: int) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT %s::int AS value", [value])


def server_pid(cluster: Cluster) -> int:
    return int(cluster.pid_file.read_text().splitlines()[0])


@contextmanager
def abandoned(project: Project) -> Iterator[Cluster]:
    """A server whose launcher was killed: it still runs and nobody will stop it."""
    cluster = clusters.locate(project)
    cluster.make_home()
    postmaster.find_or_start(cluster, postgres.programs(project, cluster))
    try:
        yield cluster
    finally:
        if cluster.pid_file.exists():
            postmaster.stop(cluster, postgres.programs(project, cluster))


def test_server_answers_then_stops(project: Project) -> None:
    with postgres.server(project) as url:
        cluster = clusters.locate(project)
        pid = server_pid(cluster)
        assert ask(url, "SELECT current_database()") == "appels"
        assert ask(url, "SHOW server_encoding") == "UTF8"
        assert ask(url, "SELECT upper('é')") == "É"
    assert not cluster.pid_file.exists()
    assert birth(pid) is None


def test_server_keeps_its_data_from_one_start_to_the_next(project: Project) -> None:
    with postgres.server(project) as url:
        keep(url, 42)
    with postgres.server(project) as url:
        assert ask(url, "SELECT value FROM kept") == "42"


def test_server_stays_for_the_other_command(project: Project) -> None:
    with postgres.server(project) as url:
        with postgres.server(project) as same:
            assert same == url
        assert ask(url, "SELECT 1") == "1"


def test_server_left_by_a_killed_launcher_is_found_again(project: Project) -> None:
    with abandoned(project) as cluster:
        pid = server_pid(cluster)
        with postgres.server(project) as url:
            assert server_pid(cluster) == pid
            assert ask(url, "SELECT 1") == "1"
        assert birth(pid) is None


def test_server_killed_brutally_starts_again_with_its_data(project: Project) -> None:
    with postgres.server(project) as url:
        keep(url, 42)
        cluster = clusters.locate(project)
        os.kill(server_pid(cluster), signal.SIGKILL)
    assert cluster.pid_file.exists()
    with postgres.server(project) as url:
        assert ask(url, "SELECT value FROM kept") == "42"


def test_server_is_not_confused_by_a_number_given_to_another_process(project: Project) -> None:
    with abandoned(project) as cluster:
        lines = cluster.pid_file.read_text().splitlines()
    account = pwd.getpwnam(cluster.account.name)
    options = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    with subprocess.Popen(["sleep", "60"], **options) as other:
        cluster.pid_file.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        with postgres.server(project) as url:
            assert ask(url, "SELECT 1") == "1"
        assert other.poll() is None
        other.kill()


def test_initialisation_cut_short_is_done_again(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    cluster = clusters.locate(project)
    cluster.make_home()
    initdb = postgres.programs(project, cluster)["initdb"]
    options = {"user": cluster.account.uid, "group": cluster.account.gid, "extra_groups": []} if os.geteuid() == 0 else {}
    command = [initdb, "-D", str(cluster.data), "-U", "postgres"]
    with subprocess.Popen(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options) as half:
        while not (cluster.data / "PG_VERSION").exists():
            time.sleep(0.005)
        half.kill()
    with postgres.server(project) as url:
        assert ask(url, "SELECT 1") == "1"
    assert len(list(cluster.home.glob("data-inachevee-*"))) == 1
    assert "La première préparation de PostgreSQL avait été interrompue : elle recommence" in capsys.readouterr().out


def test_data_of_an_absent_version_are_refused(project: Project) -> None:
    cluster = clusters.locate(project)
    cluster.make_home()
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("14\n")
    cluster.ready.write_text("14\n")
    with (
        pytest.raises(Refusal, match="a été créée par PostgreSQL 14, qui n’est plus sur cette machine"),
        postgres.server(project),
    ):
        pass


def test_server_listens_on_no_network(project: Project) -> None:
    with postgres.server(project) as url:
        assert ask(url, "SHOW listen_addresses") == ""


@as_root
def test_server_is_closed_to_other_accounts(project: Project) -> None:
    nobody = pwd.getpwnam("nobody")
    with postgres.server(project) as url:
        cluster = clusters.locate(project)
        psql = postgres.programs(project, cluster)["psql"]
        command = [psql, "-X", url, "-tAc", "SELECT 1"]
        ours = subprocess.run(command, capture_output=True, text=True, check=False)
        theirs = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            user=nobody.pw_uid,
            group=nobody.pw_gid,
            extra_groups=[],
        )
        socket = cluster.home / "run" / clusters.SOCKET_NAME
        modes = [stat.S_IMODE(path.stat().st_mode) for path in (cluster.home, socket.parent, socket)]
    assert (ours.returncode, ours.stdout) == (0, "1\n")
    assert theirs.returncode != 0
    assert "Permission denied" in theirs.stderr
    assert modes == [0o700, 0o700, 0o700]


@as_root
def test_closed_parent_sends_the_data_outside_and_stays_closed(project: Project, folder: Path) -> None:
    folder.chmod(0o711)
    project.root.chmod(0o700)
    with postgres.server(project) as url:
        cluster = clusters.locate(project)
        assert ask(url, "SELECT 1") == "1"
        assert cluster.home.parent == folder / "outside"
        assert cluster.home.name.startswith("clone-")
    assert stat.S_IMODE(project.root.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.stat().st_mode) == 0o711
    assert not (project.var / "postgres").exists()


@as_root
def test_root_uses_the_data_of_the_account_that_owns_them(project: Project) -> None:
    nobody = pwd.getpwnam("nobody")
    home = project.var / "postgres"
    home.mkdir()
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    assert clusters.locate(project).account.name == "nobody"


def test_socket_goes_to_a_short_private_folder_when_the_path_is_long(folder: Path) -> None:
    project = Project(folder / ("dossier-au-nom-très-long " * 5).strip())
    project.make_folders()
    with postgres.server(project) as url:
        assert ask(url, "SELECT 1") == "1"
        cluster = clusters.locate(project)
        short = Path((cluster.home / "socket").read_text().strip())
        assert stat.S_IMODE(short.stat().st_mode) == 0o700
        assert short.stat().st_uid == cluster.account.uid
    with postgres.server(project) as again:
        assert again == url
    clusters.remove(cluster)
    assert not short.exists()


def test_socket_folder_of_another_is_not_trusted(folder: Path) -> None:
    account = clusters.accounts.current()
    mine, open_to_all, link = folder / "mine", folder / "open", folder / "link"
    mine.mkdir(mode=0o700)
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    link.symlink_to(mine)
    paths = (mine, open_to_all, link, folder / "absent")
    assert [clusters.is_private(path, account) for path in paths] == [True, False, False, False]


@as_root
def test_full_disk_is_said(folder: Path) -> None:
    root = folder / "small"
    root.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(root)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("cette machine ne permet pas de monter un petit disque")
    try:
        project = Project(root)
        project.make_folders()
        with pytest.raises(Refusal, match="Le disque est plein : libérez au moins 1 Go"), postgres.server(project):
            pass
    finally:
        subprocess.run(["umount", str(root)], check=False)
