"""Fifty ways of tampering with a file of evidence, from the careless to who remakes hashes. Each gives the files changed, or None where it does not apply."""

import copy
import json
from collections.abc import Callable
from typing import Any

from assistant.proof.verifier import MANIFEST, SEAL, sha256

Files = dict[str, bytes]
Way = Callable[[Files], Files | None]


def manifest_of(files: Files) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files[MANIFEST])
    return found


def sealed(files: Files, manifest: dict[str, Any]) -> Files:
    """The files with another manifest and the fingerprint remade."""
    data = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    return files | {MANIFEST: data, SEAL: f"{sha256(data)}  {MANIFEST}\n".encode()}


def text_name(files: Files) -> str | None:
    return next((name for name in sorted(files) if name.startswith("textes/")), None)


# ---- files ----------------------------------------------------------------------------------------------------------------------------


def of_text(change: Callable[[str], str | bytes]) -> Way:
    def way(files: Files) -> Files | None:
        name = text_name(files)
        if name is None:
            return None
        changed = change(files[name].decode())
        return files | {name: changed if isinstance(changed, bytes) else changed.encode()}

    return way


def of_file(name: str, change: Callable[[bytes], bytes]) -> Way:
    return lambda files: files | {name: change(files[name])}


def without(name: str) -> Way:
    return lambda files: {one: data for one, data in files.items() if one != name}


def with_file(name: str, data: bytes) -> Way:
    return lambda files: files | {name: data}


def texts_exchanged(files: Files) -> Files | None:
    names = [name for name in sorted(files) if name.startswith("textes/")]
    return files | {names[0]: files[names[1]], names[1]: files[names[0]]} if len(names) > 1 else None


def text_removed(files: Files) -> Files | None:
    name = text_name(files)
    return without(name)(files) if name else None


def text_renamed(files: Files) -> Files | None:
    name = text_name(files)
    return without(name)(files) | {f"{name}.bak": files[name]} if name else None  # type: ignore[operator]


def said_changed(files: Files) -> Files:
    return (
        of_file(
            manifest_of(files)["dit"], lambda data: data.replace(b"</section>", b"<p>Interdit.</p></section>")
        )(files)
        or {}
    )


def said_removed(files: Files) -> Files | None:
    return without(manifest_of(files)["dit"])(files)


def other_letter(text: str, at: int) -> str:
    return text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]


# ---- the manifest ---------------------------------------------------------------------------------------------------------------------


def of_manifest(change: Callable[[dict[str, Any]], object], *, seal: bool = True, needs: str = "") -> Way:
    """A change of the manifest; ``seal``: the fingerprint is remade after it. ``needs``: a part that must not be empty."""

    def way(files: Files) -> Files | None:
        manifest = manifest_of(files)
        if needs and not manifest[needs]:
            return None
        before = copy.deepcopy(manifest)
        change(manifest)
        if manifest == before:
            return None
        return (
            sealed(files, manifest)
            if seal
            else files | {MANIFEST: json.dumps(manifest, ensure_ascii=False, indent=1).encode()}
        )

    return way


def of_quote(change: Callable[[dict[str, Any]], object], *, seal: bool = True) -> Way:
    return of_manifest(lambda manifest: change(manifest["citations"][0]), seal=seal, needs="citations")


def of_entry(change: Callable[[dict[str, Any]], object], *, seal: bool = True) -> Way:
    return of_manifest(lambda manifest: change(manifest["textes"][0]), seal=seal, needs="textes")


def words_and_hash(quote: dict[str, Any]) -> None:
    quote["mots"] = other_letter(quote["mots"], 0)
    quote["sha256"] = sha256(quote["mots"].encode())


def shifted(quote: dict[str, Any]) -> None:
    quote["debut"] += 1
    quote["fin"] += 1


def swapped(entries: dict[str, Any] | list[dict[str, Any]], first: Any, second: Any, key: str = "") -> None:
    if key:
        entries[first][key], entries[second][key] = entries[second][key], entries[first][key]
    else:
        entries[first], entries[second] = entries[second], entries[first]


def file_hashes_swapped(manifest: dict[str, Any]) -> None:
    swapped(manifest["fichiers"], *sorted(manifest["fichiers"])[:2])


def quote_hashes_swapped(manifest: dict[str, Any]) -> None:
    if len(manifest["citations"]) > 1:
        swapped(manifest["citations"], 0, -1, "sha256")


def quotes_exchanged(manifest: dict[str, Any]) -> None:
    if len(manifest["citations"]) > 1:
        swapped(manifest["citations"], 0, -1)


def quote_of_another_text(manifest: dict[str, Any]) -> None:
    names = [text["fichier"] for text in manifest["textes"]]
    if len(names) > 1:
        quote = manifest["citations"][0]
        quote["fichier"] = next(name for name in names if name != quote["fichier"])


def text_remade(within: bool) -> Way:
    """A letter of a text changed and every hash of the text remade, the fingerprint too; ``within`` the first quote, else its length told wrong."""

    def way(files: Files) -> Files | None:
        manifest = manifest_of(files)
        if not manifest["citations"]:
            return None
        quote = manifest["citations"][0]
        entry = next(text for text in manifest["textes"] if text["fichier"] == quote["fichier"])
        text = files[entry["fichier"]].decode()
        changed = other_letter(text, quote["debut"]) if within else text + "x"
        entry["sha256"] = manifest["fichiers"][entry["fichier"]] = sha256(changed.encode())
        return sealed(files | {entry["fichier"]: changed.encode()}, manifest)

    return way


def text_half_remade(files: Files) -> Files | None:
    """A letter of a text changed, its hash remade among the files only."""
    manifest, name = manifest_of(files), text_name(files)
    if name is None:
        return None
    changed = files[name] + b"x"
    manifest["fichiers"][name] = sha256(changed)
    return sealed(files | {name: changed}, manifest)


