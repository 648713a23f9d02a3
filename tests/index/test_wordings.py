from datetime import date
from pathlib import Path

import pytest

from assistant.article_dates import DatedArticle
from assistant.errors import NotIndexedError
from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.search import Searcher
from assistant.index.wordings import Comparison, article_of, compare, holding, wordings
from tests.conftest import RULES, write_rules
from tests.fakes import FakeEmbedding

SPRING_2019, SUMMER_2026 = date(2019, 6, 1), date(2026, 7, 1)


def words(compared: Comparison) -> tuple[str | None, str | None]:
    return compared.before and compared.before.text, compared.after and compared.after.text


def test_both_wordings_come_with_their_days_however_the_article_is_written(
    library: Library, searcher: Searcher
) -> None:
    compared = compare(library.store, "code de la commande publique", "R. 2122‑8", SPRING_2019, SUMMER_2026)
    assert (compared.work, compared.article, compared.changed, compared.between) == (
        "CCP",
        "R2122-8",
        True,
        (),
    )
    assert words(compared) == (
        "Le marché inférieur à 25 000 euros est passé sans publicité.",
        "Le marché inférieur à 40 000 euros est passé sans publicité.",
    )
    assert compared.before
    assert compared.after
    assert (compared.before.valid_from, compared.before.valid_to, compared.after.valid_from) == (
        date(2019, 4, 1),
        date(2020, 1, 1),
        date(2020, 1, 1),
    )


def test_an_article_that_did_not_change_or_did_not_exist_yet_says_so(
    library: Library, searcher: Searcher
) -> None:
    assert not compare(library.store, "CCP", "L2112-4", SPRING_2019, SUMMER_2026).changed
    created = compare(library.store, "LOI 2024-449", "31", SPRING_2019, SUMMER_2026)
    assert created.before is None
    assert created.changed


