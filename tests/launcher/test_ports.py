"""The port of the site: a sentence for each way it cannot be had."""

import os
import socket
from collections.abc import Iterator

import pytest

from launcher import ports
from launcher.messages import Refusal
from launcher.ports import Address


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_busy_port_names_the_process_and_another_port(taken: int) -> None:
    with pytest.raises(Refusal) as refused:
        ports.ensure_free(Address("127.0.0.1", taken))
    sentence = str(refused.value)
    assert sentence.startswith(f"Le port {taken} est déjà occupé par ")
    assert f"(processus {os.getpid()})" in sentence
    assert sentence.endswith(f"choisissez un autre port : PORT={taken + 1} make run")


def test_free_port_is_accepted(taken: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        free = listening.getsockname()[1]
    ports.ensure_free(Address("127.0.0.1", free))


def test_address_of_another_machine_is_refused() -> None:
    with pytest.raises(Refusal, match=r"HOST=192\.0\.2\.1 n’est pas une adresse de cette machine"):
        ports.ensure_free(Address("192.0.2.1", 8000))


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1"])
def test_port_that_is_no_port_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(Refusal, match=f"PORT={text} n’est pas un numéro de port"):
        ports.wanted()


def test_address_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.delenv("HOST", raising=False)
    assert ports.wanted() == Address("127.0.0.1", 8000)
    monkeypatch.setenv("PORT", "8001")
    monkeypatch.setenv("HOST", "0.0.0.0")  # noqa: S104
    assert ports.wanted() == Address("0.0.0.0", 8001)  # noqa: S104
    assert ports.wanted().url == "http://localhost:8001"
    assert ports.wanted().reached_at == "127.0.0.1"
