"""Vérifie un dossier de preuve : chaque empreinte, chaque citation à sa place dans son texte. Python 3.9 ou plus récent, rien d'autre, aucun réseau.

    python verifier.py                            le dossier décompressé où se trouve ce fichier
    python verifier.py DOSSIER.zip                un ZIP, ou un dossier décompressé
    python verifier.py DOSSIER.zip --empreinte …  et compare l'empreinte à celle que l'on a notée ailleurs

Rend 0 si tout est conforme, 1 sinon. LISEZ-MOI.txt dit ce que cela prouve et ce que cela ne prouve pas.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

FORMAT = "dossier de preuve 1"
MANIFEST, SEAL = "preuve.json", "empreinte.txt"
NATURES = ("réponse", "contrôle", "projet")
# A file of evidence takes some hundred kilobytes; a ZIP that swells beyond this is a trap.
MOST_BYTES = 1 << 30

# What each part of the manifest holds. A mark after a name: ``?`` may be null.
_DOSSIER = {
    "format": "texte", "nature": "texte", "demande": "liste", "droit_au": "date", "fait_le": "date", "dit": "texte", "versions": "objet", "textes": "liste",
    "citations": "liste", "sans_texte": "liste", "fichiers": "objet",
}  # fmt: skip
_TEXT = {
    "fichier": "texte", "sha256": "sha256", "caracteres": "entier", "titre": "texte", "nature": "texte", "texte": "texte?", "article": "texte?",
    "en_vigueur_du": "date?", "en_vigueur_jusqu_au": "date?", "adresse": "texte?", "source_sha256": "texte", "debut_dans_la_source": "entier?",
}  # fmt: skip
_CITATION = {
    "numero": "entier", "repere": "texte", "pour": "texte", "fichier": "texte", "debut": "entier", "fin": "entier", "mots": "texte", "sha256": "sha256",
    "en_vigueur_du": "date?", "en_vigueur_jusqu_au": "date?",
}  # fmt: skip
_UNREAD = {
    "texte": "texte",
    "article": "texte",
    "en_vigueur_du": "date?",
    "en_vigueur_jusqu_au": "date?",
    "note": "texte",
}
_DATE, _SHA256 = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"[0-9a-f]{64}")
_KINDS = {
    "texte": lambda value: isinstance(value, str),
    "entier": lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
    "date": lambda value: isinstance(value, str) and _DATE.fullmatch(value) is not None,
    "sha256": lambda value: isinstance(value, str) and _SHA256.fullmatch(value) is not None,
    "liste": lambda value: isinstance(value, list),
    "objet": lambda value: isinstance(value, dict),
}


class Report(NamedTuple):
    """What was found: the fingerprint of the file, a line a quote, and what is wrong. Nothing wrong: ``faults`` is empty."""

    fingerprint: str
    quotes: list[str]
    faults: list[str]


class Refusal(Exception):  # noqa: N818 - a word, not an error of the program
    """What was given is no file of evidence, or cannot be read."""


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


# ---- reading ------------------------------------------------------------------------------------------------------------------------


def read(path: Path) -> dict[str, bytes]:
    """The files of a folder or a ZIP, by their names from where the manifest lies.

    Raises:
        Refusal: nothing is there, it is damaged, or a name stands twice.
    """
    if path.is_dir():
        return _rooted(_folder(path))
    if not path.is_file():
        raise Refusal(f"« {path} » n'existe pas")
    try:
        with zipfile.ZipFile(path) as archive:
            return _rooted(_members(archive))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise Refusal(f"le ZIP est abîmé ou ne se lit pas ({error})") from error


def _folder(path: Path) -> dict[str, bytes]:
    found = {}
    for folder, _, names in os.walk(path):
        for name in names:
            file = Path(folder) / name
            found[file.relative_to(path).as_posix()] = file.read_bytes()
    return found


def _members(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    names = [member.filename for member in members]
    for name in names:
        if names.count(name) > 1:
            raise Refusal(f"« {name} » figure deux fois dans le ZIP")
    if sum(member.file_size for member in members) > MOST_BYTES:
        raise Refusal("le ZIP est démesuré")
    return {member.filename: archive.read(member) for member in members}


def _rooted(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files named from the folder that holds the manifest: many programs put a folder around what they unpack."""
    folders = [name[: -len(MANIFEST)] for name in files if name == MANIFEST or name.endswith("/" + MANIFEST)]
    if len(folders) != 1:
        return files
    return {name.removeprefix(folders[0]): data for name, data in files.items()}


