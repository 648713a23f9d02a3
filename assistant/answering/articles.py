"""Articles asked for by their number: the whole wording of the day, the others, what changed, what rests on it; or that it does not exist."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, zip_longest

from assistant import references
from assistant.answering import words
from assistant.answering.quoting import quote
from assistant.article_dates import UNREAD, DatedArticle
from assistant.comparison import Change, Piece, rows
from assistant.datatypes import Claim, Problem, Severity, Span
from assistant.french.dates import french_date
from assistant.french.folding import fold_words
from assistant.index import wordings
from assistant.index.wordings import Wording
from assistant.lines import beginning
from assistant.references import Reference

# Articles of one question that are given whole.
MOST_ARTICLES = 3
# Changed words that are told of two wordings, and the longest that they are told whole, in characters.
MOST_CHANGES, LONGEST_CHANGE = 4, 160
# Words that ask for the text of an article; a question that asks for nothing else is answered by that text.
_ASKS_FOR_TEXT = words.pattern("articles.asks_for_text")
_FILLING = frozenset(
    """a ai au aux ce cet cette ci d dans de des dit du elle en est et exact exacte exactement il j je l la le les lui m me moi mon montre n ne nous on ou par
    peux pouvez pour quel quelle qu que qui quoi s sa se ses stp svp sur t te tu un une vous y article articles art code commande publique ccp loi n° no
    actuel actuelle actuellement aujourd hui vigueur jour bonjour merci plait complet complete entier entiere integral integrale alinea dispose stipule
    disait prevoyait contenait disposait
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
    folded = fold_words(re.split(r"\?", left, maxsplit=1)[0])
    works = (pattern for _, _, pattern in references.WORKS)
    for pattern in works:
        folded = pattern.sub(" ", folded)
    left_words = [
        word for word in re.findall(r"[a-z0-9°]+", folded) if word not in _FILLING and not word.isdigit()
    ]
    asks = bool(_ASKS_FOR_TEXT.search(folded))
    return (
        Request(tuple(found[:MOST_ARTICLES])) if not left_words or (asks and len(left_words) <= 1) else None
    )


def named(question: str) -> Request:
    """The articles that ``question`` names, whatever it asks of them."""
    return Request(tuple(references.articles(question)[:MOST_ARTICLES]))


class Articles:
    """Answers requests.

    Args:
        wordings_of: every dated wording of an article, whole, by number and work.
        table: what is known of the dates of articles beside the index.
    """

    def __init__(
        self, wordings_of: Callable[[str, str | None], Sequence[Wording]], table: Sequence[DatedArticle]
    ) -> None:
        self._wordings_of, self._table = wordings_of, table

    def said(self, reference: Reference, day: date, marker: str, problems: list[Problem]) -> Iterator[Claim]:
        """The article in force that day, whole, then what changed in it; what nobody read of it goes to ``problems``."""
        several = wordings.best_known(self._wordings_of(str(reference.article), reference.work))
        current = wordings.on(day, several)
        if current is not None:
            yield whole(current, f"{marker}.1")
        for number, other in enumerate((one for one in several if one is not current), 2):
            yield whole(other, f"{marker}.{number}", "autre rédaction, ")
        problems += [
            _changed(before, after) for before, after in pairwise(several) if current in (before, after)
        ]
        for row in wordings.unindexed(self._table, several):
            since = f" du {french_date(row.valid_from)}" if row.valid_from else ""
            known = row.note.removeprefix(UNREAD).lstrip(" :")
            problems.append(
                Problem(
                    "redaction-non-lue",
                    f"Une rédaction{since} de l'article {row.article} ({row.work}) n'est pas indexée : {known}.",
                    severity=Severity.WARNING,
                )
            )

    def proposed(self, number: str) -> Problem | None:
        """What is known of an article that does not exist and that a bill proposes."""
        row = next((row for row in self._table if row.pending and row.article == number), None)
        return (
            None
            if row is None
            else Problem(
                "article-propose", f"L'article {number} n'existe pas : {row.note}.", severity=Severity.WARNING
            )
        )


def _changed(before: Wording, after: Wording) -> Problem:
    """What the words of the one lost and gained in the other, in their own words."""
    since = (
        f"Depuis le {french_date(after.valid_from)}"
        if after.valid_from
        else "Dans la rédaction la plus récente"
    )
    told = [line for row in rows(before.text, after.text) for line in _told(row.before, row.after)]
    more = " ; …" if len(told) > MOST_CHANGES else ""
    said = " ; ".join(told[:MOST_CHANGES]) if told else "les mots sont les mêmes"
    return Problem(
        "redaction-changee",
        f"{since}, article {after.article} ({after.work}) : {said}{more}.",
        severity=Severity.INFO,
    )


def _told(before: Sequence[Piece], after: Sequence[Piece]) -> Iterator[str]:
    """Each run of changed words of a paragraph, with the word that follows it in both."""
    for (gone, follows), (come, _) in zip_longest(_runs(before), _runs(after), fillvalue=("", "")):
        next_word = " ".join(follows.split()[:1])
        old, new = (
            beginning(f"{run} {next_word}" if run[-1:].isalnum() else run, LONGEST_CHANGE, " […]")
            for run in (gone, come)
        )
        if gone.strip() and come.strip():
            yield f"« {old} » devient « {new} »"
        elif gone.strip() or come.strip():
            yield f"« {old} » est retiré" if gone.strip() else f"« {new} » est ajouté"


def _runs(pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """The changed words before each run of words that both have, and that run; then those after the last."""
    changed = ""
    for piece in pieces:
        if piece.change is Change.SAME:
            yield changed.strip(), piece.text
            changed = ""
        else:
            changed += piece.text
    yield changed.strip(), ""


def not_yet(first: Wording, day: date, marker: str) -> Claim:
    """That an article was no law on a day before its first wording."""
    since = french_date(first.valid_from) if first.valid_from else ""
    return Claim(
        f"Le {french_date(day)}, l'article {first.article} ({first.work}) n'était pas en vigueur : il l'est depuis le {since}.",
        (quote(first, Span(0, len(first.text)), marker),),
    )


def no_more(last: Wording, marker: str) -> Claim:
    """That an article is law no more since the end of its last wording."""
    until = french_date(last.valid_to) if last.valid_to else ""
    return Claim(
        f"L'article {last.article} ({last.work}) n'est plus en vigueur depuis le {until}. Sa dernière rédaction : « {last.text} »",
        (quote(last, Span(0, len(last.text)), marker),),
    )


def whole(wording: Wording, marker: str, kind: str = "") -> Claim:
    """An article by all its words, under its name and the days of its wording."""
    named = f"{wording.work}, article {wording.article}, {kind}en vigueur {wordings.period(wording)}"
    return Claim(f"{named} : « {wording.text} »", (quote(wording, Span(0, len(wording.text)), marker),))
