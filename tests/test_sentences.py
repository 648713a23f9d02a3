import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import sentences
from assistant.datatypes import Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il peut. Il doit.", ["Il peut.", "Il doit."]),
        ("Voir l'art. L. 2112-4 du code. Fin du texte.", ["Voir l'art. L. 2112-4 du code.", "Fin du texte."]),
        (
            "Le décret n° 2016-360 et M. Le Maire le disent.",
            ["Le décret n° 2016-360 et M. Le Maire le disent."],
        ),
        (
            "Il exige :\n1° Un délai de 30 jours ;\n2° Un prix ferme.",
            ["Il exige :", "1° Un délai de 30 jours ;", "2° Un prix ferme."],
        ),
        ("I. - L'acheteur choisit librement.", ["I. - L'acheteur choisit librement."]),
        (
            "Les offres sont notées sur « la valeur technique » (40 %) et le prix.",
            ["Les offres sont notées sur « la valeur technique » (40 %) et le prix."],
        ),
        (
            "Il est écrit : « Le marché est conclu. » Le titulaire signe.",
            ["Il est écrit : « Le marché est conclu. »", "Le titulaire signe."],
        ),
        (
            "Les critères sont : 1. Prix, 60 % ; 2. Délai, 40 %. Ils suffisent.",
            ["Les critères sont : 1. Prix, 60 % ; 2. Délai, 40 %.", "Ils suffisent."],
        ),
        ("Voir l'article 12. Le titulaire signe.", ["Voir l'article 12.", "Le titulaire signe."]),
        ("   \n ", []),
    ],
)
def test_legal_points_do_not_end_a_sentence(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in sentences.split(text)] == expected


def test_offsets_count_in_the_whole_text() -> None:
    text = "Avant. Un. Deux points ici. Après."
    within = Span(7, 28)
    assert [span.of(text) for span in sentences.split(text, within)] == ["Un.", "Deux points ici."]


@given(st.text(alphabet="aéL2-. \n°;:?!«»1M", max_size=200))
def test_sentences_hold_every_visible_character_once_and_in_order(text: str) -> None:
    spans = sentences.split(text)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


def test_a_sentence_longer_than_any_is_cut_at_spaces_and_loses_no_word() -> None:
    text = "le prix de la prestation " * 2_000
    found = sentences.split(text)
    assert max(len(span) for span in found) <= sentences.LONGEST
    assert " ".join(span.of(text) for span in found) == text.strip()
