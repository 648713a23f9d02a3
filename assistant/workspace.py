"""The one place where concrete parts are chosen and joined: settings, models, library, and the uses over them.

Heavy parts are imported where they are chosen, not at the top: a command pays only for what it does (``assistant search`` needs neither readers nor torch).
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, cached_property, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from assistant.datatypes import (
    Answer,
    Check,
    Document,
    Draft,
    Failure,
    Finding,
    Hit,
    Kind,
    ModelClause,
    Passage,
    Precedent,
    Rows,
    Source,
    Target,
    Task,
)
from assistant.errors import (
    AssistantError,
    ExportError,
    MissingModelError,
    ModelFileError,
    NotIndexedError,
    UsageError,
    reason_of,
)
from assistant.machine import processors
from assistant.protocols import LanguageModel, OnProgress, TokenEmbeddingModel, silent
from assistant.reach import EVERYWHERE, Reach, read_by
from assistant.settings import Settings, load
from assistant.shipped import CORPUS, is_example

if TYPE_CHECKING:
    from assistant.annotation import Annotated
    from assistant.answering.answerer import Answerer
    from assistant.answering.model import ModelPart
    from assistant.article_dates import DatedArticle
    from assistant.documents.consultations import Consultation
    from assistant.documents.due import Due
    from assistant.documents.facts import ContractFacts, StatedFact
    from assistant.documents.grid import Column, Line
    from assistant.documents.own import OwnDocuments
    from assistant.documents.shelf import Shelf
    from assistant.drafting.clause_search import ClauseFinder
    from assistant.drafting.drafter import Request
    from assistant.drafting.library import ClauseLibrary
    from assistant.generation.overview import ModelOverview
    from assistant.generation.trials.documents import OverviewMeasure
    from assistant.generation.trials.tasks import TaskReport
    from assistant.index.elsewhere import ClusterReaders
    from assistant.index.ingest import Report
    from assistant.index.library import Library
    from assistant.index.links import Link
    from assistant.index.moving import Moved
    from assistant.index.postgres import PostgresDatabase
    from assistant.index.search import Searcher
    from assistant.index.store import Held
    from assistant.index.wordings import Article, Comparison, Wording
    from assistant.kept_answer import KeptAnswer
    from assistant.models.manifest import Installed
    from assistant.proof.packing import Packed
    from assistant.proof.texts import Texts
    from assistant.reader.cases import Label, Probabilities
    from assistant.reader.covers import Cover
    from assistant.reader.fields import Reading
    from assistant.reader.together import Together
    from assistant.reading.formats import Format
    from assistant.reading.isolation import Readers, Unpacked
    from assistant.reading.page_image import PageImage
    from assistant.review import Judge, Review
    from assistant.review.pieces import Reviewed
    from assistant.site.late_file import LateFile, Shared
    from assistant.sourcing.contracts import IndexedContract
    from assistant.sourcing.desk import Dependencies
    from assistant.sourcing.needs_desk import NeedsDesk
    from assistant.summaries.batch.run import Report as Batch

__all__ = ["ALL_TASKS", "Workspace"]

ALL_TASKS = frozenset(Task)

# Processes of a batch where nobody says how many: each takes 150 MB with its reader, and others work on the machine too.
_MOST_JOBS = 4

# The clauses that come with the project.
CLAUSES = CORPUS / "clauses"
# When the articles that the corpus rests on were in force: what a copy of a code may not know.
ARTICLES = CORPUS / "droit" / "articles.tsv"


def _cure(settings: Settings) -> str:
    """What to do with an index that is damaged."""
    return (
        "Relancez : assistant index --rebuild"
        if settings.store
        else "Renommez-le, puis : assistant index corpus"
    )


class Workspace:
    """Everything that a command or the page needs, made when first asked for."""

    def __init__(self, home: Path | None = None) -> None:
        self.settings: Settings = load(home)
        self._answerers: dict[frozenset[Task], Answerer] = {}
        self._making = Lock()  # several answers at a time want one answerer
        # What was asked last of the contracts of the index, and what they say: a page asks it again at each look.
        self._contracts_read: tuple[object, tuple[IndexedContract, ...]] = (None, ())

    # ---- parts ------------------------------------------------------------------------------------------------------------------

    @cached_property
    def library(self) -> "Library":
        """The index."""
        from assistant.index.library import Library
        from assistant.index.opened import database

        return Library(self.settings.library, database(self.settings.store) if self.settings.store else None)

    @cached_property
    def shared(self) -> "PostgresDatabase | None":
        """Where what people leave is kept: the database of the index, where several machines serve the same people; None: in files of the home."""
        from assistant.index.opened import database

        return database(self.settings.store) if self.settings.store else None

    @cached_property
    def embedding(self) -> TokenEmbeddingModel:
        """The embedding model of the settings.

        Raises:
            MissingModelError: it is not set up.
        """
        from assistant.models import manifest, openvino_embedding, sentence_transformers_embedding

        installed = manifest.require(self.settings, self.settings.embedding)
        if self.settings.embedding_backend == "openvino":
            return openvino_embedding.OpenVinoEmbedding(installed)
        if self.settings.embedding_backend == "sentence-transformers":
            return sentence_transformers_embedding.SentenceTransformersEmbedding(installed)
        raise UsageError(
            f"Moteur de vecteurs inconnu « {self.settings.embedding_backend} ».",
            "Réglage embedding_backend : openvino ou sentence-transformers.",
        )

    @cached_property
    def language(self) -> LanguageModel:
        """The language model of the settings; it loads at its first word.

        Raises:
            MissingModelError: it is not set up.
        """
        from assistant.generation.backends import llama_cpp, server, transformers_folder

        settings = self.settings
        if settings.language_backend == "server":
            return server.ServerLanguageModel(settings.server_url, settings.language, settings.context_tokens)
        if settings.language_backend == "llama.cpp":
            path = (
                Path(settings.language_path)
                if settings.language_path
                else self._installed(settings.language).file(".gguf")
            )
            return llama_cpp.LlamaCppLanguageModel(path, settings.language, settings.context_tokens)
        if settings.language_backend == "transformers":
            folder = (
                Path(settings.language_path)
                if settings.language_path
                else self._installed(settings.language).folder
            )
            return transformers_folder.TransformersLanguageModel(
                folder, settings.language, settings.context_tokens
            )
        raise UsageError(
            f"Moteur de langage inconnu « {settings.language_backend} ».",
            "Réglage language_backend : llama.cpp, transformers ou server.",
        )

    def _installed(self, name: str) -> "Installed":
        from assistant.models import manifest

        return manifest.require(self.settings, name)

    @cached_property
    def searcher(self) -> "Searcher":
        """Search over the library.

        Raises:
            NotIndexedError: the index is empty.
            OtherModelError: it was built with another embedding model.
        """
        from concurrent.futures import ThreadPoolExecutor

        from assistant.index import model_check
        from assistant.index.search import Searcher

        self.require_documents()
        model_check.require_model(self.library.store, self.embedding)
        # The model loads at its first text, beside the catalogue: a cold search waits for the longer of the two. It is waited for here, since OpenVINO ends
        # a program that leaves while it loads.
        with ThreadPoolExecutor(1) as pool:
            loading = pool.submit(self.embedding.embed_queries, ["marché"])
            searcher = Searcher(self.library, self.embedding)
        loading.result()
        return searcher

    def require_documents(self) -> None:
        """Raises NotIndexedError when nothing is indexed."""
        if self.library.store.counts()["passage"] == 0:
            raise NotIndexedError(
                "Rien n'est encore indexé : il n'y a pas de quoi répondre.",
                "Lancez « assistant index corpus » (ou le dossier de vos documents).",
            )

    # ---- models -----------------------------------------------------------------------------------------------------------------

    def doctor(self, *, deep: bool = False) -> tuple[Check, ...]:
        """What is in order on this machine, and the command that cures each thing that is not."""
        from assistant.models import readiness as models_readiness
        from assistant.reading import readiness as reading_readiness

        checks = models_readiness.check(self.settings, deep=deep)
        reading = reading_readiness.check()
        return (
            *checks,
            *reading,
            *self._reader_checks(),
            *self._said("Index", lambda: self._library_checks(deep)),
            *self._said("Base", self._server_checks),
            *self._said("Conversations", self._conversations_check),
            *self._said("Projets", self._drafts_check),
            *self._said("Contrôles", self._reviews_check),
            *self._said("Dépendances", self._dependencies_check),
            *self._said("Besoins", self._needs_check),
        )

    def _said(self, name: str, look: "Callable[[], tuple[Check, ...]]") -> tuple[Check, ...]:
        """What a check finds, or why it cannot look: whoever asks what is wrong is told, whatever it is."""
        try:
            return look()
        except AssistantError as error:
            return (Check(name, False, error.message, error.hint),)
        except OSError as error:
            return (
                Check(
                    name,
                    False,
                    f"{error.filename or 'Un fichier'} ne se lit pas ({reason_of(error)}).",
                    "Vérifiez le disque et vos droits.",
                ),
            )

    def _reader_checks(self) -> tuple[Check, ...]:
        from assistant.reader import clauses, covers, fields, titles, together

        return (
            *(reader.check(self.settings.embedding) for reader in (clauses, covers, fields, together)),
            titles.check(),
        )

    def _conversations_check(self) -> tuple[Check, ...]:
        from assistant.site import conversations

        return self._store_check(
            "Conversations", conversations.FILE, partial(conversations.Conversations, shared=self.shared)
        )

    def _drafts_check(self) -> tuple[Check, ...]:
        from assistant.drafting import kept

        return self._store_check("Projets", kept.FILE, partial(kept.KeptDrafts, shared=self.shared))

    def _reviews_check(self) -> tuple[Check, ...]:
        from assistant.review import kept

        return self._store_check("Contrôles", kept.FILE, partial(kept.KeptReviews, shared=self.shared))

    def _dependencies_check(self) -> tuple[Check, ...]:
        from assistant.sourcing import kept

        return self._store_check("Dépendances", kept.FILE, partial(kept.KeptDependencies, shared=self.shared))

    def _needs_check(self) -> tuple[Check, ...]:
        from assistant.sourcing import kept_needs

        return self._store_check(
            "Besoins", kept_needs.FILE, partial(kept_needs.KeptNeeds, shared=self.shared)
        )

    def _store_check(self, title: str, file: str, store: "Callable[[Path], LateFile]") -> tuple[Check, ...]:
        """Whether the file of what people keep is sound; nothing where there is none."""
        if not (self.settings.home / file).exists():
            return ()
        with closing(store(self.settings.home)) as opened:
            sound = opened.check()
        return (
            Check(
                title,
                sound,
                "En ordre." if sound else "Le fichier est abîmé.",
                "" if sound else f"Renommez {file}.",
            ),
        )

    def _library_checks(self, deep: bool) -> tuple[Check, ...]:
        from assistant.reader import cases

        counts = self.library.store.counts()
        if not counts["passage"]:
            return (Check("Index", False, "Vide.", "assistant index corpus"),)
        known, found = self.library.store.meta("embedding"), ""
        try:
            found = self.embedding.identity
        except MissingModelError:
            return (
                Check(
                    "Index",
                    True,
                    f"{counts['document']} sources, {counts['passage']} passages, génération {self.library.store.generation}.",
                ),
            )
        if known != found:
            return (
                Check(
                    "Index",
                    False,
                    f"Construit avec le modèle {known}, et non {found}.",
                    "assistant index --rebuild",
                ),
            )
        sound = self.library.store.check()
        if deep and (altered := self.library.store.altered()):
            named = ", ".join(f"« {title} »" for title in altered[:3])
            message = f"{len(altered)} document(s) dont le texte n'est plus celui qui a été indexé : {named}."
            return (
                Check("Index", False, message, "assistant remove, puis assistant index sur ces documents"),
            )
        detail = f"{counts['document']} sources, {counts['passage']} passages, {counts['question']} questions, génération {self.library.store.generation}."
        index = Check(
            "Index",
            sound,
            detail if sound else f"{self.library.store.database.place} est abîmé.",
            "" if sound else _cure(self.settings),
        )
        reader: Check = cases.check(self.settings.embedding, self.searcher.cases())
        return (index, reader)

    def _server_checks(self) -> tuple[Check, ...]:
        if self.shared is None:
            return ()  # and its client may not be installed

        from assistant.index import readiness
        from assistant.index.postgres import machine_name
        from assistant.proof import versions
        from assistant.site import dropped

        state, folder = self.shared.state(), self.settings.dropped
        here = machine_name(str(self.settings.home))
        try:
            name = dropped.named(folder)
            dropped.require_writable(folder)
        except ExportError as error:
            name, files = "", [Check("Dossier files", False, error.message, error.hint)]
        else:
            files = [Check("Dossier files", True, f"{folder}, où l'on peut écrire.")]
            files = files if self.settings.files else []
        return (*readiness.check(state, here, versions.build(), name), *files)

    def serves_people(self) -> None:
        """Notes, where several replicas share a database, that this one serves people, for ``doctor`` to compare them."""
        from assistant.proof import versions
        from assistant.site import dropped

        if self.shared is None:
            return
        try:
            name = dropped.named(self.settings.dropped)
        except ExportError:
            name = ""  # doctor says why
        self.shared.serves(str(self.settings.home), versions.build(), name)

    def permitted(self) -> frozenset[Task]:
        """The tasks that the settings' language model has earned."""
        from assistant.models import catalogue

        return catalogue.permitted_tasks(self.settings, self.settings.language)

    @property
    def at_once(self) -> int:
        """Answers that this process makes at the same time: one alone where a language model works in it."""
        if self.settings.language_backend != "server" and self.permitted():
            return 1
        return self.settings.answers_at_once or processors()

    # ---- library ----------------------------------------------------------------------------------------------------------------

    def index(
        self,
        paths: Sequence[Path],
        *,
        collection: str = "defaut",
        kind: Kind | None = None,
        dask: str | None = None,
        on_progress: OnProgress = silent,
    ) -> "Report":
        """Indexes files and folders and brings the derived indexes up to date; the workers of the scheduler at ``dask`` read and embed them."""
        from assistant.index import ingest

        with self.library.writing():
            readers = self._cluster_readers(dask) if dask else None
            report: Report = ingest.index_paths(
                self.library.store,
                readers.embedding if readers else self.embedding,
                paths,
                collection=collection,
                kind=kind,
                on_progress=on_progress,
                readers=readers,
            )
            self._derive()
            self.shelf.known(self.shelf.sources(examples=True), on_progress, renewed=True)
        return report

    def _cluster_readers(self, address: str) -> "ClusterReaders":
        from assistant.cluster import Cluster
        from assistant.index.elsewhere import ClusterReaders

        return ClusterReaders(Cluster(address), _Embedding(self.settings.home), self.embedding)

    def rebuild(self, *, on_progress: OnProgress = silent) -> int:
        """Embeds everything again with the model at hand; documents are not read again. Returns the number of documents."""
        from assistant.index import ingest

        with self.library.writing():
            count: int = ingest.rebuild(self.library.store, self.embedding, on_progress=on_progress)
            self._derive()
        return count

    def remove(self, source_ids: Sequence[str]) -> None:
        """Takes sources out of the index.

        Raises:
            NotIndexedError: one of them is not there (the others are taken out).
        """
        missing = []
        with self.library.writing():
            for source_id in source_ids:
                try:
                    self.library.store.remove(source_id)
                except NotIndexedError as error:
                    missing.append(error)
            self.library.store.drop_unused_vectors()
            self.library.synchronise_words()
        if missing:
            raise missing[0]

    def withdraw(self, paths: Sequence[Path], collection: str) -> None:
        """Takes what lay at ``paths`` out of a collection; what lies elsewhere too stays there."""
        from assistant.reading import archives

        with self.library.writing():
            for path in paths:
                origin = str(path)
                for one in (
                    origin,
                    *sorted(self.library.store.origins_from(origin + archives.SEPARATOR, collection)),
                ):
                    self.library.store.remove_origin(one, collection)
            self.library.store.drop_unused_vectors()
            self.library.synchronise_words()

    def move_files(self, destination: str, files: str, on_progress: OnProgress = silent) -> dict[str, int]:
        """Copies what people dropped, and said of answers, to where the destination looks for it; how many files of each kind.

        Raises:
            LibraryError, ExportError: see ``dropped.carry``.
        """
        from assistant.site import dropped

        return dropped.carry(self.settings.dropped, self._dropped_there(destination, files), on_progress)

    def _dropped_there(self, destination: str, files: str) -> Path:
        """The folder of what people drop, once everything is moved: the one that is named, that of another home, or the same."""
        from assistant.index.opened import is_address

        if files:
            return Path(files).expanduser().resolve()
        return self.settings.dropped if is_address(destination) else load(Path(destination)).dropped

    def move(self, destination: str, on_progress: OnProgress = silent, files: str = "") -> "Moved":
        """Copies the index to a server's address or to another home, and checks it; ``files``: see ``move_files``. Raises LibraryError."""
        from assistant.index import moving
        from assistant.index.opened import database, is_address
        from assistant.index.store import Store
        from assistant.site import dropped

        path_there = partial(
            dropped.path_there, self.settings.dropped, self._dropped_there(destination, files)
        )

        with closing(
            Store(
                database(destination)
                if is_address(destination)
                else load(Path(destination)).library / "library.sqlite"
            )
        ) as target:
            moved: Moved = moving.move(self.library.store, target, on_progress, path_there)
            if moved.dimension:
                target.settle(moved.dimension)
        return moved

    def carry(self, destination: str) -> dict[str, int]:
        """Copies accounts, keys, the journal and what people keep to a server's address or another home; how many of each. Raises LibraryError."""
        from assistant.drafting.kept import KeptDrafts
        from assistant.index.opened import database, is_address
        from assistant.review.kept import KeptReviews
        from assistant.site import carrying
        from assistant.sourcing.kept import KeptDependencies
        from assistant.sourcing.kept_needs import KeptNeeds

        home, others = (
            self.settings.home,
            tuple(
                partial(_kept_in, store) for store in (KeptDrafts, KeptReviews, KeptDependencies, KeptNeeds)
            ),
        )
        if not is_address(destination):
            return carrying.carry((home, self.shared), (Path(destination).expanduser(), None), others)
        with closing(database(destination)) as shared:
            return carrying.carry((home, self.shared), (home, shared), others)

    def forget_removed(self) -> None:
        """Makes the files of the index forget what was taken out of it, word by word: after a purge."""
        with self.library.writing():
            self.library.forget_removed()

    def _derive(self) -> None:
        self.library.store.settle(self.embedding.dimension)
        self.library.synchronise_words()
        self.library.vectors(self.embedding.dimension)

    def sources(self) -> "tuple[Held, ...]":
        """What is indexed, of which a reader may see something."""
        return self.library.store.held()

    @read_by(None)
    def all_sources(self) -> "tuple[Held, ...]":
        """What is indexed, wherever it lies: to tell what else would go with a document."""
        return self.library.store.held()

    @read_by(None)
    def collections(self) -> tuple[str, ...]:
        """The collections in which something is indexed, in order."""
        return self.library.store.collections()

    def show(self, source_id: str) -> Document:
        """One document of the index."""
        return self.library.store.document(source_id)

    def passage_at(self, source_id: str, position: int) -> Passage | None:
        """The passage of a source that holds the character at ``position``."""
        return self.library.store.passage_at(source_id, position)

    def page_image(self, document: Document, number: int, quote: str) -> "PageImage":
        """A page of an indexed document as a picture, with the places of ``quote``.

        Raises:
            ReadingError: its file is gone or was changed since it was indexed, or the page cannot be drawn within the time and the memory of a page.
            UsageError: the document has no such page, or no pages to draw.
        """
        from assistant.reading import page_image

        if not page_image.has_pages_to_show(document.source.media_type):
            raise UsageError("Ce document n'a pas de pages à montrer.", "Son texte est montré à la place.")
        return self._readers.draw(document, number, quote)

    def piece(self, folder: Path, digest: str) -> Document:
        """A tender piece that is not indexed, read again: the file of ``folder``, or the member of its archives, whose id is ``digest``.

        Raises:
            ReadingError: it is gone, or cannot be read within the time and the memory of a page.
        """
        return self._readers.piece(folder, digest, Kind.TENDER)

    def recognise(self, path: Path, name: str) -> "Format | None":
        """The format of a file that somebody sent, None for an archive.

        Raises:
            ReadingError: it is not read here, is damaged, or cannot be looked at within the time and the memory of a page.
        """
        return self._readers.recognise(path, name)

    def unpack(self, archive: Path, name: str, folder: Path) -> "tuple[Unpacked | Failure, ...]":
        """The files of an archive that somebody sent, written into ``folder``, and what of it was not opened.

        Raises:
            ReadingError: it takes more than the time and the memory of a page.
        """
        return self._readers.unpack(archive, name, folder)

    def annotated(self, document: Document, findings: Sequence[Finding]) -> "Annotated":
        """The DOCX or ODT that a document was read from, with its findings as comments and tracked changes.

        Raises:
            ReadingError: it is gone or has changed, or cannot be annotated within the time and the memory of a page.
        """
        from assistant.annotation import worker

        path = Path(document.source.origin)
        return worker.annotated(self._readers, path, document, findings, when=datetime.now())

    @cached_property
    def _readers(self) -> "Readers":
        """What reads, draws and annotates for those who look at a page: nothing of a stranger's file is opened in this process."""
        from assistant.annotation.worker import MODULE
        from assistant.reading import isolation

        return isolation.Readers(
            seconds=isolation.PAGE_SECONDS, memory_bytes=isolation.PAGE_MEMORY_BYTES, module=MODULE
        )

    def links(self, text: str, day: date | None = None) -> "tuple[Link, ...]":
        """The legal references of a text, each led to the wording of that day (None: today) where it is indexed."""
        from assistant.index import links

        return links.links(self.library.store, text, day or date.today())

    @cached_property
    def article_dates(self) -> "tuple[DatedArticle, ...]":
        """The table of the dates of the articles that the corpus rests on.

        Raises:
            CorpusError: a line of it is broken.
        """
        from assistant import article_dates

        return article_dates.parse(ARTICLES.read_text(encoding="utf-8"), ARTICLES.name)

    def article(self, work: str, number: str, collections: Reach = EVERYWHERE) -> "Article":
        """The wordings of an article, its work and number written as in the index; none where it is not indexed."""
        from assistant.index import wordings

        return wordings.article_of(self.library.store, work, number, self.article_dates, collections)

    def wording_at(self, source_id: str, position: int) -> "Wording | None":
        """The whole wording of an article that holds a character of a document; None where no article of a text of law does."""
        from assistant.index import wordings

        return wordings.holding(self.library.store, source_id, position)

    def indexed(self, rules: Iterable[Target]) -> frozenset[Target]:
        """Those of some rules that are indexed, in whatever wording."""
        wanted = frozenset(rules)
        known = {
            work: frozenset(self.library.store.articles_of(work))
            for work in {rule.work for rule in wanted if rule.work}
        }
        return frozenset(rule for rule in wanted if rule.article in known.get(rule.work or "", ()))

    def sheets_on(self, work: str, article: str, collections: Reach = EVERYWHERE) -> tuple[Source, ...]:
        """The sheets that rest on an article. Raises as ``searcher``."""
        return self.sheets_named(self.searcher.sheets_resting_on(work, article), collections)

    def sheets_named(self, ids: Iterable[str], collections: Reach = EVERYWHERE) -> tuple[Source, ...]:
        """Where the sheets of these ids lie, those that are indexed. Raises as ``searcher``."""
        from assistant.index.store import ids_within

        found = [source for id_ in ids if (source := self.searcher.sheet_source(id_))]
        within = ids_within(self.sources(), collections)
        return tuple(source for source in found if source.id in within)

    def clauses_on(self, work: str, article: str) -> tuple[ModelClause, ...]:
        """The model clauses whose legal basis holds an article."""
        return tuple(
            clause
            for clause in self.clause_library().clauses
            if any((one.work, one.article) == (work, article) for one in clause.legal_basis)
        )

    def compare(self, work: str, article: str, start: date, end: date) -> "Comparison":
        """The wordings of an article on two days, ``start`` first.

        Raises:
            UsageError: ``end`` comes before ``start``.
            NotIndexedError: the text or the article is not indexed, or had no wording on either day.
        """
        from assistant.index import wordings

        if end < start:
            raise UsageError(f"La seconde date ({end}) précède la première ({start}).", "Échangez-les.")
        return wordings.compare(self.library.store, work, article, start, end, self.article_dates)

    # ---- uses -------------------------------------------------------------------------------------------------------------------

    def search(
        self,
        question: str,
        *,
        limit: int = 10,
        as_of: date | None = None,
        kinds: Sequence[Kind] = (),
        collections: Reach = EVERYWHERE,
    ) -> tuple[Hit, ...]:
        """The passages nearest to a question."""
        return self.searcher.search(question, limit=limit, as_of=as_of, kinds=kinds, collections=collections)

    def answerer(self, permitted: frozenset[Task] | None = None) -> "Answerer":
        """The answerer, its language model restricted to ``permitted`` (None: what it has earned; empty: no model)."""
        from assistant.answering import answerer

        tasks = self.permitted() if permitted is None else permitted
        with self._making:
            if tasks not in self._answerers:
                parts = (self.article_dates, self._clause_titles, self._trained_reader, self.documents)
                self._answerers[tasks] = answerer.Answerer(
                    self.searcher, self.embedding, self._model_part(tasks), *parts, lambda: self.together
                )
            return self._answerers[tasks]

    def _model_part(self, tasks: frozenset[Task]) -> "ModelPart":
        """What the language model adds to answers; nothing of it is loaded where it may do nothing."""
        if not tasks:
            from assistant.answering.model import NO_MODEL

            return NO_MODEL
        from assistant.generation.answers import AnswerPart

        return AnswerPart(self.language, tasks, self.embedding)

    @cached_property
    def documents(self) -> "OwnDocuments":
        """The buyer's own documents, for questions about them."""
        from assistant.documents import own

        return own.OwnDocuments(
            self.shelf, self.searcher, self.embedding, self.fields_if_any, self.together_if_any
        )

    @cached_property
    def shelf(self) -> "Shelf":
        """The buyer's own documents with their summaries."""
        from assistant.documents import shelf
        from assistant.summaries.batch import version, work

        made_of = " ".join(
            [
                version.fingerprint(*version.RULES, "documents/naming.py"),
                *self._readers_identity(review=False),
            ]
        )
        return shelf.Shelf(
            self.library.store,
            lambda document, name: work.summarised(document, name, self.covers, lambda: self.fields_if_any),
            made_of,
            lambda source: is_example(source.sha256, Path(source.origin)),
        )

    @cached_property
    def fields(self) -> "Reading":
        """The project's trained reader of fields, for passages and questions (see ``reader.fields``).

        Raises:
            MissingModelError: the embedding that it goes on from is not set up.
            ModelFileError: its file is not sound, or was learned on another embedding.
        """
        from assistant.reader import fields

        embedding = self.embedding
        return fields.Bound(
            fields.load(self.settings.embedding), lambda texts: embedding.token_vectors(texts)
        )

    @property
    def fields_if_any(self) -> "Reading | None":
        """The trained reader of fields; None where it cannot be used, which ``assistant doctor`` says."""
        return _if_any(lambda: self.fields)

    @cached_property
    def together(self) -> "Together":
        """What reads a question and a text together: how surely one answers the other (see ``reader.together``).

        Raises:
            MissingModelError: the embedding that it goes on from is not set up.
            ModelFileError: its file is not sound, or was learned on another embedding.
        """
        from assistant.models.compiled import layers_of
        from assistant.reader import together

        reader, embedding = together.load(self.settings.embedding), self.embedding
        reader = replace(reader, layers=layers_of(reader.network))
        return lambda question, texts: reader.scores(question, texts, embedding.early_vectors)

    @property
    def together_if_any(self) -> "Together | None":
        """The same; None where it cannot be used, which ``assistant doctor`` says."""
        return _if_any(lambda: self.together)

    def _clause_titles(self, work: str, article: str) -> tuple[str, ...]:
        return tuple(clause.title for clause in self.clauses_on(work, article))

    def _trained_reader(self, labels: "Collection[Label]") -> "Callable[[str], Probabilities]":
        """What the project's trained reader reads in a question.

        Raises:
            ModelFileError: its file does not fit the embedding or the indexed cases.
        """
        from assistant.reader import cases

        known, tokens, vector = (
            cases.load(self.settings.embedding, labels),
            self.embedding.token_vectors,
            self.searcher.vector,
        )
        return lambda question: known.read(tokens([question])[0], vector(question))

    def ask(
        self,
        question: str,
        *,
        as_of: date | None = None,
        collections: Reach = EVERYWHERE,
        previous: Sequence[str] = (),
        permitted: frozenset[Task] | None = None,
    ) -> Answer:
        """A verified answer. See ``answerer``; ``previous`` are the earlier questions of the conversation, oldest first."""
        return self.answerer(permitted).answer(
            question, as_of=as_of, collections=collections, previous=previous
        )

    def portfolio(
        self,
        question: str,
        *,
        collections: Reach = EVERYWHERE,
        as_of: date | None = None,
        on_progress: OnProgress = silent,
    ) -> Rows:
        """A list computed over the buyer's own documents.

        Raises:
            UsageError: the question is empty.
            NotIndexedError: there is none of them, or none in those collections.
            ModelFileError: the trained reader of fields is not sound.
        """
        from assistant.reader import fields

        if not question.strip():
            raise UsageError(
                "La question est vide.",
                "Par exemple : « Lesquels de nos marchés n'ont pas de clause de réversibilité ? ».",
            )
        sources = self._own_sources(collections)
        self.shelf.known(sources, on_progress)
        (subject,) = self.fields([fields.question(question)])
        return self.documents.rows(question, sources, subject, as_of or date.today(), collections)

    def markets(
        self, collections: Reach = EVERYWHERE, *, on_progress: OnProgress = silent
    ) -> "tuple[Consultation, ...]":
        """The markets that the buyer's own documents make.

        Raises:
            NotIndexedError: there is none of them, or none in those collections.
        """
        return self.documents.markets(self._own_sources(collections), on_progress)

    def markets_at_hand(self, collections: Reach = EVERYWHERE) -> "tuple[Consultation, ...]":
        """The markets, told at once; none where there is none, or where a document has still to be read for it (``markets`` reads it)."""
        sources = self.shelf.sources(collections)
        return self.documents.markets(sources) if sources and not self.shelf.unread(sources) else ()

    def grid(
        self,
        asked: "Sequence[Column]",
        *,
        collections: Reach = EVERYWHERE,
        as_of: date | None = None,
        each_piece: bool = False,
        on_progress: OnProgress = silent,
    ) -> "Iterator[Line]":
        """What each market of the buyer's own documents, or ``each_piece`` of theirs, says of each column, line by line, as soon as it is computed.

        Raises:
            NotIndexedError: there is none of them, or none in those collections.
        """
        from assistant.documents import grid

        markets = self.markets(collections, on_progress=on_progress)
        rows = grid.pieces_of(markets) if each_piece else markets
        return grid.lines(self.documents, rows, asked, as_of or date.today(), collections, on_progress)

    def uncertain_amendments(self, collections: Reach = EVERYWHERE) -> tuple[str, ...]:
        """What a reader is told of the amendments that are counted nowhere: which, why, what to do.

        Raises:
            NotIndexedError: there is no document, or none in those collections.
        """
        return self.documents.doubts(self._own_sources(collections))

    def due(
        self,
        *,
        collections: Reach = EVERYWHERE,
        before: date | None = None,
        today: date | None = None,
        on_progress: OnProgress = silent,
    ) -> "tuple[Due, ...]":
        """What falls due of the buyer's own contracts, by day; with ``before``, only up to that day, what has no day besides.

        Raises:
            NotIndexedError: there is none of them, or none in those collections.
        """
        every = self.documents.due(self._own_sources(collections), today or date.today(), on_progress)
        return tuple(one for one in every if before is None or one.falls is None or one.falls <= before)

    def confirm_due(
        self, id_: str, day: date | None, *, collections: Reach = EVERYWHERE, seen: str | None = None
    ) -> date:
        """Keeps that something falls due on the day computed, or on ``day``; where its start is not written, ``day`` is the start. Returns the day kept.

        Args:
            id_: that of ``Due``.
            day: the day given, or the start; None: as computed.
            collections: where it must lie.
            seen: the computation that the person saw (``Due.kept``), which must still be the one; None: whatever it is now.

        Raises:
            UsageError: nothing has that id, no day is known, or it is computed otherwise since.
        """
        from assistant.documents.due import confirmation

        found = next((one for one in self.due(collections=collections) if one.id == id_), None)
        if found is None:
            raise UsageError(
                f"Aucune échéance n'a l'identifiant « {id_} ».",
                "Les identifiants sont ceux que liste « assistant due ».",
            )
        if seen is not None and seen != found.kept:
            raise UsageError(
                "Cette échéance se calcule autrement depuis que la liste a été ouverte.",
                "Relisez la liste, puis confirmez-la.",
            )
        kept = confirmation(found, day)
        if kept is None:
            raise UsageError(
                "Le départ de cette échéance n'est écrit nulle part.", "Donnez-le : --date AAAA-MM-JJ."
            )
        with self.library.writing():
            self.shelf.confirm(id_, f"{kept.isoformat()}|{found.kept}")
        return kept

    def withdraw_due(self, id_: str) -> None:
        """Forgets what was confirmed of something that falls due: it is again only what is computed."""
        with self.library.writing():
            self.shelf.confirm(id_, "")

    def put_together(self, together: Sequence[str], apart: Sequence[str]) -> None:
        """Keeps that some sources are of one market, and that others are each of another.

        Raises:
            NotIndexedError: one of them is not indexed.
        """
        if len(together) == 1:
            raise UsageError(
                "Il faut deux sources au moins pour les mettre ensemble.",
                "Répétez --together, avec les identifiants de « assistant sources ».",
            )
        with self.library.writing():
            for ids in (together, *((id_,) for id_ in apart)):
                self.shelf.put_together(ids)

    def let_go(self, source_ids: Sequence[str]) -> None:
        """Forgets in which market a person put some sources: each is again of the one that it says."""
        with self.library.writing():
            self.shelf.let_go(source_ids)

    @cached_property
    def dependencies(self) -> "Dependencies":
        """Registers of dependencies, their exposure, catalogues of solutions and plans of migration."""
        from assistant.sourcing import desk

        return desk.Dependencies(
            self.settings.home,
            lambda source, name: self._readers.tables(source, name),
            lambda: self._embedding_if_any,
            self._indexed_contracts,
            lambda: self.clause_library().clause("questions-de-sourcage").at(3).wording,
            self.shared,
        )

    @property
    def _embedding_if_any(self) -> TokenEmbeddingModel | None:
        """The embedding; None where it is not set up, which ``assistant doctor`` says."""
        return _if_any(lambda: self.embedding)

    def _indexed_contracts(self, collections: Reach, examples: bool) -> "tuple[IndexedContract, ...]":
        """The contracts of the index for the registers, those that come with the project only as ``examples``; none where nothing is indexed."""
        from assistant.documents.facts import contract_facts

        if self.library.store.counts()["passage"] == 0 or not (
            sources := self.shelf.sources(collections, examples=examples)
        ):
            return ()
        asked = (self.library.store.generation, date.today(), tuple(source.id for source in sources))
        if self._contracts_read[0] != asked:
            self._contracts_read = (
                asked,
                _joined_facts(contract_facts(self.documents, sources, date.today())),
            )
        return self._contracts_read[1]

    def _own_sources(self, collections: Reach) -> tuple[Source, ...]:
        self.require_documents()
        sources = self.shelf.sources(collections)
        if not sources:
            where = (
                f"Aucun de vos documents n'est indexé dans « {', '.join(collections)} »"
                if collections
                else "Aucun de vos documents n'est indexé"
            )
            raise NotIndexedError(
                f"{where} : il n'y a rien à lister.",
                "Indexez-les : assistant index DOSSIER --collection NOM.",
            )
        return sources

    @cached_property
    def needs(self) -> "NeedsDesk":
        """The needs of many members: what they gave, joined, and what it comes to."""
        from assistant.sourcing.needs_desk import NeedsDesk

        parts = (
            self._readers.tables,
            self._read_apart,
            lambda: self.embedding,
            lambda: self.clause_library(),
            self.settings.least_members,
            self.review_documents,
        )
        return NeedsDesk(self.settings.home, *parts, self.shared)

    def _read_apart(self, data: bytes, name: str) -> Document:
        """A file of which only the text is wanted, read as a stranger's is."""
        document = self._readers.read(data, name, kind=Kind.TENDER, collection="").result().document
        assert document is not None  # more than its attachments was asked for
        return document

    def clause_library(self) -> "ClauseLibrary":
        """The model clauses and kits: the project's, then those of the folder that the settings name; read once.

        Raises:
            CorpusError: that folder does not exist.
        """
        return self._clause_library

    @cached_property
    def _clause_library(self) -> "ClauseLibrary":
        from assistant.drafting import library

        own = (
            (self.settings.home / Path(self.settings.clauses).expanduser(),) if self.settings.clauses else ()
        )
        return library.load((CLAUSES, *own))

    @cached_property
    def clause_finder(self) -> "ClauseFinder":
        """Search over the model clauses and, where something is indexed, the articles of earlier contracts and tenders.

        Raises:
            MissingModelError: the embedding model is not set up.
            OtherModelError: the index was built with another.
        """
        from assistant.drafting import clause_search

        searcher = self.searcher if self.library.store.counts()["passage"] else None
        return clause_search.ClauseFinder(self.library, searcher, self.embedding, self.clause_library())

    def precedent(self, id_: str, collections: Reach = EVERYWHERE) -> Precedent:
        """An article of an indexed contract or tender, by the id that a search for clauses gives.

        Raises:
            NotIndexedError: there is none, or its source lies in none of ``collections``.
        """
        from assistant.drafting import clause_search

        return clause_search.precedent(self.library, id_, collections)

    def draft(
        self,
        request: "Request",
        *,
        contract: Sequence[tuple[str, str]] = (),
        permitted: frozenset[Task] | None = None,
        on_progress: OnProgress = silent,
    ) -> Draft:
        """The clauses and kits of a request, drafted.

        Args:
            request: what to draft.
            contract: what the contract is (field and value pairs), for a language model that may adapt the wordings to it; empty: they stay as they are.
            permitted: the tasks the language model may do (None: what it has earned).
            on_progress: told of the clauses adapted.

        Raises:
            UsageError: an id, a field or a level is unknown, or a value is not of its field's type.
            CorpusError: the file of a clause breaks the rules of clauses.
            NotIndexedError: a precedent is not in the index.
        """
        from assistant.drafting import drafter, precedents

        is_precedent = precedents.is_precedent_id
        given = request.precedents or {}
        request = replace(
            request,
            precedents={
                id_: given.get(id_) or self.precedent(id_) for id_ in request.ids if is_precedent(id_)
            },
        )
        tasks = self.permitted() if contract and permitted is None else permitted or frozenset()
        if contract and Task.ADAPT in tasks:
            from assistant.generation import adaptation

            return adaptation.draft(
                self.clause_library(), request, contract, self.language, on_progress=on_progress
            )
        return drafter.draft(self.clause_library(), request, told=(drafter.NOT_ADAPTED,) if contract else ())

    @property
    def judge(self) -> "Judge | None":
        """The trained reader of clauses; None where it cannot be used (``review_limits`` says why): the review then has its facts alone."""
        return self._clause_reader[0]

    @property
    def review_limits(self) -> str:
        """What is to be said once beside a review that has its facts alone, and what cures it (French); empty where the trained reader reads."""
        return self._clause_reader[1]

    @cached_property
    def _clause_reader(self) -> "tuple[Judge | None, str]":
        from assistant.reader import clauses
        from assistant.review import FACTS_ONLY, facts_alone

        try:
            embedding, reader = self.embedding, clauses.load(self.settings.embedding)
        except MissingModelError:
            return None, FACTS_ONLY
        except ModelFileError as damage:
            return None, facts_alone(damage)
        from assistant.models.compiled import compiled

        reader = replace(reader, network=compiled(reader.network))
        return lambda extracts: reader.read(extracts, embedding.token_vectors), ""

    @property
    def covers(self) -> "Callable[[Document], Cover | None]":
        """What stands on the cover of a document, as the trained reader sees it; nothing where it cannot be used."""
        return self._cover_reader[0] or (lambda document: None)

    def summary_limits(self, *, review: bool = False) -> tuple[str, ...]:
        """What is to be said once beside summaries that a damaged reader had no part in, and what cures it (French).

        Args:
            review: whether they have the legality review too.
        """
        return tuple(
            limit for limit in (self._cover_reader[1], self.review_limits if review else "") if limit
        )

    @cached_property
    def _cover_reader(self) -> "tuple[Callable[[Document], Cover] | None, str]":
        from assistant.reader import covers
        from assistant.reading.piece import guessed

        try:
            embedding, reader = self.embedding, covers.load(self.settings.embedding)
        except MissingModelError:
            return None, ""  # summaries ask for no model
        except ModelFileError as damage:
            return (
                None,
                f"{damage.message} Les pages de garde sont lues par les règles seules. → {damage.hint}",
            )
        return lambda document: reader.read(
            document.text, guessed(document), embedding.token_vectors, embedding.token_offsets
        ), ""

    def review(
        self, paths: Sequence[Path], *, as_of: date | None = None, on_progress: OnProgress = silent
    ) -> "Reviewed":
        """The legality review of files, folders and archives, read as the pieces of one tender; needs no index and no model.

        Raises:
            UsageError: a path does not exist.
        """
        from assistant.review import pieces

        return pieces.review_paths(
            paths, day=as_of or date.today(), judge=self.judge, on_progress=on_progress
        )

    def review_documents(
        self, documents: Sequence[Document], *, as_of: date | None = None, draft: bool = False
    ) -> "tuple[Review, ...]":
        """The legality review of documents already read, or being drafted, as the pieces of one tender."""
        from assistant import review

        return review.review(documents, day=as_of or date.today(), judge=self.judge, draft=draft)

    # ---- evidence ---------------------------------------------------------------------------------------------------------------

    def proof_of_answer(self, answer: "KeptAnswer", collections: Reach = EVERYWHERE) -> "Packed":
        """The file of evidence of an answer; its texts are looked for in ``collections``.

        Raises:
            NotIndexedError: a text that it quotes is gone since.
        """
        from assistant.proof import made_from, packing

        return packing.packed(made_from.an_answer(answer, self._texts(collections), date.today()))

    def proof_of_review(
        self, reviews: "Sequence[Review]", law_day: date, collections: Reach = EVERYWHERE
    ) -> "Packed":
        """The file of evidence of a review of the law of ``law_day``; the rules are looked for in ``collections``."""
        from assistant.proof import made_from, packing

        return packing.packed(
            made_from.a_review(reviews, self._texts(collections), law_day, date.today(), self.review_limits)
        )

    def proof_of_draft(self, draft: Draft, request: "Request", collections: Reach = EVERYWHERE) -> "Packed":
        """The file of evidence of the draft of ``request``; the rules are looked for in ``collections``."""
        from assistant.proof import made_from, packing

        return packing.packed(made_from.a_draft(draft, request, self._texts(collections), date.today()))

    def _texts(self, collections: Reach) -> "Texts":
        from assistant.proof import texts

        return texts.Texts(self.library.store, self.article_dates, collections)

    def evaluate_model(
        self, name: str, questions: Path, count: int, *, on_progress: OnProgress = silent
    ) -> "TaskReport":
        """Measures the tasks of the settings' language model and records what it earned in ``<home>/models/measured.toml``.

        Raises:
            UsageError: ``name`` is not the model of the settings.
        """
        from assistant.generation.trials import questions as trial
        from assistant.models import catalogue

        self._require_language(name)
        report = trial.run(self.searcher, self.embedding, self.language, questions, count, on_progress)
        catalogue.record_measures(self.settings, name, trial.measures(report))
        return report

    def evaluate_overview(
        self, name: str, folder: Path, *, on_progress: OnProgress = silent
    ) -> "OverviewMeasure":
        """Measures the overviews of the settings' language model on the documents of a folder, and records whether it earned them.

        Raises:
            UsageError: ``name`` is not the model of the settings, or the folder holds nothing that can be read.
        """
        self._require_language(name)
        from assistant import reading
        from assistant.generation.trials import documents as trial
        from assistant.models import catalogue
        from assistant.summaries.fields.summarise import summarise

        paths = sorted(
            path
            for path in folder.rglob("*")
            if path.is_file() and path.suffix.lower() in reading.SUPPORTED - {".jsonl", ".ndjson"}
        )
        if not paths:
            raise UsageError(
                f"« {folder} » ne contient aucun document qui se lise.",
                "Donnez un dossier de pièces de consultations avec --documents.",
            )
        read = [reading.read(path, kind=Kind.TENDER, collection="mesure") for path in paths]
        measured = trial.run(
            self.language, [(one, summarise(one, one.source.title)) for one in read], on_progress
        )
        catalogue.record_measures(self.settings, name, (trial.as_measure(measured),))
        return measured

    def _require_language(self, name: str) -> None:
        if name != self.settings.language:
            raise UsageError(
                f"Le modèle des réglages est « {self.settings.language} », pas « {name} ».",
                f'Mettez language = "{name}" dans {self.settings.home}/settings.toml.',
            )

    def summarise(
        self,
        paths: Sequence[Path],
        out: Path,
        *,
        formats: str = "json",
        permitted: frozenset[Task] | None = None,
        jobs: int | None = None,
        dask: str | None = None,
        each: bool = False,
        first: Sequence[str] = (),
        review: bool = False,
        as_of: date | None = None,
        on_progress: OnProgress = silent,
    ) -> "tuple[Batch, tuple[Path, ...]]":
        """Summarises tender documents into ``out``: what was done, and the files written besides each document's JSON.

        Args:
            paths: files, folders, archives.
            out: folder of the results; what is there already costs nothing.
            formats: ``json,xlsx,html,odt,docx,md``, any of them.
            permitted: tasks of the language model (None: what it has earned; empty: no model).
            jobs: processes of this machine (None: one a core, four at most; this one alone for a few files, and where the language model works here).
            dask: address of a Dask scheduler instead.
            each: every file is a consultation of its own.
            first: parts of names to treat first.
            review: the legality review of each document too; it takes several times what the summary takes.
            as_of: the day whose law the review reads (None: today).
            on_progress: told of documents and of consultations.
        """
        from assistant.summaries.batch import run, sources, work
        from assistant.summaries.batch import spread as spreads
        from assistant.summaries.batch.results import Results
        from assistant.summaries.outputs import writing

        chosen = writing.chosen(formats)
        tasks = self.permitted() if permitted is None else permitted
        writes = Task.OVERVIEW in tasks
        few = jobs is None and dask is None and sources.are_few(paths)
        here = jobs == 1 or few or (jobs is None and writes and self.settings.language_backend != "server")
        home, own = self.settings.home, self if here else None
        reviewer = _Reviewer(home, as_of or date.today(), own) if review else None
        overview = _OverviewMaker(home, self.settings.language) if writes else None
        do = partial(
            work.do,
            overview=overview,
            reviewer=reviewer,
            covers=_Covers(home, own),
            fields=_Fields(home, own),
        )
        flavour = [overview.identity] if overview else []
        flavour += self._readers_identity(review=review)
        results = Results(out, " ".join([*flavour, *([reviewer.identity] if reviewer else [])]))
        count = jobs or min(processors(), _MOST_JOBS)
        with results.writing():
            spread = (
                spreads.Dask(dask, do) if dask else spreads.Here(do) if here else spreads.Processes(count, do)
            )
            try:
                report, consultations = run.run(
                    paths, results, spread, each=each, first=first, on_progress=on_progress
                )
            finally:
                spread.close()
            written = writing.write(
                consultations, report, results, chosen, reviewed=review, on_progress=on_progress
            )
        return replace(report, consultations=written.consultations), written.files

    def _readers_identity(self, *, review: bool) -> list[str]:
        """What tells results that the trained readers had a part in from others, and those of one reader from those of the next."""
        from assistant.reader import clauses, covers, fields, weights

        found = (
            [f"champs {self.embedding.identity} {weights.hash_of(fields.FILE)}"] if self.fields_if_any else []
        )
        found += (
            [f"gardes {self.embedding.identity} {weights.hash_of(covers.FILE)}"]
            if self._cover_reader[0]
            else []
        )
        return (
            [*found, f"clauses {self.embedding.identity} {weights.hash_of(clauses.FILE)}"]
            if review and self.judge
            else found
        )

    def close(self) -> None:
        """Frees what was opened."""
        if "library" in self.__dict__:
            self.library.close()
        if self.__dict__.get("shared") is not None:
            self.__dict__["shared"].close()
        if "language" in self.__dict__:
            self.language.close()
        if "_readers" in self.__dict__:
            self._readers.close()
        if "dependencies" in self.__dict__:
            self.dependencies.kept.close()
        if "needs" in self.__dict__:
            self.needs.close()
        self._answerers.clear()
        for name, part in vars(type(self)).items():
            if isinstance(part, cached_property):
                self.__dict__.pop(name, None)


