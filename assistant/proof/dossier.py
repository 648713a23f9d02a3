"""What a file of evidence holds, whatever it was made from."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.article_dates import DatedArticle
from assistant.datatypes import Span


class Nature(StrEnum):
    """What the evidence is about."""

    ANSWER = "réponse"
    REVIEW = "contrôle"
    DRAFT = "projet"


@dataclass(frozen=True, slots=True)
class Wording:
    """A text that is quoted, whole.

    Attributes:
        title: its name, in a reader's words.
        kind: what it is for (``Kind``).
        text: its words.
        source_sha256: the SHA-256 of the file that it was read from; the first 16 digits where no more is known.
        start: where it begins in the text of that file, in code points; None where it is not known.
        work, article: of a rule.
        valid_from, valid_to: the days it is in force, ``valid_to`` exclusive; None: no bound is known.
        address: where it is published, or None.
    """

    title: str
    kind: str
    text: str
    source_sha256: str
    start: int | None = None
    work: str | None = None
    article: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a wording: ``span`` lies in ``wording.text``. ``marker`` is how what was said names them, ``reason`` what they are quoted for."""

    wording: Wording
    span: Span
    marker: str
    reason: str

    @property
    def words(self) -> str:
        """The words themselves."""
        return self.span.of(self.wording.text)


@dataclass(frozen=True, slots=True)
class Versions:
    """What made the answer: the program, its files and the corpus by SHA-256, the language model that took part, or None."""

    program: str
    program_sha256: str
    corpus_sha256: str
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that goes into the file.

    Attributes:
        nature: what it is about.
        asked: what was asked, as labels and values.
        law_day: the day whose law was read.
        made_on: the day the file was made.
        said: what was said, as Markdown.
        citations: every quote, in the order of what was said.
        unread: the rules it rests on whose text is not indexed.
        versions: what made it.
    """

    nature: Nature
    asked: tuple[tuple[str, str], ...]
    law_day: date
    made_on: date
    said: str
    citations: tuple[Citation, ...]
    unread: tuple[DatedArticle, ...]
    versions: Versions
