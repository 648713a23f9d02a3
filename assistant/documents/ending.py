"""When contracts begin and end and how long they last, renewals counted or not: what a list asks that no field of a summary says by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.documents import words
from assistant.documents.conditions import says_none
from assistant.documents.contracts import Contract
from assistant.documents.due import DocumentOf, Words, ends_of, lasting, start_of
from assistant.french.dates import french_date
from assistant.french.folding import fold, fold_words
from assistant.reader.fields import Subject
from assistant.summaries.fields.summary import Field, shown
from assistant.tender.facts.renewals import renewals_in

_OF_DURATION = ("duree_initiale", "reconductions")


@dataclass(frozen=True, slots=True)
class Ending:
    """What is asked of each contract: its first or last day, or how long it lasts; ``renewed``: with every renewal that it allows.

    ``in_year``: a year is asked for, and no day.
    """

    what: Literal["start", "end", "length"]
    renewed: bool = False
    in_year: bool = False

    @property
    def label(self) -> str:
        """It in a reader's words."""
        if self.what == "start":
            return "Début du contrat"
        what = "Durée" if self.what == "length" else "Fin du contrat"
        return f"{what} (reconductions {'comprises' if self.renewed else 'non comprises'})"

    def said(self, contract: Contract, document_of: DocumentOf) -> tuple[str, Field] | None:
        """What a contract says of it, as a field of its own, with the id of the piece that says it; None where nothing tells."""
        if self.what == "start":
            return self._first_day(contract, document_of)
        if self.what == "length":
            lasts = lasting(contract, document_of)
            if lasts is None or not lasts.words:
                return None
            months = f"{lasts.renewed if self.renewed else lasts.months} mois"
            return _field(lasts.words, months, months)
        ends = ends_of(contract, document_of)
        if not ends or not ends[0].words or (self.renewed and _goes_on(contract)):
            return None
        last = ends[-1] if self.renewed else ends[0]
        if last.day is None:
            return _field(last.words, last.computed, "")
        return _field(last.words, french_date(last.day), self._compared(last.day))

    def _first_day(self, contract: Contract, document_of: DocumentOf) -> tuple[str, Field] | None:
        start = start_of(contract, document_of)
        return _field([start[1]], french_date(start[0]), self._compared(start[0])) if start else None

    def _compared(self, day: date) -> str:
        return french_date(day.replace(month=1, day=1) if self.in_year else day)


def _goes_on(contract: Contract) -> bool:
    """Whether a contract is renewed and nothing says how often: no day is its last."""
    stated = [field for _, field in contract.market.stated("reconductions")]
    counted = any(renewals_in(fold(shown(field.value))) or field.normal for field in stated)
    return bool(stated) and not counted and not any(map(says_none, stated))


def _field(told: Sequence[Words], value: str, compared: str) -> tuple[str, Field]:
    first = told[0].known.source.id
    extracts = tuple(word.extract for word in told if word.known.source.id == first) if compared else ()
    return first, Field("", value, extracts, normal=(compared,) if compared else ())


def asked_of(question: str, subject: Subject) -> Ending | None:
    """What a question asks of the beginnings, ends or whole lengths of contracts; None where it asks something else."""
    folded = fold_words(question)
    renewed = words.due("renewals_counted").search(folded) is not None
    in_year = words.due("in_year").search(folded) is not None
    by_day = in_year or words.allows("avant", folded) or words.allows("apres", folded)
    if words.due("notice_asked").search(folded):
        return None  # « à dénoncer au moins six mois avant l'échéance »: a notice, no end
    if by_day and words.due("starts").search(folded):
        return Ending("start", in_year=in_year)
    if words.due("ends").search(folded) and (by_day or words.due("first_or_last").search(folded)):
        return Ending("end", renewed, in_year)
    likely = max(subject.fields, key=lambda name: subject.fields[name])
    compared = likely == "duree_initiale" and words.due("longest").search(folded) is not None
    if compared or (renewed and likely in _OF_DURATION):
        return Ending("length", renewed)
    return None
