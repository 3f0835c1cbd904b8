"""How a long text is laid out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aap.questionnaires.paragraphs import MARK, MAX_LINES, paragraphs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("un", (("un",),)),
        ("un\ndeux\n\ntrois", (("un", "deux"), ("trois",))),
        ("un\n\n\n \n\ndeux", (("un",), ("deux",))),
        ("\n".join("x" * MAX_LINES), (("x",) * MAX_LINES,)),
        ("\n".join("x" * (MAX_LINES + 1)), ((*("x",) * (MAX_LINES - 1), "x / x"),)),
        ("\n\n".join("x" * (MAX_LINES + 2)), (*(("x",),) * (MAX_LINES - 1), ("x / x / x",))),
    ],
)
def test_text_is_cut_into_paragraphs(text, expected):
    assert paragraphs(text) == expected


@given(st.text(alphabet="ab \n", max_size=1200))
def test_text_keeps_every_word_in_a_bounded_number_of_lines(text):
    found = paragraphs(text)
    words = [word for lines in found for line in lines for word in line.replace(MARK, " ").split()]
    assert (words, sum(map(len, found)) <= MAX_LINES) == (text.split(), True)
