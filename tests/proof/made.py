"""Fifty files of evidence from the corpus, without a model: answers over its sheets, reviews of its pieces, drafts of its clauses."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import islice

from assistant import reading
from assistant.answering.answerer import Answerer
from assistant.article_dates import parse
from assistant.datatypes import Kind
from assistant.drafting import drafter
from assistant.drafting.drafter import Request
from assistant.drafting.library import ClauseLibrary, load
from assistant.index.library import Library
from assistant.kept_answer import KeptAnswer
from assistant.proof import made_from
from assistant.proof.dossier import Dossier
from assistant.proof.texts import Texts
from assistant.review import review
from assistant.workspace import ARTICLES, CLAUSES
from tests.conftest import ROOT

DAY = date(2026, 11, 25)
SHEETS = tuple(
    ROOT / "corpus" / "droit" / f"{name}.yaml"
    for name in ("exclusion-cloud-act", "localisation-des-moyens-ue", "allotissement-par-sensibilite")
)
QUESTIONS = (
    "Peut-on exclure un fournisseur américain parce qu'il est soumis au Cloud Act ?",
    "Comment imposer que les données restent dans l'Union européenne ?",
    "Peut-on imposer que les serveurs soient en France ?",
    "Faut-il allotir selon la sensibilité des données ?",
    "Que dit l'article L2112-4 ?",
    "Que dit l'article L2113-10 ?",
    "Que dit l'article R2122-8 ?",
    "Que dit l'article R2322-8 ?",
    "Que dit l'article 31 de la loi 2024-449 ?",
    "moyens localisés sur le territoire de l'Union",
    "marché passé sans publicité à moins de 40 000 euros",
    "protection des données sensibles contre les autorités d'États tiers",
    "marchés passés en lots séparés",
    "marché de défense sans publicité",
    "Quelle est la capitale de l'Australie ?",
    "Que dit l'article L9999-1 ?",
)
REVIEWED = ROOT / "corpus" / "revue"
# Of each pair of pieces the one with a fault; and whole pieces with one.
PIECES = (
    *sorted((REVIEWED / "pieces").glob("?[13579]-*.md")),
    *(REVIEWED / "entieres" / f"{name}.md" for name in ("a-06", "a-12", "b-01", "b-03")),
)
DRAFTS = 18


@cache
def clauses() -> ClauseLibrary:
    return load((CLAUSES,))


def texts_of(library: Library) -> Texts:
    return Texts(library.store, parse(ARTICLES.read_text(encoding="utf-8"), ARTICLES.name))


def answers(answerer: Answerer, texts: Texts) -> Iterator[Dossier]:
    for question in QUESTIONS:
        yield made_from.an_answer(KeptAnswer.of(answerer.answer(question, as_of=DAY)), texts, DAY)


def reviews(texts: Texts) -> Iterator[Dossier]:
    for path in PIECES:
        document = reading.read(path, kind=Kind.TENDER, collection="revue")
        yield made_from.a_review(review([document], day=DAY), texts, DAY, DAY)


def drafts(texts: Texts) -> Iterator[Dossier]:
    for name in islice((kit.id for kit in clauses().kits), 2):
        yield draft(Request((name,), {}), texts)
    for number, clause in enumerate(islice(clauses().clauses, 0, 4 * (DRAFTS - 2), 4)):
        yield draft(Request((clause.id,), {}, level=1 + number % 3), texts)


def draft(request: Request, texts: Texts) -> Dossier:
    return made_from.a_draft(drafter.draft(clauses(), request), request, texts, DAY)
