"""Nothing is installed twice, and nothing old is taken for new."""

from pathlib import Path

from launcher import stamps


def test_fingerprint_changes_with_contents_names_and_words(folder: Path) -> None:
    first, second = folder / "a.txt", folder / "b.txt"
    first.write_text("one")
    second.write_text("one")
    values = [
        stamps.fingerprint([first]),
        stamps.fingerprint([second]),
        stamps.fingerprint([first], "3 11"),
        stamps.fingerprint([first, folder / "absent.txt"]),
    ]
    first.write_text("two")
    assert len({*values, stamps.fingerprint([first])}) == 5


def test_stamp_matches_what_was_written_only(folder: Path) -> None:
    stamp = folder / "stamp"
    assert not stamps.matches(stamp, "value")
    stamps.write(stamp, "value")
    assert stamps.matches(stamp, "value")
    assert not stamps.matches(stamp, "other")
