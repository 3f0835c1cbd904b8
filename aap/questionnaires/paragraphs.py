"""A long text cut into paragraphs and lines, as pages and papers lay it out. Pure: no database, no template."""

import re

# Beyond, the lines follow one another: each line is a box to lay out, and ten thousand take ten seconds of a page.
MAX_LINES = 120
MARK = " / "
BLANK_LINES = re.compile(r"\n\s*\n")


def paragraphs(text: str) -> tuple[tuple[str, ...], ...]:
    """The paragraphs of `text`, each a tuple of lines. Blank lines count once; no word is ever left out.

    A text of more than `MAX_LINES` lines ends with one long line, in which ` / ` stands where a line ended.
    """
    found, room = [], MAX_LINES
    blocks = [[line.strip() for line in block.split("\n") if line.strip()] for block in BLANK_LINES.split(text)]
    for place, lines in enumerate(blocks):
        if len(lines) > room or (room == 1 and any(blocks[place + 1 :])):
            rest = [*lines[max(room - 1, 0) :], *(line for block in blocks[place + 1 :] for line in block)]
            found.append((*lines[: max(room - 1, 0)], MARK.join(rest)))
            break
        if lines:
            found.append(tuple(lines))
            room -= len(lines)
    return tuple(found)
