"""A document as the index stores it: its passages, its written questions, and the text that each gives to the embedding."""

import hashlib
from dataclasses import replace

from assistant import passages, questions, sheets
from assistant.datatypes import AskedQuestion, Document, Kind, Passage
from assistant.index.store import Entry
from assistant.reading.formats import Format
from assistant.reading.sheet import sheet_of

# Texts embedded between two commits. A stopped run loses at most one batch; a batch takes two to five seconds on two cores, which is how often progress moves.
BATCH = 128
QUESTIONS_MEDIA_TYPE = "application/x-questions"

# Characters of the heading trail given to the embedding model, nearest headings first: the trail must not crowd out the text.
TRAIL_CHARACTERS = 300


def with_kind(document: Document) -> Document:
    """Dated rules are rules and sheets are sheets wherever they lie: their content says so."""
    if document.provisions:
        return replace(document, source=replace(document.source, kind=Kind.RULE))
    if document.source.media_type == Format.SHEET:
        return replace(document, source=replace(document.source, kind=Kind.SHEET))
    return document


def questions_of(document: Document) -> tuple[AskedQuestion, ...]:
    """The questions written in a file of them, or in a sheet."""
    if document.source.media_type == QUESTIONS_MEDIA_TYPE:
        return questions.parse(document.text, document.source.origin)
    if document.source.media_type == Format.SHEET:
        return sheets.questions(sheet_of(document))
    return ()


def entry_of(document: Document, pieces: tuple[Passage, ...], questions: tuple[AskedQuestion, ...]) -> Entry:
    """A document with its passages and questions, each with the key of its text."""
    title = document.source.title
    return Entry(
        document=document,
        passages=pieces,
        passage_keys=tuple(_key("passage", embedded_text(passage, title)) for passage in pieces),
        questions=questions,
        question_keys=tuple(_key("query", question.text) for question in questions),
    )


def embedded_text(passage: Passage, title: str) -> str:
    """What the embedding model reads of a passage: the nearest headings, the article, the text."""
    trail = ""
    for heading in reversed(passage.headings or (title,)):
        if len(trail) + len(heading) > TRAIL_CHARACTERS:
            break
        trail = f"{heading} > {trail}" if trail else heading
    label = f" > Article {passage.article}" if passage.article else ""
    return f"{trail}{label}\n{passage.text.strip()}"


def _key(role: str, text: str) -> bytes:
    return hashlib.sha256(f"{role}\0{text}".encode()).digest()


def texts_of(entry: Entry) -> dict[bytes, tuple[str, str]]:
    """Key → (role, text) of everything to embed, each text once."""
    title = entry.document.source.title
    texts = {
        key: ("passage", embedded_text(passage, title))
        for key, passage in zip(entry.passage_keys, entry.passages, strict=True)
    }
    return texts | {
        key: ("query", question.text)
        for key, question in zip(entry.question_keys, entry.questions, strict=True)
    }


def passage_texts(document: Document) -> tuple[str, ...]:
    """What the embedding reads of the passages that ``document`` is cut into, each text once, of like length one beside the other."""
    document = with_kind(document)
    if document.source.media_type == QUESTIONS_MEDIA_TYPE:
        return ()
    title = document.source.title
    return tuple(
        sorted(
            {embedded_text(passage, title) for passage in passages.split(document)},
            key=lambda text: (len(text), text),
        )
    )
