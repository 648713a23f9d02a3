"""What each contract of the index says of itself, for whoever joins it to something else: its numbers, its object, its end, its exit; each with its page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.datatypes import Kind, Source
from assistant.documents.consultations import Consultation
from assistant.documents.contracts import Contract
from assistant.documents.own import OwnDocuments
from assistant.documents.values import Known, file_name
from assistant.french.folding import fold_line
from assistant.lines import beginning
from assistant.summaries.fields.summary import Extract, Field, shown

_LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class StatedFact:
    """What a piece says: the value, its words, the file and the pages."""

    value: str
    quote: str
    file: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """A contract: ``references`` are the numbers that its pieces give, ``text`` its object and lots, folded; the others are None where it does not say."""

    id: str
    name: str
    references: tuple[str, ...]
    text: str
    end: date | None
    end_said: StatedFact | None
    renewal: StatedFact | None
    host: StatedFact | None
    reversibility: StatedFact | None
    is_framework: bool
    buyer: str
    lots: tuple[StatedFact, ...]
    object_said: StatedFact | None


def contract_facts(
    documents: OwnDocuments, sources: Sequence[Source], today: date
) -> tuple[ContractFacts, ...]:
    """The contracts that some sources make, in order; what a person confirmed of their ends counts."""
    return tuple(_facts(documents, contract, today) for contract in documents.contracts(sources)[0])


def _facts(documents: OwnDocuments, contract: Contract, today: date) -> ContractFacts:
    market = contract.on(today)
    end, words = _end(documents, contract, today)
    said = " ".join(shown(field.value) for name in ("objet", "lots") for _, field in market.stated(name))
    return ContractFacts(
        contract.market.pieces[0].source.id,
        market.name,
        tuple(dict.fromkeys(shown(field.value) for _, field in market.stated("numero_consultation"))),
        fold_line(f"{said} {' '.join(piece.source.title for piece in market.pieces)}"),
        end,
        words,
        _first(market, "reconductions"),
        _first(market, "localisation_hebergement"),
        _first(market, "reversibilite"),
        any(piece.source.kind is Kind.FRAMEWORK for piece in market.pieces)
        or "accord-cadre" in fold_line(shown(_value(market, "forme"))),
        shown(_value(market, "acheteur")),
        tuple(_lots(market)),
        _first(market, "objet"),
    )


def _value(market: Consultation, name: str) -> str | None:
    return next((shown(field.value) for _, field in market.stated(name)), None)


def _first(market: Consultation, name: str) -> StatedFact | None:
    return next((_stated(known, field, shown(field.value)) for known, field in market.stated(name)), None)


def _lots(market: Consultation) -> Iterator[StatedFact]:
    for known, field in market.stated("lots")[:1]:
        if isinstance(field.value, tuple):
            for item in field.value:
                named = dict(item)
                if named.get("titre"):
                    title = fold_line(named["titre"] or "")
                own = tuple(one for one in field.extracts if title in fold_line(one.text))
                whole = replace(field, extracts=own or field.extracts)
                yield _stated(
                    known, whole, f"Lot {named.get('numero') or ''} : {named['titre']}".replace("  ", " ")
                )


def _stated(known: Known, field: Field, value: str) -> StatedFact:
    extract = field.extracts[0] if field.extracts else None
    return StatedFact(
        value,
        beginning(extract.text, _LONGEST_QUOTE) if extract else value,
        known.file,
        extract.pages if extract else (),
    )


def _end(documents: OwnDocuments, contract: Contract, today: date) -> tuple[date | None, StatedFact | None]:
    """The end of a contract and the words that it is computed from."""
    for one in documents.ends(contract, today):
        if one.falls is not None and one.words:
            first = one.words[0]
            return one.falls, _said(first.known.source, first.extract)
    return None, None


def _said(source: Source, extract: Extract) -> StatedFact:
    text = beginning(extract.text, _LONGEST_QUOTE)
    return StatedFact(text, text, file_name(source), extract.pages)
