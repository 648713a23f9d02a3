"""One folding: offsets kept, and « œuvre » and « oeuvre » the same word in every room."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.datatypes import Document, Heading, Kind, Source, Span
from assistant.drafting import subjects
from assistant.french.folding import fold, fold_line, fold_words
from assistant.generation.grounding.read import read
from assistant.index.question import rule_words
from assistant.reading.piece import guess
from assistant.tender.facts.ccag import ccag_of
from assistant.tender.view import View

PROGRAM = Path(__file__).resolve().parents[2] / "assistant"
FRENCH = "aàÂeéÈîoôœŒæÆuùçÇnNºª°²’‘´`ʼ‑–—―−  \u00a0\u202f\u2009\t\n\r\x0c…ﬁĲİß€№𝔸"
TEXTS = st.text(max_size=200) | st.text(alphabet=FRENCH, max_size=200)


@given(TEXTS)
def test_folding_keeps_every_place_and_every_line_end(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert [at for at, letter in enumerate(folded) if letter == "\n"] == [
        at for at, letter in enumerate(text) if letter == "\n"
    ]


@given(TEXTS)
def test_what_is_folded_stays(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_words(fold_words(text)) == fold_words(text)
    assert fold_line(fold_line(text)) == fold_line(text)


@pytest.mark.parametrize(
    ("text", "folded", "words"),
    [
        (
            "Œuvre n° 3 – « Été »\u00a0: l’ÎLE",
            "euvre n° 3 - « ete » : l'ile",
            "oeuvre n° 3 - « ete » : l'ile",
        ),
        ("Lot nº 2\t— Cœur", "lot n° 2 - ceur", "lot n° 2 - coeur"),
        ("ex æquo, ﬁnal", "ex equo, ﬁnal", "ex aequo, final"),
        ("e\u0301te\u0301", "e\u0301te\u0301", "ete"),
        ("45 m², 1…", "45 m², 1…", "45 m2, 1..."),
    ],
)
def test_letters_fold_for_places_and_for_words(text: str, folded: str, words: str) -> None:
    assert (fold(text), fold_words(text)) == (folded, words)


@given(st.text(alphabet=FRENCH.replace("º", "").replace("ª", ""), max_size=100))
def test_both_spellings_are_the_same_words(text: str) -> None:
    spelled = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    assert fold_words(text) == fold_words(spelled)


def ccag(text: str) -> object:
    found = ccag_of(
        View(Document(Source("0" * 16, "0" * 64, "a", Kind.TENDER, "a.txt", "c", "text/plain"), text))
    )
    return found and found.value


@pytest.mark.parametrize("spelling", ["œ", "oe", "Œ", "OE"])
def test_every_room_reads_both_spellings(spelling: str) -> None:
    design = f"maîtrise d’{spelling}uvre"
    assert ccag(f"Le marché est soumis au CCAG de {design}.\n") == "CCAG-MOE"
    assert guess(
        "Lot 3", (Heading(1, None, f"Mise en {spelling}uvre des matériaux", Span(0, 0)),), "a.pdf"
    ) == guess("Lot 3", (Heading(1, None, "Mise en œuvre des matériaux", Span(0, 0)),), "a.pdf")
    assert subjects.of_article(f"Mise en {spelling}uvre", "") == "execution"
    assert rule_words(f"sous-critère de {design}") == rule_words("sous-critère de maîtrise d'œuvre")
    assert (
        read(f"Le titulaire met en {spelling}uvre le plan.").stems
        == read("Le titulaire met en œuvre le plan.").stems
    )


def written(path: Path) -> Iterator[str]:
    """The texts of a module that it works with: no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
    )


# « ouvre », « couvre » are other words.
ONE_SPELLING = re.compile(r"œ|oeu|(?<!o)(?<!o\?e)(?<!^e)uvre")


def test_no_pattern_of_the_summaries_knows_one_spelling_only() -> None:
    """They meet text whose offsets are kept, where « œ » is « e »: a pattern writes ``o?euvre``."""
    one_spelling = [
        (path.name, text)
        for path in (PROGRAM / "summaries").glob("*.py")
        for text in written(path)
        if ONE_SPELLING.search(text)
    ]
    assert one_spelling == []
