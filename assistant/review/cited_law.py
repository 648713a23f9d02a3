"""Rules about the law that a document cites: drafts given as law, repealed texts, wrong articles, old thresholds."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from importlib import resources

from assistant import references
from assistant.review.pattern import Caught, Detect, Wording, Words
from assistant.review.text import Text
from assistant.typed_json import typed


@cache
def articles_in_force() -> frozenset[str]:
    """The numbers of the Code de la commande publique in force on the day that ``articles-ccp.tsv`` says."""
    lines = resources.files(__package__).joinpath("articles-ccp.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(number for line in lines if not line.startswith("#") for number in line.split())


_CODE_NUMBER = re.compile(r"[LRD][123]\d{3}(?:-\d+)*|L[1-6](?:-1)?")
_FORMS = Words(__package__, "cited_law.toml")
# A quick look before the slow one.
_MAY_CITE = re.compile(r"\b[lrd]\*?[. ]{0,3}[1-6]")


def missing_article(text: Text) -> Iterator[Caught]:
    """An article of the Code that is not in force, or never was: numbered as this code numbers, and no other code named near."""
    ours, another, quoted = map(_FORMS.said, ("articles.ours", "articles.of_another", "articles.quoted"))
    is_ours = ours.search(text.folded.replace("\n", " "))
    for sentence in text.sentences:
        if not _MAY_CITE.search(sentence.words) or quoted.search(sentence.words):
            continue
        if_unnamed = is_ours and not another.search(text.around(sentence.span))
        for cited in references.articles(sentence.span.of(text.document.text)):
            number = cited.article or ""
            of_the_code = cited.work == "CCP" or (cited.work is None and if_unnamed)
            if of_the_code and _CODE_NUMBER.fullmatch(number) and number not in articles_in_force():
                detail = f"L'article {number} n'est pas dans le code en vigueur."
                yield Caught(sentence.at(cited.span.start, cited.span.end), detail)


def _said(wordings: Sequence[Wording], text: Text) -> Iterator[Caught]:
    """What the file holds of a rule."""
    return (Caught(place) for wording in wordings for place in wording.found(text, _FORMS))


DETECTORS: dict[str, Detect] = {
    **{
        rule: partial(_said, [typed(Wording, row) for row in rows])
        for rule, rows in _FORMS.stored("rules").items()
    },
    "article-inexistant": missing_article,
}
