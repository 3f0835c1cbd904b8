"""What every page must be, measured in the browser."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

MEASURE = """
() => {
  const problems = [];
  const say = (element) => {
    const text = (element.innerText || element.getAttribute("aria-label") || element.name || "").trim().replace(/\\s+/g, " ");
    return `<${element.tagName.toLowerCase()} class="${element.className}"> « ${text.slice(0, 50)} »`;
  };
  const shown = (element) => {
    if (element.closest(".visually-hidden, .skip-link, [hidden], [aria-hidden=true]")) return false;
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== "hidden";
  };
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) problems.push(`défilement horizontal : ${root.scrollWidth} > ${root.clientWidth}`);
  const titles = document.querySelectorAll("h1");
  if (titles.length !== 1) problems.push(`${titles.length} h1`);
  const primary = [...document.querySelectorAll("main .btn-primary")].filter(shown);
  if (primary.length > 1) problems.push(`${primary.length} actions principales : ${primary.map(say).join(", ")}`);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !shown(element)) continue;
    if (parseFloat(getComputedStyle(element).fontSize) < 16) small.add(element);
  }
  for (const element of small) problems.push(`texte sous 16 px : ${say(element)}`);
  const inSentence = (element) => {
    if (getComputedStyle(element).display !== "inline") return false;
    const block = element.closest("p, li, dd, td, caption, figcaption, label, legend, address, div, span:not(:empty)");
    return block && block.innerText.trim().length > element.innerText.trim().length;
  };
  const targets = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  for (const element of document.querySelectorAll(targets)) {
    if (!shown(element) || inSentence(element)) continue;
    let box = element.getBoundingClientRect();
    if (element.matches("input[type=checkbox], input[type=radio]")) {
      const label = element.closest("label") || (element.id && document.querySelector(`label[for="${CSS.escape(element.id)}"]`));
      if (label) {
        const other = label.getBoundingClientRect();
        box = { width: Math.max(box.right, other.right) - Math.min(box.left, other.left),
                height: Math.max(box.bottom, other.bottom) - Math.min(box.top, other.top) };
      }
    }
    if (box.width < 43.5 || box.height < 43.5) {
      problems.push(`cible de ${Math.round(box.width)} × ${Math.round(box.height)} px : ${say(element)}`);
    }
  }
  return problems;
}
"""


def layout_problems(page: Page) -> list[str]:
    """Sentences for what is wrong at the present width: scroll, small text, small targets, headings, primary actions."""
    return page.evaluate(MEASURE)


def axe_problems(page: Page) -> list[str]:
    """What axe finds, one line a rule."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", TAGS
    )
    return [
        f"{violation['id']} : {violation['help']} ({', '.join(node['target'][0] for node in violation['nodes'][:3])})"
        for violation in result["violations"]
    ]