def file_slipped_out(files: Files) -> Files | None:
    """A text removed from the folder and from the list of files."""
    manifest, name = manifest_of(files), text_name(files)
    if name is None:
        return None
    del manifest["fichiers"][name]
    return sealed(without(name)(files) or {}, manifest)


WAYS: dict[str, Way] = {
    "a letter of a text": of_text(lambda text: other_letter(text, len(text) // 2)),
    "the last letter of a text gone": of_text(lambda text: text[:-1]),
    "a letter after a text": of_text(lambda text: text + "."),
    "two letters of a text exchanged": of_text(
        lambda text: text[1] + text[0] + text[2:] if text[0] != text[1] else text[::-1]
    ),
    "a space of a text doubled": of_text(lambda text: text.replace(" ", "  ", 1)),
    "the line ends of another system": of_text(lambda text: (text + "\n").replace("\n", "\r\n")),
    "a mark before a text": of_text(lambda text: "\ufeff" + text),
    "a text emptied": of_text(lambda _: ""),
    "a text in another encoding": of_text(lambda text: (text + "é").encode("latin-1", "replace")),
    "an accent written in two characters": of_text(lambda text: text + "e\u0301"),
    "two texts exchanged": texts_exchanged,
    "a text removed": text_removed,
    "a text renamed": text_renamed,
    "a file added": with_file("note.txt", b"lu et approuve"),
    "a text added": with_file("textes/999-ajout.txt", b"Le titulaire est exempte."),
    "the note changed": of_file("LISEZ-MOI.txt", lambda data: data + b"."),
    "the note removed": without("LISEZ-MOI.txt"),
    "what was said changed": said_changed,
    "what was said removed": said_removed,
    "the verifier changed": of_file("verifier.py", lambda data: data.replace(b"return 1", b"return 0")),
    "the page of the verifier removed": without("verifier.html"),
    "the fingerprint removed": without(SEAL),
    "a digit of the fingerprint": of_file(SEAL, lambda data: (b"0" if data[:1] != b"0" else b"1") + data[1:]),
    "the fingerprint emptied": of_file(SEAL, lambda _: b""),
    "the manifest removed": without(MANIFEST),
    "the manifest cut": of_file(MANIFEST, lambda data: data[: len(data) // 2]),
    "the manifest laid out anew": of_file(MANIFEST, lambda data: json.dumps(json.loads(data)).encode()),
    "a letter of a quote": of_quote(
        lambda quote: quote.update(mots=other_letter(quote["mots"], 0)), seal=False
    ),
    "the start of a quote": of_quote(lambda quote: quote.update(debut=quote["debut"] + 1), seal=False),
    "a date of a quote": of_quote(lambda quote: quote.update(en_vigueur_du="1999-01-01"), seal=False),
    "a date of a text": of_entry(lambda text: text.update(en_vigueur_jusqu_au="2099-01-01"), seal=False),
    "the question": of_manifest(
        lambda manifest: manifest["demande"][0].__setitem__(1, "Autre chose"), seal=False
    ),
    "the day of the law": of_manifest(lambda manifest: manifest.update(droit_au="2020-01-01"), seal=False),
    "the day it was made": of_manifest(lambda manifest: manifest.update(fait_le="2020-01-01"), seal=False),
    "the version": of_manifest(lambda manifest: manifest["versions"].update(programme="9.9"), seal=False),
    "the address of a text": of_entry(
        lambda text: text.update(adresse="https://exemple.invalid/"), seal=False
    ),
    "a quote struck out": of_manifest(
        lambda manifest: manifest["citations"].pop(), seal=False, needs="citations"
    ),
    "a letter of a quote, sealed": of_quote(lambda quote: quote.update(mots=other_letter(quote["mots"], 0))),
    "a letter of a quote and its hash, sealed": of_quote(words_and_hash),
    "the end of a quote, sealed": of_quote(lambda quote: quote.update(fin=quote["fin"] - 1)),
    "a quote shifted, sealed": of_quote(shifted),
    "the start of a quote as words, sealed": of_quote(lambda quote: quote.update(debut=str(quote["debut"]))),
    "a date of a quote, sealed": of_quote(lambda quote: quote.update(en_vigueur_du="1999-01-01")),
    "a date of a text, sealed": of_entry(lambda text: text.update(en_vigueur_jusqu_au="2099-01-01")),
    "a date that is none, sealed": of_entry(lambda text: text.update(en_vigueur_du="hier")),
    "the hashes of two files swapped, sealed": of_manifest(file_hashes_swapped),
    "the hashes of two quotes swapped, sealed": of_manifest(quote_hashes_swapped),
    "two quotes exchanged, sealed": of_manifest(quotes_exchanged),
    "a quote of another text, sealed": of_manifest(quote_of_another_text),
    "the number of a quote, sealed": of_quote(lambda quote: quote.update(numero=7_000)),
    "a field struck out, sealed": of_quote(lambda quote: quote.pop("sha256")),
    "a field added, sealed": of_quote(lambda quote: quote.update(vu="oui")),
    "the length of a text, sealed": of_entry(lambda text: text.update(caracteres=text["caracteres"] + 1)),
    "another form, sealed": of_manifest(lambda manifest: manifest.update(format="dossier de preuve 0")),
    "a text that nobody quotes, sealed": of_manifest(
        lambda manifest: manifest.update(citations=[]), needs="citations"
    ),
    "a text within a quote, all its hashes remade": text_remade(within=True),
    "a text made longer, all its hashes remade": text_remade(within=False),
    "a text, half its hashes remade": text_half_remade,
    "a text slipped out, sealed": file_slipped_out,
}
