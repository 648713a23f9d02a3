from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import passages, reading
from assistant.datatypes import Document, Heading, Kind, Source, Span
from tests.conftest import SHARED, lacks, write_rules

# Files of labels are not documents.
LABELS = {
    "headings_dev.jsonl",
    "tender_gold_dev.jsonl",
    "legal_qa_dev.jsonl",
    "citoyens.jsonl",
    "service-public.jsonl",
}
REAL = (
    sorted(
        path
        for path in SHARED.glob("data/*/*")
        if path.suffix in reading.SUPPORTED and path.name not in LABELS
    )
    if SHARED.is_dir()
    else []
)


def document(text: str, headings: tuple[Heading, ...] = ()) -> Document:
    return Document(
        Source("0" * 16, "0" * 64, "Essai", Kind.TENDER, "essai.txt", "essai", "text/plain"),
        text,
        headings=headings,
    )


def assert_tile(cut: tuple[passages.Passage, ...], text: str) -> None:
    assert "".join(passage.text for passage in cut) == text
    assert [passage.span.start for passage in cut] == [0, *(passage.span.end for passage in cut)][: len(cut)]
    assert all(passage.span.of(text) == passage.text for passage in cut)
    assert all(len(passage.text) <= passages.MAX_CHARACTERS for passage in cut)


@given(st.lists(st.text(alphabet="abé .;\n", min_size=1, max_size=900), max_size=6), st.randoms())
@settings(max_examples=60, deadline=None)
def test_passages_tile_any_text(pieces: list[str], chance: object) -> None:
    text, headings = "", []
    for number, piece in enumerate(pieces):
        headings.append(Heading(1 + number % 3, str(number), "titre", Span(len(text), len(text) + 1)))
        text += piece
    assert_tile(passages.split(document(text, tuple(headings))), text)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_passages_tile_every_real_document(path: Path) -> None:
    if path.suffix == ".doc" and lacks("docx"):
        pytest.skip("LibreOffice Writer is not installed")
    read = reading.read(path, kind=Kind.TENDER, collection="essai")
    assert_tile(passages.split(read), read.text)


def test_the_heading_trail_is_that_of_the_clause() -> None:
    text = "ARTICLE 1 Objet\nLe marché porte sur un service d'hébergement de données sensibles pour les communes.\n1.1 Durée\nQuatre ans fermes à compter de la notification, sans reconduction possible.\n"
    first, second = text.index("ARTICLE"), text.index("1.1")
    cut = passages.split(
        document(
            text,
            (
                Heading(1, "ARTICLE 1", "Objet", Span(first, first + 15)),
                Heading(2, "1.1", "Durée", Span(second, second + 9)),
            ),
        )
    )
    assert [passage.headings for passage in cut] == [("ARTICLE 1 Objet",), ("ARTICLE 1 Objet", "1.1 Durée")]


def test_a_bare_heading_joins_its_first_clause() -> None:
    text = "CHAPITRE 2\n2.1 Personnel\n" + "Le titulaire affecte un responsable de site. " * 3
    cut = passages.split(
        document(
            text, (Heading(1, "CHAPITRE 2", "", Span(0, 10)), Heading(2, "2.1", "Personnel", Span(11, 24)))
        )
    )
    assert [passage.headings for passage in cut] == [("CHAPITRE 2", "2.1 Personnel")]


def test_a_rule_keeps_its_article_and_its_dates(tmp_path: Path) -> None:
    read = reading.read(write_rules(tmp_path / "r.jsonl"), kind=Kind.RULE, collection="essai")
    old, new = (passage for passage in passages.split(read) if passage.article == "R2122-8")
    assert (str(old.valid_from), str(old.valid_to), new.valid_to) == ("2019-04-01", "2020-01-01", None)
    assert old.headings == ("Code de la commande publique", "Livre Ier", "Section 3 : Petits montants")
