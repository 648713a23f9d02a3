"""Sentences of the legal sheets, each with its sheet, its articles and how sure it is: what this room says of the law, it quotes from here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from assistant import sheets
from assistant.errors import CorpusError
from assistant.shipped import CORPUS

_FOLDER = CORPUS / "droit"
# A sheet takes 0.4 s in Python, a tenth of it in C.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a sheet, word for word.

    Attributes:
        sheet: the id of the sheet.
        title: its title.
        text: the sentence.
        articles: what it rests on; empty where the sheet itself is the only evidence.
        verified_on: when the sheet was last verified.
        certainty: the weakest source of the sheet.
        status: of the sheet: en_vigueur, projet, incertain, abrogé.
    """

    sheet: str
    title: str
    text: str
    articles: tuple[str, ...]
    verified_on: date
    certainty: str
    status: str

    @property
    def where(self) -> str:
        """What it rests on, as a reader is told: its articles, else its sheet."""
        return f"d'après {', '.join(self.articles)}" if self.articles else f"fiche « {self.title} »"

    @property
    def said(self) -> str:
        """The sentence with what it rests on; without quotation marks, since it says an article in its own words."""
        return f"{self.text} ({self.where} ; fiche « {self.sheet} », vérifiée le {self.verified_on:%d/%m/%Y})"


@cache
def sentence(reference: str) -> Sentence:
    """The sentence that ``sheet/statement`` names.

    Raises:
        CorpusError: there is no such sheet or no such statement.
    """
    name, _, key = reference.partition("/")
    sheet, keys = _sheet(name)
    text = keys.get(key)
    found = next((one for one in sheet.statements if one.text == text), None)
    if text is None or found is None:
        raise CorpusError(
            f"La fiche « {name} » ne dit rien sous « {key} ».",
            "Corrigez la référence dans les fichiers de assistant/sourcing.",
        )
    articles = tuple(target.reference for target in found.rests_on)
    return Sentence(
        sheet.id, sheet.title, found.text, articles, sheet.verified_on, sheet.certainty, sheet.status
    )


def sentences(references: Sequence[str]) -> tuple[Sentence, ...]:
    """Several, in their order, each once."""
    return tuple(sentence(reference) for reference in dict.fromkeys(references))


@cache
def _sheet(name: str) -> tuple[sheets.LegalSheet, dict[str, str]]:
    path: Path = _FOLDER / f"{name}.yaml"
    if not path.is_file():
        raise CorpusError(
            f"Il n'y a pas de fiche « {name} ».",
            "Corrigez la référence dans les fichiers de assistant/sourcing.",
        )
    text = path.read_text(encoding="utf-8")
    said = yaml.load(text, _LOADER)["statements"]  # noqa: S506 - a safe loader, the one in C where there is one
    return sheets.parse(text, path.name), {key: one["text"] for key, one in said.items()}
