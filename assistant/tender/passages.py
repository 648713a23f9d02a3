"""The sentences of a tender as the trained reader of fields is given them, and what each says.

A row of two cells is a label and its value, whatever the house calls it (« 9 | Mini HT (total) | 18 000,00 »); the first words
of a paragraph may name all of it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.french.folding import fold
from assistant.tender.view import Sentence, View, clean

if TYPE_CHECKING:
    from assistant.reader.fields import Reading, Subject

# Sheets print the number of the row before it, and a cross after.
_ROW_NUMBER = re.compile(r"\d+[ .]+(?=\D)")
_NUMBERING, _CROSSES, _CELLS = "0123456789. –-)", ("x", "X"), 2
_LONGEST_LABEL, _SHORTEST_NAME, _LONGEST_NAME = 60, 4, 30
# A unit may stand in the label of its number.
_UNITS = frozenset(("mois", "an", "ans", "annees", "semaines", "jours", "ht", "euros", "€"))


def passages(view: View, sentences: Sequence[Sentence]) -> list[str]:
    """Each as the reader was taught to read it: a row as « label : value », any other after the title above it."""
    from assistant.reader.fields import passage  # what has no reader starts without it

    found = []
    for one in sentences:
        words = one.span.of(view.document.text)
        if row := row_of(words):
            found.append(passage(view.piece, "", " : ".join(row)))
        else:
            found.append(passage(view.piece, _name_of_paragraph(view, one) or one.section.title, words))
    return found


def read_surely(
    view: View, sentences: Sequence[Sentence], texts: Sequence[str], read: "Reading"
) -> list["Subject"]:
    """What each speaks of, read as its text (``passages``); a row more surely where its label asks for the same field."""
    from assistant.reader.fields import question

    subjects = read(texts)
    rows = {at: row for at, one in enumerate(sentences) if (row := row_of(one.span.of(view.document.text)))}
    asked = read([question(f"{label} ?") for label, _ in rows.values()]) if rows else []
    for at, label in zip(rows, asked, strict=True):
        own = subjects[at]
        if label.field == own.field and label.none < own.none:
            fields = {name: (share + label.fields[name]) / 2 for name, share in own.fields.items()}
            subjects[at] = replace(own, fields=fields, none=(own.none + label.none) / 2)
    return subjects


def said(view: View, sentence: Sentence) -> str:
    """The folded words; of a row whose label has its unit, with the unit after the value: « Durée (mois) | 36 » says 36 months."""
    row = row_of(sentence.span.of(view.document.text))
    if row is None:
        return sentence.text
    label, value = map(fold, row)
    units = [word for word in label.replace("(", " ").replace(")", " ").split() if word in _UNITS]
    return " ; ".join((label, *(f"{value} {unit}" for unit in units))) if units else sentence.text


def value_of(view: View, sentence: Sentence) -> str:
    """The sentence; of a row what stands beside its label, which tells what a bare number is."""
    words = sentence.span.of(view.document.text)
    row = row_of(words)
    if row is None:
        return clean(words)
    return clean(row[1] if any(map(str.isalpha, row[1])) else " : ".join(row))


def row_of(words: str) -> tuple[str, str] | None:
    """The label and the value of a row that has no other cell."""
    cells = [cell.strip() for cell in words.strip(" |").split("|")]
    if len(cells) > _CELLS and cells[-1] in _CROSSES:
        cells.pop()
    if len(cells) > _CELLS and cells[0].isdigit():
        cells.pop(0)
    if len(cells) != _CELLS or not all(cells):
        return None
    number = _ROW_NUMBER.match(cells[0])
    label, value = cells[0][number.end() if number else 0 :], cells[1]
    # « C Espaces verts | … » is the row of a lot.
    return (label, value) if len(label) <= _LONGEST_LABEL and label[1:2] != " " else None


def _name_of_paragraph(view: View, sentence: Sentence) -> str:
    """« Avance » for the rest of « Avance. À votre demande, 15 %. », where a sentence has no label of its own."""
    words, start = view.document.text, sentence.span.start
    if " : " in words[start : min(sentence.span.end, start + _LONGEST_LABEL)]:
        return ""
    before = words[view.line_at(start).start : start].lstrip(_NUMBERING)
    name, point, _ = before.partition(". ")
    named = point and _SHORTEST_NAME <= len(name) <= _LONGEST_NAME and name[0].isupper()
    return name if named and not any(sign in name for sign in ".:;,|") else ""
