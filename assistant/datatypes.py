"""The values that flow through the assistant.

One idea holds them together: a document has *one* text, and pages, headings, passages, sentences and quotes are spans of it.
All values are frozen; functions return new ones. Offsets count Unicode code points of ``Document.text``, half-open.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open interval ``[start, end)`` of a document's text, in Unicode code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


class Kind(StrEnum):
    """What a source is for: the filter a user knows."""

    RULE = "droit"
    SHEET = "fiche"
    CLAUSE = "clause"
    FRAMEWORK = "accord-cadre"
    TENDER = "consultation"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text comes from.

    ``id`` is the first 16 hexadecimal digits of the SHA-256 of the bytes: never a name, since two tenders both ship a ``CCAP.pdf``.
    """

    id: str
    sha256: str
    title: str
    kind: Kind
    origin: str
    collection: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page: 1-based ``number`` as a viewer shows it. Pages tile the text (formats without pages have none).

    ``has_text`` is false where the page holds no usable text layer: such a page is reported, never silently empty.
    """

    number: int
    span: Span
    has_text: bool = True


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a document: ``level`` 1 is the outermost, ``number`` as printed (``"5.2.1"``, ``"ARTICLE 5"``), or None."""

    level: int
    number: str | None
    title: str
    span: Span

    @property
    def label(self) -> str:
        """Number and title as a reader would say them."""
        return f"{self.number} {self.title}".strip() if self.number else self.title


@dataclass(frozen=True, slots=True)
class Provision:
    """One dated wording of one article of a rule, as a span of its document.

    ``valid_to`` is exclusive; None means still in force. ``number`` has neither space nor point (``L2112-4``).
    """

    span: Span
    work: str
    work_title: str
    number: str
    headings: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None


class Purchase(StrEnum):
    """What is bought, where limits differ by it."""

    WORKS = "travaux"
    SERVICES = "services"
    SUPPLIES = "fournitures"


class Severity(StrEnum):
    """How much a problem matters."""

    INFO = "information"
    WARNING = "avertissement"
    ERROR = "erreur"


