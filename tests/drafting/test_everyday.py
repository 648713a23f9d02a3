"""The table from everyday words to contract words."""

from assistant.drafting.everyday import EverydayWords, _rows
from assistant.index.words import analyser


def words(text: str) -> list[str]:
    return analyser().analyze(text)


def test_what_people_say_leads_to_what_contracts_say_whatever_its_form() -> None:
    everyday = EverydayWords(words)
    found = everyday.contract_words(frozenset(words("Hors de question de PLAIDER à l'étranger")))
    assert set(words("juridiction litige")) <= found


def test_an_expression_is_said_only_when_all_of_it_is() -> None:
    everyday = EverydayWords(words)
    (said,) = [
        one.strip() for saids, _ in _rows() for one in saids.split(",") if one.strip() == "pile de papiers"
    ]
    written = next(frozenset(words(row.replace(",", " "))) for saids, row in _rows() if said in saids)
    assert written <= everyday.contract_words(frozenset(words(said))) | set(words(said))
    assert not written <= everyday.contract_words(frozenset(words("pile")))


def test_every_line_has_two_columns_and_each_expression_is_there_once() -> None:
    expressions = [one.strip() for saids, written in _rows() for one in saids.split(",") if written.strip()]
    assert len(expressions) == sum(len(saids.split(",")) for saids, _ in _rows()) > 1000
    assert len(set(expressions)) == len(expressions)
