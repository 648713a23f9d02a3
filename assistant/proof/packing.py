"""A file of evidence as the bytes of a ZIP: stored without compression, the same bytes for the same evidence."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from assistant.article_dates import DatedArticle
from assistant.french.folding import fold_words
from assistant.proof import pages
from assistant.proof.dossier import Citation, Dossier, Nature, Wording
from assistant.proof.verifier import FORMAT, MANIFEST, SEAL, sha256

MEDIA_TYPE = "application/zip"
VERIFIERS = ("verifier.py", "verifier.html")
SAID = {Nature.ANSWER: "reponse.html", Nature.REVIEW: "controle.html", Nature.DRAFT: "projet.html"}
# Of a text's title, what the name of its file bears.
_OF_ITS_TITLE = 50
# The first day that a ZIP can write: files bear no clock.
_NO_CLOCK = (1980, 1, 1, 0, 0, 0)
_READABLE_FILE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Packed:
    """The ZIP, and the SHA-256 of its manifest: noted elsewhere, it tells this file from another one of the same form."""

    data: bytes
    fingerprint: str


def packed(dossier: Dossier) -> Packed:
    """Puts a file of evidence together."""
    names = _names(dossier.citations)
    files = {name: wording.text.encode() for wording, name in names.items()}
    files |= {name: resources.files(__package__).joinpath(name).read_bytes() for name in VERIFIERS}
    files[SAID[dossier.nature]] = pages.said(dossier, names).encode()
    files["LISEZ-MOI.txt"] = pages.read_me(dossier, SAID[dossier.nature]).encode()
    manifest = json.dumps(_manifest(dossier, names, files), ensure_ascii=False, indent=1).encode()
    fingerprint = sha256(manifest)
    return Packed(
        _zip(files | {MANIFEST: manifest, SEAL: f"{fingerprint}  {MANIFEST}\n".encode()}), fingerprint
    )


def _names(citations: Sequence[Citation]) -> dict[Wording, str]:
    """The name of the file of each wording, in the order in which they are quoted."""
    several = dict.fromkeys(citation.wording for citation in citations)
    return {
        wording: f"textes/{number:03}-{_plain(wording.title)}.txt"
        for number, wording in enumerate(several, 1)
    }


def _plain(title: str) -> str:
    """Letters, digits and hyphens, as every system takes them."""
    words = "".join(
        character if character.isascii() and character.isalnum() else " " for character in fold_words(title)
    ).split()
    return "-".join(words)[:_OF_ITS_TITLE].strip("-") or "texte"


def _manifest(dossier: Dossier, names: Mapping[Wording, str], files: Mapping[str, bytes]) -> dict[str, Any]:
    versions = dossier.versions
    return {
        "format": FORMAT,
        "nature": dossier.nature.value,
        "demande": [list(pair) for pair in dossier.asked],
        "droit_au": dossier.law_day.isoformat(),
        "fait_le": dossier.made_on.isoformat(),
        "dit": SAID[dossier.nature],
        "versions": {
            "programme": versions.program,
            "programme_sha256": versions.program_sha256,
            "corpus_sha256": versions.corpus_sha256,
            "modele_de_langage": versions.model,
        },
        "textes": [_text(wording, name) for wording, name in names.items()],
        "citations": [
            _citation(number, one, names[one.wording]) for number, one in enumerate(dossier.citations, 1)
        ],
        "sans_texte": [_unread(row) for row in dossier.unread],
        "fichiers": {name: sha256(files[name]) for name in sorted(files)},
    }


def _text(wording: Wording, name: str) -> dict[str, Any]:
    return {
        "fichier": name,
        "sha256": sha256(wording.text.encode()),
        "caracteres": len(wording.text),
        "titre": wording.title,
        "nature": wording.kind,
        "texte": wording.work,
        "article": wording.article,
        **_days(wording),
        "adresse": wording.address,
        "source_sha256": wording.source_sha256,
        "debut_dans_la_source": wording.start,
    }


def _citation(number: int, citation: Citation, name: str) -> dict[str, Any]:
    return {
        "numero": number,
        "repere": citation.marker,
        "pour": citation.reason,
        "fichier": name,
        "debut": citation.span.start,
        "fin": citation.span.end,
        "mots": citation.words,
        "sha256": sha256(citation.words.encode()),
        **_days(citation.wording),
    }


def _unread(row: DatedArticle) -> dict[str, Any]:
    return {"texte": row.work, "article": row.article, **_days(row), "note": row.note}


def _days(dated: Wording | DatedArticle) -> dict[str, str | None]:
    return {"en_vigueur_du": _day(dated.valid_from), "en_vigueur_jusqu_au": _day(dated.valid_to)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _zip(files: Mapping[str, bytes]) -> bytes:
    """The files, what a reader opens first at the top."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files, key=lambda name: ("/" in name, name)):
            entry = zipfile.ZipInfo(name, _NO_CLOCK)
            entry.create_system, entry.external_attr = 3, _READABLE_FILE
            archive.writestr(entry, files[name])
    return written.getvalue()