# ---- checking -----------------------------------------------------------------------------------------------------------------------


def examine(files: dict[str, bytes], expected: str = "") -> Report:
    """Checks a file of evidence.

    Args:
        files: its files by name.
        expected: the fingerprint noted elsewhere; empty: none is compared.
    """
    fingerprint = sha256(files.get(MANIFEST, b""))
    faults = list(_seal(files, fingerprint, expected))
    manifest = _manifest(files)
    wrong = list(_shape(manifest)) if isinstance(manifest, dict) else ["preuve.json ne se lit pas"]
    if wrong or not isinstance(manifest, dict):
        return Report(fingerprint, [], faults + wrong)
    texts = _texts(files, manifest)
    faults += [*_files(files, manifest), *_wordings(texts, manifest)]
    quotes = []
    for number, quote in enumerate(manifest["citations"], 1):
        found = list(_quote(number, quote, texts, manifest))
        quotes.append(_line(quote, found))
        faults += [f"citation {number} : {fault}" for fault in found]
    return Report(fingerprint, quotes, faults)


def _seal(files: dict[str, bytes], fingerprint: str, expected: str) -> Iterator[str]:
    if MANIFEST not in files:
        yield "preuve.json manque"
    if files.get(SEAL) != f"{fingerprint}  {MANIFEST}\n".encode():
        yield "empreinte.txt ne donne pas l'empreinte de preuve.json : l'un des deux a été changé"
    if expected and expected.strip().lower() != fingerprint:
        yield "l'empreinte du dossier n'est pas celle que vous avez notée ailleurs"


def _manifest(files: dict[str, bytes]) -> Any:
    try:
        return json.loads(files.get(MANIFEST, b"").decode("utf-8"))
    except (ValueError, RecursionError):
        return None


def _shape(manifest: dict[str, Any]) -> Iterator[str]:
    """What of the manifest is missing, unknown or not of its kind."""
    yield from _fields("le manifeste", manifest, _DOSSIER)
    for part, fields in (("textes", _TEXT), ("citations", _CITATION), ("sans_texte", _UNREAD)):
        entries = manifest.get(part)
        for number, entry in enumerate(entries if isinstance(entries, list) else [], 1):
            yield from _fields(f"« {part} » {number}", entry, fields)
    if manifest.get("format") != FORMAT:
        yield f"le format n'est pas « {FORMAT} »"
    if manifest.get("nature") not in NATURES:
        yield "la nature du dossier est inconnue"


def _fields(where: str, value: Any, fields: dict[str, str]) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where} n'est pas un objet"
        return
    for name, kind in fields.items():
        may_be_null = kind.endswith("?") and name in value and value[name] is None
        if not may_be_null and not _KINDS[kind.rstrip("?")](value.get(name)):
            yield f"{where} : « {name} » manque ou n'est pas de la forme attendue"
    yield from (f"{where} : « {name} » est de trop" for name in sorted(value) if name not in fields)


def _files(files: dict[str, bytes], manifest: dict[str, Any]) -> Iterator[str]:
    """Whether the files are those of the manifest, to the byte."""
    listed = manifest["fichiers"]
    for name in sorted(listed):
        if name not in files:
            yield f"le fichier « {name} » manque"
        elif sha256(files[name]) != listed[name]:
            yield f"le fichier « {name} » a été changé : son empreinte n'est pas celle du manifeste"
    yield from (
        f"le fichier « {name} » est en trop"
        for name in sorted(files)
        if name not in listed and name not in (MANIFEST, SEAL)
    )
    if manifest["dit"] not in listed:
        yield "ce qui a été dit n'est pas parmi les fichiers"


def _texts(files: dict[str, bytes], manifest: dict[str, Any]) -> dict[str, str]:
    """The texts that can be read, by the names of their files."""
    found = {}
    for text in manifest["textes"]:
        try:
            found[text["fichier"]] = files[text["fichier"]].decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            continue
    return found


