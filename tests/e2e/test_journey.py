"""Four people, from the sign-up of an association to its letter, on a desktop and on a telephone."""

from pathlib import Path
from typing import Any

import pytest

from tests.e2e import journey
from tests.e2e.conftest import DESKTOP, PHONE, Arrive
from tests.e2e.site import Site


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["bureau", "telephone"])
def test_four_people_from_sign_up_to_letter(site: Site, arrive: Arrive, paper: Path, viewport: dict[str, Any]) -> None:
    journey.play(site, arrive, paper, viewport)
