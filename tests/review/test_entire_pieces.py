"""Rules that judge a whole piece by what it lacks: ``pieces-entieres.toml`` holds a complete piece of each kind, and other wordings of one of its articles."""

import tomllib
from pathlib import Path

import pytest

from tests.review.made import caught

VARIANTS = tomllib.loads(Path(__file__).with_name("pieces-entieres.toml").read_text(encoding="utf-8"))
BASES: dict[str, dict[str, str]] = VARIANTS.pop("base")
PIECES = {
    rule: [piece for piece, parts in BASES.items() if row["article"] in parts]
    for rule, row in VARIANTS.items()
}
SAID = [
    (rule, piece, row["article"], text)
    for rule, row in VARIANTS.items()
    for piece in PIECES[rule]
    for text in row["said"]
]
SEEMS = [
    (rule, piece, row["article"], text)
    for rule, row in VARIANTS.items()
    for piece in PIECES[rule]
    for text in row["seems"]
]
LACKING = [
    (rule, piece, row["article"])
    for rule, row in VARIANTS.items()
    for piece in PIECES[rule]
    if row.get("lacking", True)
]


def piece_with(piece: str, article: str, text: str) -> str:
    """The complete piece, one of its articles replaced by ``text``."""
    return "\n".join(
        (text if name == article else part).strip() + "\n" for name, part in BASES[piece].items()
    )


def contents(piece: str) -> str:
    """A table of contents of the piece."""
    titles = (
        part.strip().partition("\n")[0].lstrip("# ")
        for name, part in BASES[piece].items()
        if name != "ouverture"
    )
    return "\n".join(f"{title} ............ {page}" for page, title in enumerate(titles, 2))


@pytest.mark.parametrize("piece", BASES)
def test_a_complete_piece_lacks_nothing(piece: str) -> None:
    assert caught(piece_with(piece, "ouverture", BASES[piece]["ouverture"]), piece) == set()


@pytest.mark.parametrize(("rule", "piece", "article", "text"), SAID)
def test_a_piece_that_says_it_in_other_words_does_not_lack_it(
    rule: str, piece: str, article: str, text: str
) -> None:
    assert rule not in caught(piece_with(piece, article, text), piece)


@pytest.mark.parametrize(("rule", "piece", "article", "text"), SEEMS)
def test_a_piece_that_only_seems_to_say_it_lacks_it(rule: str, piece: str, article: str, text: str) -> None:
    assert rule in caught(piece_with(piece, article, text), piece)


@pytest.mark.parametrize(("rule", "piece", "article"), LACKING)
def test_a_table_of_contents_does_not_say_what_the_piece_lacks(rule: str, piece: str, article: str) -> None:
    opening, *rest = piece_with(piece, article, "").split("\n## ", 1)
    assert rule in caught("\n## ".join([f"{opening}\n{contents(piece)}\n", *rest]), piece)
