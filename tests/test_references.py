import pytest

from assistant import references
from assistant.references import Reference, ReferenceType


def found(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(one.type.value, one.work, one.article) for one in references.find(text)]


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("L. 2112-4", "L2112-4"),
        ("L2112-4", "L2112-4"),
        ("article L.2112‑4", "L2112-4"),
        ("R.\u00a02162–4", "R2162-4"),
        ("R*2111-1", "R2111-1"),
        ("l. 3", "L3"),
        ("19.6.b", "19.6.b"),
        ("31", "31"),
    ],
)
def test_an_article_number_has_one_form(written: str, normal: str) -> None:
    assert references.normalise_article(written) == normal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("que prévoit l'article L. 2112-4 du CCP ?", [("article", "CCP", "L2112-4"), ("texte", "CCP", None)]),
        ("les appuis du pont de la D12, la D 906 et du papier A4", []),
        ("art 31 SREN", [("article", "LOI 2024-449", "31"), ("texte", "LOI 2024-449", None)]),
        ("l'article 48 du RGPD", [("article", "RGPD", "48"), ("texte", "RGPD", None)]),
        (
            "SecNumCloud 3.2, 19.6 b)",
            [("texte", "SecNumCloud 3.2", None), ("article", "SecNumCloud 3.2", "19.6.b")],
        ),
        (
            "loi n° 2016-1321, article 16",
            [("texte", "LOI 2016-1321", None), ("article", "LOI 2016-1321", "16")],
        ),
        ("la loi n° 2010-1658", [("texte", "LOI 2010-1658", None)]),
        ("CE, 12 mars 2024, Ville X, n° 478912", [("décision", "CE", "478912")]),
        ("CJUE Kolin C-652/22", [("décision", "CJUE", "C-652/22")]),
        ("8 vCPU, 32 Go et 40 000 € en R2D2", []),
        ("délai de 3.5 jours", []),
    ],
)
def test_references_are_found_and_normalised(
    text: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert found(text) == expected


def test_the_work_that_follows_an_article_is_its_own() -> None:
    text = "L'article L2112-4 du code de la commande publique et l'article 28 du RGPD"
    assert [(one.work, one.article) for one in references.articles(text)] == [
        ("CCP", "L2112-4"),
        ("RGPD", "28"),
    ]


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("la loi SREN, article 31, impose SecNumCloud", "LOI 2024-449"),
        ("la loi SREN impose SecNumCloud, je cite partout dans nos marchés son article 31", "LOI 2024-449"),
        ("l'article 47 du CCAG-TIC, malgré la loi SREN", "CCAG-TIC"),
        ("SecNumCloud exige à l'article 19", "SecNumCloud 3.2"),
        ("le CCAG-TIC, article 19, exige SecNumCloud", "CCAG-TIC"),
    ],
)
def test_an_article_is_of_a_law_before_a_framework_that_is_not_beside_it(text: str, work: str) -> None:
    assert [one.work for one in references.articles(text)] == [work]


def test_a_reference_keeps_its_place_in_the_text() -> None:
    text = "Selon l'article R. 2162-4, un maximum est fixé."
    assert references.articles(text) == (
        Reference(ReferenceType.ARTICLE, None, "R2162-4", references.articles(text)[0].span),
    )
    assert references.articles(text)[0].span.of(text) == "R. 2162-4"


def test_articles_become_one_word_for_the_index() -> None:
    assert (
        references.join_articles("aux articles L. 2112-4 et R.2162‑4.") == "aux articles L2112-4 et R2162-4."
    )
