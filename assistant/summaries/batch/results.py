"""Results on the disk: each document's, written whole or not at all, found again by the document's bytes. A run can be stopped or killed at any moment."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any
from zlib import crc32

from filelock import FileLock, Timeout

from assistant import typed_json, whole_file
from assistant.errors import UsageError
from assistant.summaries.batch import version
from assistant.summaries.fields import plain
from assistant.summaries.fields.summary import Summary

# Where results wait to be merged, inside the folder of results.
WAITING = ".fiches"


class Results:
    """The folder of results.

    Args:
        folder: made when it is missing.
        flavour: what else a result depends on than the rules (the model that writes overviews, the review and its day). A result of other rules or of
            another flavour is made again.
    """

    def __init__(self, folder: Path, flavour: str = "") -> None:
        self.folder = folder
        self._version = f"{version.fingerprint(*version.RULES)} {flavour}".strip()
        with whole_file.written(folder):
            (folder / WAITING).mkdir(parents=True, exist_ok=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keeps other runs out of the folder, and clears what a killed one left half written.

        Raises:
            UsageError: another run is writing there.
            ExportError: nothing can be written there.
        """
        lock = FileLock(self.folder / WAITING / "verrou")
        with whole_file.written(self.folder):
            try:
                lock.acquire(timeout=0)
            except Timeout as error:
                message = f"Un autre relevé écrit déjà dans « {self.folder} »."
                raise UsageError(
                    message, "Attendez qu'il finisse, ou choisissez un autre dossier avec --out."
                ) from error
        try:
            for left in self.folder.rglob(f".*{whole_file.HALF}"):
                left.unlink(missing_ok=True)
            yield
        finally:
            lock.release()

    def find(self, sha256: str, name: str) -> tuple[Summary, bool] | None:
        """The result for those bytes under that name (which is part of the evidence), and whether the document carries files of its own; None if absent."""
        try:
            kept = json.loads(self._waiting(sha256, name).read_text(encoding="utf-8"))
            if kept["version"] != self._version or kept["name"] != name:
                return None
            return typed_json.typed(Summary, kept["summary"]), bool(kept["carries"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, summary: Summary, name: str, *, carries: bool) -> None:
        """Keeps a result."""
        kept = {
            "version": self._version,
            "name": name,
            "carries": carries,
            "summary": typed_json.plain(summary),
        }
        self._write(self._waiting(summary.sha256, name), kept)

    def show(self, summary: Summary, place: PurePosixPath) -> Path:
        """Writes the JSON that other programs read; returns its path."""
        path = self.folder / f"{place}.json"
        self._write(path, plain.summary_json(summary), indent=1)
        return path

    def write_json(self, path: Path, value: Any) -> None:
        """Writes any JSON value, whole or not at all."""
        self._write(path, value, indent=1)

    def write(self, path: Path, data: bytes) -> None:
        """Writes a file, whole or not at all.

        Raises:
            ExportError: it cannot be written.
        """
        with whole_file.written(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        whole_file.replace(path, data)

    def _waiting(self, sha256: str, name: str) -> Path:
        return self.folder / WAITING / f"{sha256}-{crc32(name.encode()):08x}.json"

    def _write(self, path: Path, value: Any, indent: int | None = None) -> None:
        self.write(path, json.dumps(value, ensure_ascii=False, indent=indent).encode())
