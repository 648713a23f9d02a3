"""The buyer's own documents with their summaries, which are made once and kept beside the document in the index."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from threading import RLock

from assistant import typed_json
from assistant.datatypes import Document, Kind, Progress, Source
from assistant.documents.naming import proper_names
from assistant.documents.values import Known, file_name
from assistant.errors import AssistantError
from assistant.index.ingest import CONSULTATION
from assistant.index.store import Held, Store
from assistant.protocols import OnProgress, silent
from assistant.reach import EVERYWHERE, Reach, reaches, read_by
from assistant.summaries.fields.summary import Summary

_OWN = (Kind.FRAMEWORK, Kind.TENDER)
# Where the meta table keeps the market that a person put a document in.
_CHOSEN = "marche:"
# … and the days that a person confirmed that something falls due, by its id.
_CONFIRMED = "echeance:"

Summarise = Callable[[Document, str], Summary]


class Shelf:
    """What is known of the buyer's own documents.

    Args:
        store: the index.
        summarise: makes the summary of a document under its file name.
        version: what a summary depends on besides its document; one of another version is made again.
        is_example: whether a source came with the program: no document of the buyer's.
    """

    def __init__(
        self, store: Store, summarise: Summarise, version: str, is_example: Callable[[Source], bool]
    ) -> None:
        self._store, self._summarise, self._version, self.is_example = store, summarise, version, is_example
        self._held: tuple[int, tuple[Held, ...]] = (-1, ())
        self._summaries: dict[str, tuple[Summary, tuple[str, ...]]] = {}
        self._outdated: set[str] = set()
        self._bundles: dict[str, str] = {}
        self._looking = RLock()  # several answers at a time look at the same shelf

    def sources(
        self, collections: Reach = EVERYWHERE, files: Sequence[str] = (), *, examples: bool = False
    ) -> tuple[Source, ...]:
        """The buyer's documents, or those of some collections or of some file names, in the order of indexing; and the ``examples`` of the program."""
        return tuple(
            one.source
            for one in self._own()
            if (examples or not self.is_example(one.source))
            and reaches(collections, one.collections)
            and (not files or {file_name(one.source), one.source.origin} & set(files))
        )

    @read_by(None)
    def known(
        self, sources: Iterable[Source], on_progress: OnProgress = silent, *, renewed: bool = False
    ) -> tuple[Known, ...]:
        """Those documents with their summaries: as they were kept, or ``renewed`` where the rules have changed since (seconds a document)."""
        with self._looking:
            return self._known(list(sources), on_progress, renewed)

    def _known(self, wanted: Sequence[Source], on_progress: OnProgress, renewed: bool) -> tuple[Known, ...]:
        self._own()
        if any(source.id not in self._summaries for source in wanted):
            self._recall()
        found, chosen = [], self._store.metas(_CHOSEN)
        for done, source in enumerate(wanted):
            if source.id not in self._summaries or (renewed and source.id in self._outdated):
                on_progress(Progress("Lecture des champs", done, len(wanted), source.title))
                self._summaries[source.id] = self._made(source)
            summary, names = self._summaries[source.id]
            found.append(Known(source, summary, self._bundle(source), chosen.get(source.id, ""), names))
        return tuple(found)

    @read_by(None)
    def unread(self, sources: Iterable[Source]) -> int:
        """How many of those documents have no summary yet: the next ``known`` makes them, which takes seconds each."""
        kept = self._store.summarised()
        return sum(source.id not in kept for source in sources)

    @property
    def collections(self) -> tuple[str, ...]:
        """The collections in which the buyer's documents lie."""
        return tuple(sorted({name for one in self._own() for name in one.collections}))

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """What people chose: documents, by id, and the market of each."""
        return tuple(sorted(self._store.metas(_CHOSEN).items()))

    @read_by(None)
    def document(self, id_: str) -> Document:
        """The document of a source.

        Raises:
            NotIndexedError: it is not indexed.
        """
        return self._store.document(id_)

    def put_together(self, ids: Sequence[str]) -> None:
        """Keeps that some documents are one market, whatever they say; one alone is a market of its own.

        Raises:
            NotIndexedError: one of them is not indexed.
        """
        for id_ in ids:
            self._store.metadata(id_)
        # Named after all of them: a document that leaves the market, be it its first, takes the name along from nobody.
        market = hashlib.sha256(" ".join(sorted(ids)).encode()).hexdigest()[:16]
        for id_ in ids:
            self._store.set_meta(f"{_CHOSEN}{id_}", market)

    def let_go(self, ids: Sequence[str]) -> None:
        """Forgets in which market a person put some documents: each is again of the one that it says."""
        for id_ in ids:
            self._store.set_meta(f"{_CHOSEN}{id_}", "")

    def confirmed(self) -> dict[str, str]:
        """What was kept of what falls due, by its id (see ``due.with_confirmed``)."""
        return self._store.metas(_CONFIRMED)

    def confirm(self, id_: str, kept: str) -> None:
        """Keeps that something falls due."""
        self._store.set_meta(f"{_CONFIRMED}{id_}", kept)

    def _own(self) -> tuple[Held, ...]:
        with self._looking:
            return self._followed()

    @read_by(None)
    def _followed(self) -> tuple[Held, ...]:
        generation = self._store.generation
        if self._held[0] != generation:
            held = tuple(one for one in self._store.held() if one.source.kind in _OWN)
            self._held = (generation, held)
            self._bundles = {}
            present = {one.source.id for one in held}
            self._summaries = {id_: summary for id_, summary in self._summaries.items() if id_ in present}
        return self._held[1]

    def _recall(self) -> None:
        """Reads the kept summaries that this process does not know yet; those of other rules too, until they are renewed."""
        for id_, (version, text) in self._store.summaries().items():
            if id_ not in self._summaries and (kept := _restored(text)) is not None:
                self._summaries[id_] = kept
                if version != self._version:
                    self._outdated.add(id_)

    def _made(self, source: Source) -> tuple[Summary, tuple[str, ...]]:
        document = self._store.document(source.id)
        self._outdated.discard(source.id)
        summary, names = self._summarise(document, file_name(source)), proper_names(document.text)
        try:
            kept = {"summary": typed_json.plain(summary), "names": names}
            self._store.keep_summary(source.id, self._version, json.dumps(kept, ensure_ascii=False))
        except AssistantError:
            return summary, names  # a full disk or a busy index: it is made again next time
        return summary, names

    def _bundle(self, source: Source) -> str:
        if source.id not in self._bundles:
            consultation = dict(self._store.metadata(source.id)).get(CONSULTATION)
            self._bundles[source.id] = consultation or source.origin.replace("\\", "/").rpartition("/")[0]
        return self._bundles[source.id]


def _restored(text: str) -> tuple[Summary, tuple[str, ...]] | None:
    """A kept summary; None where another version of the program kept it in another form."""
    try:
        kept = json.loads(text)
        return typed_json.typed(Summary, kept["summary"]), tuple(kept["names"])
    except (KeyError, TypeError, ValueError):
        return None