def _kept_in(store: "Callable[..., LateFile]", home: Path, shared: "Shared | None") -> "LateFile":
    return store(home, shared=shared)


def _joined_facts(facts: "Iterable[ContractFacts]") -> "tuple[IndexedContract, ...]":
    from assistant.sourcing.contracts import IndexedContract, Stated

    def stated(said: "StatedFact | None") -> Stated | None:
        return None if said is None else Stated(said.value, said.quote, said.file, said.pages)

    return tuple(
        IndexedContract(
            one.id, one.name, one.references, one.text, one.end, stated(one.end_said), stated(one.renewal), stated(one.host), stated(one.reversibility),
            one.is_framework, one.buyer, tuple(filter(None, (stated(lot) for lot in one.lots))), stated(one.object_said),
        )
        for one in facts
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _OverviewMaker:
    """Makes what writes overviews, where they are written: on a worker, or here. Its copies are equal: a process that has made one knows it again."""

    home: Path
    language: str

    @property
    def identity(self) -> str:
        """What an overview depends on besides the summary: the model, and how it is asked and checked."""
        from assistant.summaries.batch import version

        return f"aperçu {self.language} {version.fingerprint(*version.OVERVIEW)}"

    def __call__(self) -> "ModelOverview":
        from assistant.generation.overview import ModelOverview

        return ModelOverview(Workspace(self.home).language)


@dataclass(frozen=True, slots=True)
class _Reviewer:
    """The legality review of one document, for summaries, which do not know it."""

    home: Path
    day: date
    here: Workspace | None = None
    """The workspace of this process, where the work is done here: its models are loaded already."""

    @property
    def identity(self) -> str:
        """What its findings depend on besides the document."""
        from assistant.summaries.batch import version

        return f"revue {self.day} {version.fingerprint(*version.REVIEW)}"

    def __call__(self, document: Document) -> tuple[tuple[str, Finding], ...]:
        from assistant import review

        titles = review.rules()
        (one,) = review.review([document], day=self.day, judge=(self.here or _of_process(self.home)).judge)
        return tuple((titles[finding.rule].title, finding) for finding in one.findings)


@dataclass(frozen=True, slots=True)
class _Covers:
    """What stands on the cover of a document, for summaries, which do not know how it is read."""

    home: Path
    here: Workspace | None = None

    def __call__(self, document: Document) -> "Cover | None":
        return (self.here or _of_process(self.home)).covers(document)


@dataclass(frozen=True, slots=True)
class _Fields:
    """The trained reader of fields, for summaries, which do not know how it is loaded."""

    home: Path
    here: Workspace | None = None

    def __call__(self) -> "Reading | None":
        return (self.here or _of_process(self.home)).fields_if_any


@dataclass(frozen=True, slots=True)
class _Embedding:
    """The embedding of the process where it is called, for the workers of a cluster."""

    home: Path

    def __call__(self) -> TokenEmbeddingModel:
        return _of_process(self.home).embedding


_Opened = TypeVar("_Opened")


def _if_any(opened: "Callable[[], _Opened]") -> "_Opened | None":
    """What is opened; None where its model is not set up or not sound."""
    try:
        return opened()
    except (MissingModelError, ModelFileError):
        return None


@cache
def _of_process(home: Path) -> Workspace:
    """The workspace of what works in this process: its models are loaded once, however many documents they read."""
    return Workspace(home)
