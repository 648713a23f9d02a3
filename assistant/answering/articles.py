"""Articles asked for by their number: the whole wording of the day, the others, what changed, what rests on it; or that it does not exist."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant import references
from assistant.answering import words
from assistant.answering.quoting import quote
from assistant.article_dates import UNREAD, DatedArticle
from assistant.datatypes import Claim, Problem, Severity, Span
from assistant.export import french_date
from assistant.index import wordings
from assistant.index.question import fold
from assistant.index.wordings import Wording
from assistant.references import Reference

# Articles of one question that are given whole.
MOST_ARTICLES = 3
# Words that ask for the text of an article; a question that asks for nothing else is answered by that text.
_ASKS_FOR_TEXT = words.pattern("articles.asks_for_text")
_FILLING = frozenset(
    """a ai au aux ce cet cette ci d dans de des dit du elle en est et exact exacte exactement il j je l la le les lui m me moi mon montre n ne nous on ou par
    peux pouvez pour quel quelle qu que qui quoi s sa se ses stp svp sur t te tu un une vous y article articles art code commande publique ccp loi n° no
    actuel actuelle actuellement aujourd hui vigueur jour bonjour merci plait complet complete entier entiere integral integrale alinea dispose stipule
    prevoit contient definit c koi lire cite citer citez donne donner donnez moi afficher affiche rappelle rappeler recopie copie contenu texte redaction
    version libelle enonce teneur mot in extenso ca parle voir savoir veux voudrais souhaite besoin cherche avoir marches publics numero
    sous""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Request:
    """Articles whose text is asked for, and nothing else."""

    references: tuple[Reference, ...]


def requested(question: str) -> Request | None:
    """The articles whose text ``question`` asks for, None where it asks something of them."""
    found = references.articles(question)
    if not found:
        return None
    left = question
    for reference in sorted(found, key=lambda one: -one.span.start):
        left = left[: reference.span.start] + " " + left[reference.span.end :]
    # What stands in another sentence is the reason, not the question: « l'article L2113-2 dit quoi ? On nous demande si … ».
    folded = fold(re.split(r"\?", left, maxsplit=1)[0])
    works = (pattern for _, _, pattern in references.WORKS)
    for pattern in works:
        folded = pattern.sub(" ", folded)
    left_words = [word for word in re.findall(r"[a-z0-9°]+", folded) if word not in _FILLING and not word.isdigit()]
    asks = bool(_ASKS_FOR_TEXT.search(folded))
    return Request(tuple(found[:MOST_ARTICLES])) if not left_words or (asks and len(left_words) <= 1) else None


class Articles:
    """Answers requests.

    Args:
        wordings_of: every dated wording of an article, whole, by number and work.
        table: what is known of the dates of articles beside the index.
    """

    def __init__(self, wordings_of: Callable[[str, str | None], Sequence[Wording]], table: Sequence[DatedArticle]) -> None:
        self._wordings_of, self._table = wordings_of, table

    def said(self, reference: Reference, day: date, marker: str, problems: list[Problem]) -> Iterator[Claim]:
        """The article in force that day, whole, then what changed in it; what nobody read of it goes to ``problems``."""
        several = wordings.best_known(self._wordings_of(str(reference.article), reference.work))
        current = wordings.on(day, several)
        if current is not None:
            yield whole(current, f"{marker}.1")
        for number, other in enumerate((one for one in several if one is not current), 2):
            yield whole(other, f"{marker}.{number}", "autre rédaction, ")
        for row in wordings.unindexed(self._table, several):
            since = f" du {french_date(row.valid_from)}" if row.valid_from else ""
            known = row.note.removeprefix(UNREAD).lstrip(" :")
            problems.append(
                Problem(
                    "redaction-non-lue", f"Une rédaction{since} de l'article {row.article} ({row.work}) n'est pas indexée : {known}.", severity=Severity.WARNING
                )
            )

    def proposed(self, number: str) -> Problem | None:
        """What is known of an article that does not exist and that a bill proposes."""
        row = next((row for row in self._table if row.pending and row.article == number), None)
        return None if row is None else Problem("article-propose", f"L'article {number} n'existe pas : {row.note}.", severity=Severity.WARNING)


def whole(wording: Wording, marker: str, kind: str = "") -> Claim:
    """An article by all its words, under its name and the days of its wording."""
    named = f"{wording.work}, article {wording.article}, {kind}en vigueur {wordings.period(wording)}"
    return Claim(f"{named} : « {wording.text} »", (quote(wording, Span(0, len(wording.text)), marker),))