def test_what_came_and_went_meanwhile_is_not_lost(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    three = [
        ("CCP", "Code", "L1", [], text, start, end)
        for text, start, end in (
            ("Un.", "2019-04-01", "2020-01-01"),
            ("Deux.", "2020-01-01", "2021-01-01"),
            ("Un.", "2021-01-01", None),
        )
    ]
    ingest.index_paths(
        library.store, embedding, [write_rules(tmp_path / "trois.jsonl", three)], collection="essai"
    )
    compared = compare(library.store, "CCP", "L1", SPRING_2019, SUMMER_2026)
    assert not compared.changed
    assert [(one.text, one.valid_from) for one in compared.between] == [("Deux.", date(2020, 1, 1))]


def test_a_copy_of_one_day_does_not_hide_what_a_dated_copy_knows(
    library: Library, searcher: Searcher, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    mirror = [
        (
            "CCP",
            "Code",
            "R2122-8",
            [],
            "Le marché inférieur à 40 000 euros est passé sans publicité.",
            "2026-03-01",
            None,
        )
    ]
    ingest.index_paths(
        library.store, embedding, [write_rules(tmp_path / "miroir.jsonl", mirror)], collection="essai"
    )
    compared = compare(library.store, "CCP", "R2122-8", date(2026, 1, 1), SUMMER_2026)
    assert not compared.changed
    assert compared.after
    assert compared.after.valid_from == date(2020, 1, 1)


def test_a_wording_that_the_index_lacks_is_told(library: Library, searcher: Searcher) -> None:
    newer = DatedArticle("CCP", "R2122-8", date(2026, 4, 1), None, "non lu : 60 000 €")
    table = (
        DatedArticle("CCP", "R2122-8", date(2020, 1, 1), date(2026, 4, 1)),
        newer,
        DatedArticle("CCP", "L2112-4", date(2026, 5, 1), None, "non lu"),
    )
    assert compare(library.store, "CCP", "R2122-8", date(2026, 3, 1), date(2026, 3, 31), table).unknown == ()
    assert compare(library.store, "CCP", "R2122-8", date(2026, 3, 1), SUMMER_2026, table).unknown == (newer,)


@pytest.mark.parametrize(
    ("work", "article", "said", "cure"),
    [
        ("CCP", "L2113-11", "L2113-11 n'existe pas", "L2113-10"),
        ("CCAG-TIC", "5", "« CCAG-TIC » n'est pas indexé", "CCP, LOI 2024-449"),
        ("CCP", "R2322-8", "ni le 1er juin 2018 ni le 1er juillet 2018", "depuis le 1er avril 2019"),
    ],
)
def test_what_cannot_be_compared_says_why_and_what_there_is(
    library: Library, searcher: Searcher, work: str, article: str, said: str, cure: str
) -> None:
    with pytest.raises(NotIndexedError) as raised:
        compare(library.store, work, article, date(2018, 6, 1), date(2018, 7, 1))
    assert said in raised.value.message
    assert cure in raised.value.hint


def test_a_long_wording_is_whole_though_it_is_stored_in_pieces(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    text = " ".join(f"Phrase numéro {number} de cet article." for number in range(400))
    ingest.index_paths(
        library.store,
        embedding,
        [write_rules(tmp_path / "long.jsonl", [("CCP", "Code", "L9", [], text, "2019-04-01", None), *RULES])],
        collection="essai",
    )
    stored = library.store.wordings("L9", "CCP")
    assert len(stored) > 1
    assert [one.text for one in wordings(stored)] == [text]


def test_a_position_of_a_code_leads_to_the_whole_wording_that_holds_it(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    text = " ".join(f"Phrase numéro {number} de cet article." for number in range(400))
    rules = [("CCP", "Code", "L9", [], text, "2019-04-01", None), *RULES]
    ingest.index_paths(
        library.store, embedding, [write_rules(tmp_path / "long.jsonl", rules)], collection="essai"
    )
    (held,) = library.store.held()
    code = library.store.document(held.source.id)
    for said, article, since in (
        ("Phrase numéro 399", "L9", date(2019, 4, 1)),
        ("inférieur à 25 000", "R2122-8", date(2019, 4, 1)),
        ("inférieur à 40 000", "R2122-8", date(2020, 1, 1)),
    ):
        wording = holding(library.store, held.source.id, code.text.index(said))
        assert wording
        assert (wording.article, wording.valid_from) == (article, since)
        assert wording.text == wording.passage.span.of(code.text)
        assert said in wording.text


def test_words_of_a_contract_are_of_no_article(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    contract = tmp_path / "contrat.md"
    contract.write_text(
        "# Contrat\n\n## Article 1 : Objet\n\nLe pont-levis est maintenu.\n", encoding="utf-8"
    )
    ingest.index_paths(library.store, embedding, [contract], collection="essai")
    (held,) = library.store.held()
    assert holding(library.store, held.source.id, 40) is None


def test_a_wording_that_lies_in_two_copies_comes_once_and_only_from_where_one_may_look(
    library: Library, embedding: FakeEmbedding, tmp_path: Path
) -> None:
    ours = ("CCP", "Code", "L1", [], "Un.", "2019-04-01", None)
    for name, rules in (
        ("commun", [ours]),
        ("prive", [ours, ("CCP", "Code", "L2", [], "Deux.", "2019-04-01", None)]),
    ):
        ingest.index_paths(
            library.store, embedding, [write_rules(tmp_path / f"{name}.jsonl", rules)], collection=name
        )

    def found(number: str, *collections: str) -> list[str]:
        return [
            one.text for one in article_of(library.store, "CCP", number, (), collections or None).wordings
        ]

    assert found("L1") == found("L1", "prive") == ["Un."]
    assert found("L2") == ["Deux."]
    assert found("L2", "commun") == []


def test_the_real_code_changes_on_the_22nd_of_august_2026(
    library: Library, embedding: FakeEmbedding, shared: Path, tmp_path: Path
) -> None:
    lines = (shared / "data" / "droit" / "ccp.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "ccp.jsonl").write_text(
        "\n".join(line for line in lines if '"num": "L2112-2"' in line) + "\n", encoding="utf-8"
    )
    ingest.index_paths(library.store, embedding, [tmp_path / "ccp.jsonl"], collection="droit")
    compared = compare(library.store, "CCP", "L2112-2", date(2026, 4, 1), date(2026, 9, 1))
    assert compared.before
    assert compared.after
    assert compared.before.valid_to == compared.after.valid_from == date(2026, 8, 22)
    assert "prennent en compte" in compared.after.text
    assert "prennent en compte" not in compared.before.text
    assert not compare(library.store, "CCP", "L2112-2", date(2026, 4, 1), date(2026, 8, 21)).changed
