"""Rules about the law that a document cites: drafts given as law, repealed texts, wrong articles, old thresholds."""

import re
from collections.abc import Iterator
from functools import cache, partial
from importlib import resources

from assistant import references
from assistant.datatypes import Span
from assistant.review.pattern import WORD_START, Caught, Detect, Words, compiled, is_mentioned
from assistant.review.text import FoldedSentence, Text


@cache
def articles_in_force() -> frozenset[str]:
    """The numbers of the Code de la commande publique in force on the day that ``articles-ccp.tsv`` says."""
    lines = resources.files(__package__).joinpath("articles-ccp.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(number for line in lines if not line.startswith("#") for number in line.split())


_CODE_NUMBER = re.compile(r"[LRD][123]\d{3}(?:-\d+)*|L[1-6](?:-1)?")
_OTHER_CODE = compiled(
    r"(?:code (?:du travail|de la sante|civil|penal|de commerce|general|de justice|de la securite|des relations|de l'environnement|"
    r"de la construction|monetaire|du patrimoine|de l'energie|de l'urbanisme|de l'education|des juridictions|de la propriete|electoral|rural|"
    r"de la defense|de procedure|des assurances|de l'action)|"
    r"\bcgct\b|\bcja\b|\bcrpa\b|\bcsp\b|\bcpi\b|\bc\. com|\bcasf\b|\bcgppp\b|c\. trav|c\. civ)"
)

# A quick look before the slow one.
_MAY_CITE = re.compile(r"\b[lrd]\*?[. ]{0,3}[1-6]")


def _code_articles(text: Text) -> Iterator[tuple[FoldedSentence, str, Span]]:
    """Each article of the Code de la commande publique that a sentence cites: numbered as this code numbers, and no other code named near."""
    ours = compiled(r"(?:code de la commande publique|\bccp\b|du code\b)")
    known = articles_in_force()
    document_is_ours = bool(ours.search(text.folded.replace("\n", " ")))
    for sentence in text.sentences:
        if not _MAY_CITE.search(sentence.words):
            continue
        near = text.around(sentence.span)
        is_another, near_ours = (
            _OTHER_CODE.search(near) is not None,
            document_is_ours or ours.search(near) is not None,
        )
        for reference in references.articles(sentence.span.of(text.document.text)):
            if reference.article is None or not _CODE_NUMBER.fullmatch(reference.article):
                continue
            if reference.work == "CCP" or (
                reference.work is None and not is_another and (near_ours or reference.article in known)
            ):
                yield sentence, reference.article, sentence.at(reference.span.start, reference.span.end)


def missing_article(text: Text) -> Iterator[Caught]:
    """An article of the Code that is not in force, or never was."""
    known = articles_in_force()
    quoted = compiled(r"(?:n'existe pas|abrog|ancien article|proposition|propose|projet|inexistant)")
    for sentence, article, span in _code_articles(text):
        if article not in known and not quoted.search(sentence.words):
            yield Caught(span, f"L'article {article} n'est pas dans le code en vigueur.")


_FORMS = Words("cited_law.toml")


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
