"""Rules about the law that a document cites: drafts given as law, repealed texts, wrong articles, old thresholds."""

import re
from collections.abc import Iterator
from functools import cache, partial
from importlib import resources

from assistant import references
from assistant.review.pattern import WORD_START, Caught, Detect, Words, compiled, is_mentioned
from assistant.review.text import Text


@cache
def articles_in_force() -> frozenset[str]:
    """The numbers of the Code de la commande publique in force on the day that ``articles-ccp.tsv`` says."""
    lines = resources.files(__package__).joinpath("articles-ccp.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(number for line in lines if not line.startswith("#") for number in line.split())


_CODE_NUMBER = re.compile(r"[LRD][123]\d{3}(?:-\d+)*|L[1-6](?:-1)?")
_FORMS = Words("cited_law.toml")
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


@cache
def _wordings(rule: str) -> tuple[tuple[re.Pattern[str], ...], ...]:
    """What is a fault of a rule, what must stand in its sentence too, and what makes it lawful there: each met at the beginning of a word."""
    return tuple(
        tuple(
            compiled(WORD_START + _FORMS.any_of(forms))
            for forms in (row["catches"], row.get("requires", row["catches"]), row["unless"])
        )
        for row in _FORMS.stored("wording")
        if row["rule"] == rule
    )


def _said(rule: str, text: Text) -> Iterator[Caught]:
    """The sentences that say what the file holds of a rule."""
    for catches, requires, unless in _wordings(rule):
        for sentence in text.sentences:
            match = catches.search(sentence.words)
            lawful = unless.search(sentence.words) or not requires.search(sentence.words)
            if match and not lawful and not is_mentioned(sentence, match):
                yield Caught(sentence.at(*match.span()))


_SAID = ("texte-en-projet", "reference-abrogee", "seuil-perime", "seuil-non-date")
DETECTORS: dict[str, Detect] = {
    **{rule: partial(_said, rule) for rule in _SAID},
    "article-inexistant": missing_article,
}
