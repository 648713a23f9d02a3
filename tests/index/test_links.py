from datetime import date

from assistant.index.library import Library
from assistant.index.links import links
from assistant.index.search import Searcher


def led(
    library: Library, text: str, day: date = date(2026, 11, 25)
) -> list[tuple[str | None, str | None, str | None]]:
    return [
        (
            link.reference.work,
            link.reference.article,
            link.passage.text.strip()[:38] if link.passage else None,
        )
        for link in links(library.store, text, day)
        if link.reference.article
    ]


def test_references_lead_to_the_wording_in_force_that_day(library: Library, searcher: Searcher) -> None:
    text = "Conformément à l'art. R. 2122-8 du CCP et à la loi n° 2024-449, art. 31."
    assert led(library, text) == [
        ("CCP", "R2122-8", "Le marché inférieur à 40 000 euros est"),
        ("LOI 2024-449", "31", "Les administrations de l'État veillent"),
    ]
    assert led(library, text, date(2019, 6, 1))[0] == (
        "CCP",
        "R2122-8",
        "Le marché inférieur à 25 000 euros est",
    )


def test_an_article_without_a_work_leads_to_the_only_one_that_has_it(
    library: Library, searcher: Searcher
) -> None:
    assert led(library, "Voir l'article L. 2112-4.")[0][2] == "L'acheteur peut imposer que les moyens"


def test_what_is_not_indexed_leads_nowhere_but_is_named(library: Library, searcher: Searcher) -> None:
    assert led(library, "article 14.1 du CCAG-TIC, article 28 du RGPD") == [
        ("CCAG-TIC", "14.1", None),
        ("RGPD", "28", None),
    ]
