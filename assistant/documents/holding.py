"""Questions about what holds of a contract on a day: « quelle est la durée aujourd'hui ? », « le plafond après l'avenant n° 2 », « qui est le titulaire ? »."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.datatypes import Claim, Passage
from assistant.documents import words
from assistant.documents.amendments import Step, label_of
from assistant.documents.contracts import Contract
from assistant.documents.targets import Uncertain
from assistant.documents.values import quoted
from assistant.export import french_pages
from assistant.french.dates import french_date
from assistant.french.folding import fold
from assistant.lines import one_line
from assistant.reader.fields import Subject

# A field is what a question asks for from this share on, where its words do not name one.
_SHARE = 0.5

PassageAt = Callable[[str, int], Passage | None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: a field, and the last amendment that is to be counted, None: all those in force on the day."""

    field: str
    last: int | None


def wanted(question: str, subject: Subject | None) -> Wanted | None:
    """What a question asks of a contract; None where it is nothing that an amendment changes."""
    folded = fold(question)
    named = next((field.name for field in words.asked_fields() if field.named_in(folded)), "")
    if not named and subject is not None and subject.fields[subject.field] >= _SHARE:
        named = subject.field
    after = words.after_amendment().search(folded)
    last = int(after["number"]) - (after["which"] == "avant") if after else None
    return Wanted(named, last) if named else None


def names_one(question: str, named: bool) -> bool:
    """Whether a question is about one contract, however it sounds: it names one and asks who holds it or when it ends, or what holds after an amendment."""
    folded = fold(question)
    of_one = any(
        field.name in ("titulaire", "fin") and field.named_in(folded) for field in words.asked_fields()
    )
    return (named and of_one) or words.after_amendment().search(folded) is not None


def claims(
    asked: Wanted, contracts: Sequence[Contract], day: date, passage_at: PassageAt
) -> tuple[Claim, ...]:
    """What holds of each contract that was amended in what is asked, then what held before, then what is to come; nothing of the others."""
    changed = [one for one in contracts if any(step.by for step in one.steps(asked.field, date.max))]
    amended = [(one, steps) for one in changed if (steps := one.steps(asked.field, day, asked.last))]
    return tuple(
        claim
        for contract, steps in amended
        for claim in _of_contract(contract, steps, asked, passage_at, several=len(contracts) > 1)
    )


def _of_contract(
    contract: Contract, steps: Sequence[Step], asked: Wanted, passage_at: PassageAt, several: bool
) -> Iterator[Claim]:
    held = steps[-1]
    name = f"{contract.market.name} — " if several else ""
    dated = f" ({held.dated})" if held.dated else ""
    yield _claim(f"{name}{label_of(held.field)} : {one_line(held.value)}{dated}", held, passage_at, 1)
    for place, (step, following) in enumerate(zip(reversed(steps[:-1]), reversed(steps[1:]), strict=True), 2):
        by = following.by.before if following.by else "Avant"
        yield _claim(
            f"{by} : {one_line(step.value)}{f' ({step.dated})' if step.dated else ''}",
            step,
            passage_at,
            place,
        )
    if asked.last is None:
        for place, step in enumerate(contract.steps(asked.field, date.max)[len(steps) :], len(steps) + 1):
            since = f"À partir du {french_date(step.since.day)}" if step.since else "Ensuite"
            yield _claim(f"{since} : {one_line(step.value)} ({step.dated})", step, passage_at, place)


def _claim(said: str, step: Step, passage_at: PassageAt, place: int) -> Claim:
    source = step.known.source
    quotes = tuple(
        quoted(source, passage, one, f"S{place}")
        for one in step.extracts
        if (passage := passage_at(source.id, one.start))
    )
    pages = french_pages(quotes[0].passage.pages) if quotes else ""
    return Claim(" — ".join((said, ", ".join(part for part in (source.title, pages) if part))), quotes)


def doubt(uncertain: Uncertain) -> str:
    """What a reader is told of an amendment that is joined to no contract."""
    names = " ; ".join(f"« {market.name} »" for market in uncertain.markets)
    may = f" Il concerne peut-être {names}." if names else ""
    return f"« {uncertain.known.file} » n'est pas compté : {uncertain.why}.{may} Pour le rattacher : assistant consultations --together."