@dataclass(frozen=True, slots=True)
class Problem:
    """A doubt or a defect, as a value: ``code`` for programs, ``message`` (French) for people."""

    code: str
    message: str
    span: Span | None = None
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Document:
    """A source and its one text. ``pages`` tile the text or are empty; ``headings`` and ``provisions`` are in text order."""

    source: Source
    text: str
    pages: tuple[Page, ...] = ()
    headings: tuple[Heading, ...] = ()
    provisions: tuple[Provision, ...] = ()
    problems: tuple[Problem, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()

    def pages_of(self, span: Span) -> tuple[int, int] | None:
        """First and last page number that ``span`` touches, or None for a text without pages."""
        touched = [page.number for page in self.pages if page.span.overlaps(span)]
        return (touched[0], touched[-1]) if touched else None


def in_force(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    """Whether ``day`` lies in a period; None: no bound is known, ``valid_to`` is exclusive."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day < valid_to)


@dataclass(frozen=True, slots=True)
class Passage:
    """One article or clause, or a piece of one that is too long. ``text == document.text[span]``; passages tile the document."""

    source_id: str
    span: Span
    text: str
    headings: tuple[str, ...] = ()
    work: str | None = None
    article: str | None = None
    pages: tuple[int, int] | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether this wording is in force on ``day`` (a text without dates always is)."""
        return in_force(self.valid_from, self.valid_to, day)


class Channel(StrEnum):
    """What found a hit."""

    WORDS = "words"
    VECTORS = "vectors"
    REFERENCE = "reference"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found. ``score`` grows with relevance and compares within one search only.

    ``similarity`` is the cosine (-1 to 1) of the question and the passage where vectors found it, else None; ``question_similarity`` that of the
    question and the nearest written question that leads to the passage. Both compare across searches.
    """

    rank: int
    score: float
    found_by: tuple[Channel, ...]
    source: Source
    passage: Passage
    similarity: float | None = None
    question_similarity: float | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an evidence passage: ``id`` is ``S<evidence>.<sentence>``, ``span`` lies in the document's text."""

    id: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A hit under a short marker (``S1``), cut into numbered sentences (``S1.1``, ``S1.2`` …)."""

    marker: str
    hit: Hit
    sentences: tuple[Sentence, ...]


class Verdict(StrEnum):
    """Whether a claim passed the checks against its own evidence."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words of a source: ``text == document.text[span]``, under the sentence's marker."""

    marker: str
    source: Source
    passage: Passage
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Something the answer says, with the quotes it rests on (none only where a list counts what no document says) and what the checks found."""

    text: str
    quotes: tuple[Quote, ...]
    verdict: Verdict = Verdict.VERIFIED
    problems: tuple[Problem, ...] = ()


class Position(StrEnum):
    """What the answer comes to."""

    POSSIBLE = "possible"
    CONDITIONAL = "possible_sous_conditions"
    FORBIDDEN = "interdit"
    INFORMATION = "information"
    NOT_IN_FORCE = "non_en_vigueur"
    OUT_OF_SCOPE = "hors_corpus"


class Basis(StrEnum):
    """What kind of answer it is: a case of a sheet, the buyer's own documents, the nearest texts without a position, or nothing."""

    SHEET = "fiche"
    DOCUMENT = "document"
    TEXTS = "textes"
    NONE = "aucune"


class Status(StrEnum):
    """How far the evidence carries the answer."""

    GROUNDED = "grounded"
    UNVERIFIED = "unverified"
    INSUFFICIENT = "insufficient"


@dataclass(frozen=True, slots=True)
class Risk:
    """Litigation risk: ``level`` is faible, moyen, élevé or None (not assessed), with reasons and ways of appeal."""

    level: str | None = None
    reasons: tuple[str, ...] = ()
    appeals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds since the question: search done, first extract shown, first claim shown (None if none), all done."""

    search: float
    first_extract: float | None
    first_claim: float | None
    total: float


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a fact that the question lacks: ``label`` as it is offered, ``question`` what is asked next by who chooses it."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Ask:
    """What the answer depends on and the question does not say."""

    question: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class SheetName:
    """A sheet that is only named."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """A document in a list: what it says of what is asked, and where; empty and None where it does not say."""

    source: Source
    file: str
    market: str
    value: str = ""
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """A question over many documents, computed.

    Attributes:
        asked: what each document was asked, in a reader's words.
        yes: the documents that say it, market by market.
        no: those of the markets that do not.
        untold: those of the markets of which it cannot be told: unreadable, or said in a way that does not compare.
        silent: the other documents of the markets that do.
        markets: how many markets do, do not, cannot be told.
        by_document: each document was asked by itself, and counts as a market.
    """

    asked: str
    yes: tuple[Row, ...]
    no: tuple[Row, ...]
    untold: tuple[Row, ...]
    silent: tuple[Row, ...]
    markets: tuple[int, int, int]
    by_document: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A verified answer.

    Attributes:
        question: as typed.
        as_of: the day whose law it gives.
        basis: what kind of answer it is.
        position: what it comes to; INFORMATION where ``basis`` is TEXTS or DOCUMENT, OUT_OF_SCOPE where it is NONE.
        about: what the position is taken on, in the words of the sheet's title, or None: who asks whether a foreign firm may bid must not read « interdit »
            when it is excluding it that is.
        sheet, case: ids of the case that speaks, or None; ``also_known_as`` are former ids of the sheet.
        lead: what is said of the claims before them (« Les textes les plus proches … »), or nothing.
        claims: what is said, in order.
        risk: in litigation.
        todo: what to do.
        fallbacks: what to write instead; the ways out where nothing is answered.
        ask: the fact that decides and is missing, or None.
        see_also: sheets that are only named.
        problems: doubts and defects.
        model: the language model that took part, or None.
        timings: how long it took.
        evidence: what was found.
        rows: the list, where the question is about many documents, or None.
    """

    question: str
    as_of: date
    basis: Basis
    position: Position
    status: Status
    claims: tuple[Claim, ...]
    risk: Risk
    fallbacks: tuple[str, ...]
    problems: tuple[Problem, ...]
    model: str | None
    timings: Timings
    evidence: tuple[Evidence, ...] = ()
    about: str | None = None
    lead: str = ""
    sheet: str | None = None
    case: str | None = None
    also_known_as: tuple[str, ...] = ()
    todo: tuple[str, ...] = ()
    ask: Ask | None = None
    see_also: tuple[SheetName, ...] = ()
    rows: Rows | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long task is: ``done`` of ``total`` units of ``stage`` (total None: unknown), now at ``label``."""

    stage: str
    done: int
    total: int | None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A thing that could not be processed, its reason and the way out (both French)."""

    origin: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at by ``assistant doctor``: what was found, and the one command that puts it right, empty when nothing has to be.

    What is ``optional`` widens what can be read; without it nothing is out of order.
    """

    name: str
    ok: bool
    detail: str
    cure: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """What a written question leads to: an article of a work, or a sheet and one of its cases, by their ids.

    ``refused``: what it leads to says why nothing can be answered.
    """

    work: str | None = None
    article: str | None = None
    sheet: str | None = None
    case: str | None = None
    refused: bool = False

    @property
    def reference(self) -> str:
        """The rule in few words: ``CCP R2192-10``."""
        return " ".join(part for part in (self.work, self.article) if part)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A way of asking, written by a person, that leads to its targets. It is searched, never quoted."""

    text: str
    targets: tuple[Target, ...]


class FindingSeverity(StrEnum):
    """How grave a fault found by the review is: the gravest first."""

    BLOCKING = "bloquant"
    RISK = "risque"
    ADVICE = "conseil"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault that the review found: ``quote == document.text[span]``. ``article`` is the heading that it stands under; ``message`` says why, in French."""

    rule: str
    severity: FindingSeverity
    pages: tuple[int, int] | None
    article: str | None
    span: Span
    quote: str
    message: str
    legal_basis: tuple[Target, ...]
    suggestion: str


class Task(StrEnum):
    """What a language model may be permitted to do, once measured fit for it."""

    SELECT = "select"
    WORD = "word"
    ADAPT = "adapt"
    OVERVIEW = "overview"


@dataclass(frozen=True, slots=True)
class Message:
    """One turn given to a language model. ``role`` is system, user or assistant."""

    role: str
    content: str


class Place(StrEnum):
    """The piece of a tender where a clause goes."""

    RC = "RC"
    CCTP = "CCTP"
    CCAP = "CCAP"
    AE = "AE"
    CRITERIA = "critères"
    ANNEX = "annexe"


class FieldType(StrEnum):
    """What a field of a clause holds."""

    TEXT = "texte"
    INTEGER = "entier"
    DECIMAL = "decimal"
    AMOUNT = "montant"
    PERCENTAGE = "pourcentage"
    DURATION = "duree"
    DATE = "date"
    CHOICE = "choix"
    LIST = "liste"


@dataclass(frozen=True, slots=True)
class ClauseField:
    """A value that the buyer gives. ``default`` is None where the buyer must decide; ``unit`` is written by the wording, never by the value."""

    name: str
    label: str
    type: FieldType
    unit: str | None
    default: str | None
    help: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseLevel:
    """One wording of a clause: ``level`` is 3 (strong), 2 (balanced) or 1 (minimal), ``risk`` that of this wording in litigation.

    ``wording`` is Markdown with ``{{field}}`` and ``{{article:clause}}``.
    """

    level: int
    wording: str
    risk: Risk
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelClause:
    """A clause on the shelf. ``levels`` go from strong to minimal; ``derogations`` are the CCAG articles it departs from (``CCAG-TIC art. 14.1``).

    ``needs`` are ways in which a buyer says that he needs it: they serve to find it and are never shown as its words.
    """

    source_id: str
    origin: str
    id: str
    title: str
    subject: str
    place: Place
    contracts: tuple[str, ...]
    verified_on: date
    legal_basis: tuple[Target, ...]
    fields: tuple[ClauseField, ...]
    purpose: str
    levels: tuple[ClauseLevel, ...]
    does_not_achieve: tuple[str, ...]
    companions: tuple[str, ...]
    incompatible: tuple[str, ...]
    derogations: tuple[str, ...]
    sheets: tuple[str, ...]
    sources: tuple[str, ...]
    needs: tuple[str, ...] = ()

    def at(self, level: int) -> ClauseLevel:
        """The wording of that level (1 to 3)."""
        return next(one for one in self.levels if one.level == level)


@dataclass(frozen=True, slots=True)
class PrecedentPart:
    """A sub-article of a precedent: ``span`` lies in the document's text, its own heading included."""

    id: str
    number: str | None
    title: str
    span: Span
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Precedent:
    """An article of a contract or a tender that may serve again: ``text == document.text[span]``, its heading included.

    ``id`` is ``<source id>#<number>`` (``#@<offset>`` where the number is missing or not its alone). ``headings`` are those above it, outermost first.
    ``piece`` is what ``reading.piece`` guessed, narrowed by a part of the document that names a piece, or ``annexe``. ``dated`` is the day that the document
    says of itself, None where it says none. ``subject`` is one of the subjects of model clauses, a guess, or None.
    """

    id: str
    source: Source
    number: str | None
    title: str
    headings: tuple[str, ...]
    piece: str
    dated: date | None
    pages: tuple[int, int] | None
    span: Span
    text: str
    subject: str | None
    parts: tuple[PrecedentPart, ...] = ()

    @property
    def label(self) -> str:
        """Number and title as a reader would say them."""
        return f"{self.number} {self.title}".strip() if self.number else self.title


@dataclass(frozen=True, slots=True)
class FoundClause:
    """A clause that answers a need: a model clause or a precedent, never both. ``score`` (0 to 1) compares within one search only.

    ``part`` is the sub-article of the precedent that answers best, where one does. ``copies`` are the same text elsewhere.
    """

    rank: int
    score: float
    clause: ModelClause | None = None
    precedent: Precedent | None = None
    part: PrecedentPart | None = None
    copies: tuple[Precedent, ...] = ()


@dataclass(frozen=True, slots=True)
class KitClause:
    """A clause of a kit, at the level that suits its need."""

    id: str
    level: int


@dataclass(frozen=True, slots=True)
class KitPiece:
    """A piece of a kit: its clauses in the order of the articles."""

    place: Place
    clauses: tuple[KitClause, ...]


@dataclass(frozen=True, slots=True)
class Kit:
    """Clauses that hold together for a need. A value of ``fields`` goes to every clause that has a field of that name; ``justification`` is Markdown."""

    origin: str
    id: str
    title: str
    need: str
    contracts: tuple[str, ...]
    verified_on: date
    fields: tuple[ClauseField, ...]
    pieces: tuple[KitPiece, ...]
    justification: str


class FieldOrigin(StrEnum):
    """Where the value of a field comes from."""

    GIVEN = "donné"
    DEFAULT = "par défaut"
    MISSING = "à compléter"


@dataclass(frozen=True, slots=True)
class FilledField:
    """A field where it stands in a drafted text: ``span.of(text)`` is what the reader sees of it; the wording around it says ``unit``."""

    name: str
    label: str
    origin: FieldOrigin
    span: Span
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class FilledText:
    """Markdown whose fields were filled, and where they stand in it."""

    text: str
    fields: tuple[FilledField, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftArticle:
    """A numbered article of a drafted piece. ``clause`` is None for what the program writes (the list of derogations).

    ``adapted_by`` is the language model whose changes were kept, or None. ``precedent`` is the article of an earlier contract that was taken up, or None.
    ``by_hand`` is whether the buyer edited its text: its words are then neither the clause's nor the precedent's.
    """

    number: int
    title: str
    body: FilledText
    clause: ModelClause | None = None
    level: int | None = None
    adapted_by: str | None = None
    precedent: Precedent | None = None
    by_hand: bool = False

    @property
    def id(self) -> str | None:
        """That of its clause or of its precedent; None for what the program writes."""
        return self.clause.id if self.clause else self.precedent.id if self.precedent else None


@dataclass(frozen=True, slots=True)
class DraftPiece:
    """The articles that go into one piece of the tender, in order."""

    place: Place
    articles: tuple[DraftArticle, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What was drafted. ``justification`` is the note of the kit, None without one; ``derogations`` are (clause title, CCAG article)."""

    title: str
    pieces: tuple[DraftPiece, ...]
    justification: FilledText | None
    derogations: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]

    @property
    def articles(self) -> tuple[DraftArticle, ...]:
        """Every article, in order."""
        return tuple(article for piece in self.pieces for article in piece.articles)

    @property
    def fields(self) -> tuple[FilledField, ...]:
        """Every field where it stands, the justification's last."""
        bodies = (
            *(article.body for article in self.articles),
            *((self.justification,) if self.justification else ()),
        )
        return tuple(field for body in bodies for field in body.fields)