def _wordings(texts: dict[str, str], manifest: dict[str, Any]) -> Iterator[str]:
    """Whether what the manifest says of each text holds, and each is quoted."""
    quoted = {quote["fichier"] for quote in manifest["citations"]}
    names = [text["fichier"] for text in manifest["textes"]]
    for text in manifest["textes"]:
        name, start, end = text["fichier"], text["en_vigueur_du"], text["en_vigueur_jusqu_au"]
        if name not in texts:
            yield f"le texte « {name} » manque ou n'est pas de l'UTF-8"
        elif len(texts[name]) != text["caracteres"] or sha256(texts[name].encode("utf-8")) != text["sha256"]:
            yield f"le texte « {name} » n'est pas celui du manifeste"
        if manifest["fichiers"].get(name) != text["sha256"]:
            yield f"le texte « {name} » a deux empreintes dans le manifeste"
        if start and end and end < start:
            yield f"le texte « {name} » finit avant de commencer"
        if names.count(name) > 1 or name not in quoted:
            yield f"le texte « {name} » n'est pas cité, ou figure deux fois"


def _quote(
    number: int, quote: dict[str, Any], texts: dict[str, str], manifest: dict[str, Any]
) -> Iterator[str]:
    """Whether a quote has its words at its place, its hash, and the days of its text."""
    if quote["numero"] != number:
        yield "son numéro n'est pas le sien"
    if sha256(quote["mots"].encode("utf-8", "replace")) != quote["sha256"]:
        yield "son empreinte n'est pas celle de ses mots"
    text = next((one for one in manifest["textes"] if one["fichier"] == quote["fichier"]), None)
    if text is None or quote["fichier"] not in texts:
        yield "son texte n'est pas joint"
        return
    if (
        not quote["mots"]
        or not quote["debut"] < quote["fin"]
        or texts[quote["fichier"]][quote["debut"] : quote["fin"]] != quote["mots"]
    ):
        yield "ses mots ne sont pas à cette place dans son texte"
    if any(quote[name] != text[name] for name in ("en_vigueur_du", "en_vigueur_jusqu_au")):
        yield "ses dates ne sont pas celles de son texte"


def _line(quote: dict[str, Any], found: list[str]) -> str:
    place = f"citation {quote['numero']} ({quote['repere']}), caractères {quote['debut']} à {quote['fin']} de {quote['fichier']}{_days(quote)}"
    return f"FAUX : {place} : {' ; '.join(found)}" if found else f"conforme : {place}"


def _days(quote: dict[str, Any]) -> str:
    start, end = quote["en_vigueur_du"], quote["en_vigueur_jusqu_au"]
    return (f", en vigueur du {start}" if start else "") + (f", jusqu'au {end} (exclu)" if end else "")


# ---- telling ------------------------------------------------------------------------------------------------------------------------


def told(report: Report) -> str:
    """A report in its reader's words."""
    count = len(report.quotes)
    if report.faults:
        verdict = [f"LE DOSSIER N'EST PAS CONFORME : {len(report.faults)} défaut(s)."]
    else:
        verdict = [f"LE DOSSIER EST CONFORME : {count} citation(s), chacune à sa place dans son texte."]
    faults = [f"  - {fault}" for fault in report.faults]
    return "\n".join(
        [
            *report.quotes,
            *([""] if count else []),
            *verdict,
            *faults,
            f"Empreinte du dossier : {report.fingerprint}",
        ]
    )


def main(arguments: list[str]) -> int:
    """Reads the command line, checks, tells; returns the exit status."""
    expected = ""
    if "--empreinte" in arguments:
        at = arguments.index("--empreinte")
        expected = "".join(arguments[at + 1 : at + 2]) or "?"
        arguments = arguments[:at] + arguments[at + 2 :]
    try:
        report = examine(read(Path(arguments[0] if arguments else Path(__file__).parent)), expected)
    except (Refusal, OSError) as refusal:
        report = Report("inconnue", [], [str(refusal)])
    sys.stdout.write(told(report) + "\n")
    return 1 if report.faults else 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
