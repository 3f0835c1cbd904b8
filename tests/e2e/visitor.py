"""Somebody at a browser: opens, follows, presses, and looks at each new page for what every page must be."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.crawl import place_of
from tests.e2e.layout import axe_problems, layout_problems


def file_name(route: str) -> str:
    """A route as a part of the name of a file."""
    return re.sub(r"[^a-z0-9]+", "-", route.lower()).strip("-")


@dataclass
class Visitor:
    """`problems`: what is wrong in the pages seen, at the width of this window. `album`: a folder for a picture of each."""

    page: Page
    base: str
    name: str = "visiteur"
    problems: list[str] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    album: Path | None = None

    def open(self, path: str) -> None:
        answer = self.page.goto(self.base + path)
        assert answer is not None
        assert answer.status == 200, f"{path} : {answer.status}"
        self.look()

    def follow(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Follow the link of that name, in the page or in a part of it."""
        self._go((within or self.main).get_by_role("link", name=name).first)

    def press(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Press the button that sends a form; what comes back must not be a refusal."""
        self._go((within or self.main).get_by_role("button", name=name).first)

    def send_by_keyboard(self) -> None:
        """Press Enter where one is."""
        with self.page.expect_navigation() as arrived:
            self.page.keyboard.press("Enter")
        assert arrived.value.status == 200, self.said()
        self.look()

    def _go(self, target: Locator) -> None:
        with self.page.expect_navigation() as arrived:
            target.click()
        assert arrived.value.status == 200, f"{self.page.url} : {arrived.value.status} {self.said()}"
        self.look()

    def download(self, name: str | re.Pattern[str]) -> bytes:
        """The file behind the link of that name, saved or shown by the browser as it likes."""
        address = self.main.get_by_role("link", name=name).first.get_attribute("href") or ""
        answer = self.page.request.get(self.base + address)
        assert answer.status == 200, f"{address} : {answer.status}"
        return answer.body()

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def path(self) -> str:
        """The address where one is, on this site."""
        return self.page.url.removeprefix(self.base).partition("#")[0]

    def said(self) -> str:
        """What the page answers: its alerts, else its title."""
        alerts = self.main.locator(".alert, .error-summary, .field-error").all_inner_texts()
        return " | ".join(" ".join(text.split()) for text in alerts) or self.page.title()

    def expect_title(self, title: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def expect_text(self, text: str | re.Pattern[str]) -> None:
        expect(self.main.get_by_text(text).first).to_be_visible()

    def look(self) -> None:
        """Measure the page displayed, once for each route and title. The administration is not ours."""
        path = self.page.url.removeprefix(self.base)
        place = place_of(path)
        kind = (place[0] if place else "", f"{self.page.title()} {self.page.locator('h1').first.inner_text()}")
        if place is None or kind in self.seen:
            return
        self.seen.add(kind)
        if self.album:
            self.page.screenshot(path=self.album / f"{self.name}-{len(self.seen):02d}-{file_name(kind[0])}.png", full_page=True)
        self.problems += [f"{path} : {problem}" for problem in layout_problems(self.page)]
        self.problems += [f"{path} : axe {problem}" for problem in axe_problems(self.page)]
