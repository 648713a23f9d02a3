"""Markdown as plain text: the words and numbers that a reader sees, and no mark."""

import re

import pytest
from lxml import html as parsed

from assistant.comparison import rows
from assistant.datatypes import ModelClause
from assistant.drafting import rendering
from assistant.office import html
from assistant.office.plain import plain
from tests.drafting.test_drafted_precedents import SHELF

MARKDOWN = """### Prix **ferme**

Le prix est *ferme* et [À COMPLÉTER : 3] \\* ; deux cas :
a) le premier ;
b) le second.

4. quatre
5. cinq
   - un tiret
   - un autre

     et sa suite

| Essai | Résultat |
|---|---|
| **Lieux** | Aucun hors de `l'Union` |

---

> Une citation.
"""
PLAIN = """Prix ferme

Le prix est ferme et [À COMPLÉTER : 3] * ; deux cas :
a) le premier ;
b) le second.

4. quatre
5. cinq
  – un tiret
  – un autre
    et sa suite

Essai\tRésultat
Lieux\tAucun hors de l'Union

Une citation."""
# What Markdown writes and no wording of ours says: emphasis, a row or the rule of a table, a heading, code, an escape.
MARKS = re.compile(r"\*\*|^\s*\||\|\s*$|^#{1,6} |^-{3,}|`|\\", re.MULTILINE)
_ITEM = re.compile(r"^\s*(?:– |\d+[.)] )", re.MULTILINE)


def test_a_text_keeps_its_words_its_numbers_and_its_lines() -> None:
    assert plain(MARKDOWN) == PLAIN


@pytest.mark.parametrize("clause", SHELF.clauses, ids=lambda clause: clause.id)
def test_every_wording_is_copied_with_the_words_that_the_page_shows_and_no_mark(clause: ModelClause) -> None:
    for level in clause.levels:
        wording = rendering.readable(level.wording, clause, SHELF)
        said = rendering.plain_wording(level.wording, clause, SHELF)
        assert MARKS.findall(said) == []
        shown = " ".join(
            part for part in parsed.fromstring(f"<div>{html.rendered(wording)}</div>").itertext()
        )
        assert _ITEM.sub("", said).split() == shown.split()


def test_the_corpus_has_marks_to_take_away() -> None:
    """Without any, the test above could not fail."""
    marked = [one for one in SHELF.clauses if any(MARKS.search(level.wording) for level in one.levels)]
    assert len(marked) > 30


def test_levels_are_compared_without_marks_or_empty_rows() -> None:
    clause = SHELF.clause("admission-verifications")
    high, low = (rendering.plain_wording(clause.at(level).wording, clause, SHELF) for level in (3, 1))
    for row in rows(high, low):
        for side in (row.before, row.after):
            assert MARKS.findall("".join(piece.text for piece in side)) == []
        assert "".join(piece.text for piece in (*row.before, *row.after)).strip()
