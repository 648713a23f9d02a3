"""The growth of the written questions: one more is checked, added to a file, and its effect on what a search finds is measured.

A question that the measuring sets hold already must not be written: the measure would then only say that it was learned by heart.
"""

import difflib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant import questions
from assistant.datatypes import Hit, Target
from assistant.errors import CorpusError, UsageError, reason_of
from assistant.evaluation import question_sets
from assistant.evaluation.question_sets import RetrievalMeasure, Row
from assistant.french.folding import fold_words
from assistant.index.library import Library
from assistant.index.store import Store
from assistant.protocols import EmbeddingModel
from assistant.references import normalise_article, normalise_chapter

# Beyond this cosine two questions ask the same thing in nearly the same words: the second adds little..
SAME_QUESTION = 0.96
NEAR_QUESTIONS = 5
# A question may lie in several files; each is shown once.
_CANDIDATES = 20
_NEAR_NUMBERS = 4


@dataclass(frozen=True, slots=True)
class Written:
    """A question to be added: its words, its kind (``questions.KINDS``), the articles it leads to, the one it is written for first."""

    text: str
    kind: str
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A written question that is near: ``cosine`` from -1 to 1."""

    text: str
    targets: tuple[Target, ...]
    cosine: float


@dataclass(frozen=True, slots=True)
class Effect:
    """What a set measures before and after."""

    set: str
    before: RetrievalMeasure
    after: RetrievalMeasure


def written(store: Store, text: str, kind: str, work: str, articles: Sequence[str]) -> Written:
    """A question whose articles are all indexed.

    Raises:
        UsageError: the question is empty, its kind unknown, the work or an article not indexed.
    """
    plain = " ".join(text.split())
    if len(plain.split()) < 2:
        raise UsageError("La question est vide ou d'un seul mot.", "Écrivez-la comme une personne la pose.")
    if kind not in questions.KINDS:
        raise UsageError(f"Il n'y a pas de genre « {kind} ».", f"Genres : {', '.join(questions.KINDS)}.")
    if not articles:
        raise UsageError("Il manque l'article auquel la question mène.", "Par exemple : --article L2112-4.")
    known = dict(store.works())
    if work not in known:
        raise UsageError(
            f"Aucun article de « {work} » n'est indexé.", f"Textes indexés : {', '.join(known) or 'aucun'}."
        )
    return Written(plain, kind, tuple(Target(work, _indexed(store, work, article)) for article in articles))


def _indexed(store: Store, work: str, article: str) -> str:
    forms = dict.fromkeys((normalise_article(article), normalise_chapter(article)))
    found = next((form for form in forms if store.wordings(form, work)), None)
    if found is None:
        near = difflib.get_close_matches(
            normalise_article(article), store.articles_of(work), _NEAR_NUMBERS, 0.6
        )
        hint = (
            f"Voisins : {', '.join(near)}."
            if near
            else f"Les articles indexés : assistant search « {work} »."
        )
        raise UsageError(
            f"L'article {article} de « {work} » n'est pas indexé : la question ne mènerait nulle part.", hint
        )
    return found


def near(library: Library, embedding: EmbeddingModel, text: str) -> tuple[Near, ...]:
    """The written questions nearest to ``text``, nearest first."""
    index = library.vectors(embedding.dimension)[1]
    found = index.search(embedding.embed_queries([text])[0], _CANDIDATES)
    serials = {id_: serial for id_, serial, _ in library.store.scan_questions()}
    texts = {
        id_: one
        for serial in {serials[id_] for id_, _ in found if id_ in serials}
        for id_, one in library.store.questions_of(serial)
    }
    each = {
        texts[id_].text: Near(texts[id_].text, texts[id_].targets, float(cosine))
        for id_, cosine in reversed(found)
        if id_ in texts
    }
    return tuple(sorted(each.values(), key=lambda one: -one.cosine)[:NEAR_QUESTIONS])


def require_new(text: str, neighbours: Sequence[Near], sets: Sequence[Path]) -> None:
    """Refuses a question that is written already, or that a measuring set asks, in these very words.

    Raises:
        UsageError: it is.
    """
    words = _words(text)
    if same := next((one for one in neighbours if _words(one.text) == words), None):
        articles = (
            ", ".join(f"{target.work} {target.article}" for target in same.targets if target.article)
            or "aucune règle"
        )
        raise UsageError(
            f"Cette question est déjà écrite ; elle mène à {articles}.",
            "Écrivez une autre façon de la poser.",
        )
    for path in sets:
        if any(_words(row["question"]) == words for row in question_sets.read(path)):
            raise UsageError(
                f"Cette question est dans « {path.name} », qui sert à mesurer.",
                "L'écrire fausserait la mesure : posez-la autrement.",
            )


def _words(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in fold_words(text)).split())


def added(path: Path, question: Written) -> str:
    """The text of a file of questions with one more.

    Raises:
        CorpusError: the file holds something else, or a broken line.
        UsageError: it cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"Le fichier « {path} » ne peut pas être lu ({reason_of(error)}).",
            "Donnez un fichier de questions en UTF-8.",
        ) from error
    if text.strip():
        if not questions.is_question_file(text):
            raise CorpusError(
                f"« {path.name} » n'est pas un fichier de questions écrites.",
                "corpus/README.md en décrit la forme.",
            )
        questions.parse(text, path.name)
    targets = [{"work": target.work, "article": target.article} for target in question.targets]
    line = json.dumps(
        {"question": question.text, "kind": question.kind, "targets": targets}, ensure_ascii=False
    )
    whole = f"{text.rstrip()}\n{line}\n".lstrip()
    questions.parse(whole, path.name)
    return whole


def retrieval_sets(folder: Path) -> dict[str, tuple[Row, ...]]:
    """What a folder's sets ask of a search, by name: the questions that have relevant articles, or articles that their answer should rest on.

    Each question stands alone: sets of follow-ups, and of two questions in one, measure something else.
    """
    read = {
        path.stem: tuple(row for line in question_sets.read(path) if (row := _searched(line)))
        for path in sorted(folder.glob("*.jsonl"))
    }
    return {name: rows for name, rows in read.items() if rows}


def _searched(row: Row) -> Row | None:
    relevant = row.get(
        "relevant", [{"work": one["text"], "num": one["article"]} for one in row.get("gold", ())]
    )
    if "previous" in row or not relevant or not all(isinstance(one, dict) for one in relevant):
        return None
    return {**row, "relevant": relevant}


def measured(
    sets: Mapping[str, Sequence[Row]], search: Callable[[str, date | None, int], Sequence[Hit]]
) -> dict[str, RetrievalMeasure]:
    """What each set measures, by its name."""

    def timed(question: str, day: date | None, limit: int) -> tuple[Sequence[Hit], float]:
        start = time.perf_counter()
        return search(question, day, limit), time.perf_counter() - start

    return {name: question_sets.measure_retrieval(rows, timed) for name, rows in sets.items()}
