"""An earlier contract's article taken up in a draft: its words, its place, and what has to be revised."""

from assistant import reading
from assistant.datatypes import Document, Kind, Place, Precedent
from assistant.drafting import library, precedents, rendering
from assistant.drafting.drafter import DEROGATIONS_CLAUSE, Request, draft
from assistant.workspace import CLAUSES
from tests.conftest import ROOT
from tests.drafting.test_export import read, read_back, written

SHELF = library.load([CLAUSES])
HOSTING: Document = reading.read(
    ROOT / "corpus" / "accords-cadres" / "accord-cadre-fictif-hebergement-cloud.docx",
    kind=Kind.FRAMEWORK,
    collection="essai",
)


def taken(number: str) -> Precedent:
    found = precedents.named(HOSTING, f"{HOSTING.source.id}#{number}")
    assert found is not None
    return found


def test_an_article_keeps_its_words_and_is_numbered_anew() -> None:
    one = taken("24")
    drafted = draft(SHELF, Request((one.id,), {}, precedents={one.id: one}))
    [article] = drafted.articles
    assert drafted.pieces[0].place is Place.CCTP
    assert drafted.title == article.title == "Réversibilité et plan de sortie testé"
    assert "**1.6 Test annuel**" in article.body.text
    assert "24.6" not in article.body.text
    assert (
        "Les opérations de sortie, dont le transfert des données vers un autre fournisseur"
        in article.body.text
    )
    assert (
        "Repris de « Hébergement et services d'informatique en nuage pour les collectivités (exemple fictif) », article 24"
        in rendering.markdown(drafted)
    )


def test_what_has_to_be_revised_is_said() -> None:
    one = taken("24")
    messages = {
        problem.code: problem.message
        for problem in draft(SHELF, Request((one.id,), {}, precedents={one.id: one})).problems
    }
    assert "1er octobre 2026" in messages["precedent"]
    assert "annexe 4" in messages["precedent-references"]


def test_articles_of_the_law_are_not_taken_for_articles_of_the_contract() -> None:
    one = taken("16")
    codes = {
        problem.code for problem in draft(SHELF, Request((one.id,), {}, precedents={one.id: one})).problems
    }
    assert codes == {"precedent"}


def test_derogations_stay_last_behind_a_precedent() -> None:
    one = taken("18")
    drafted = draft(
        SHELF, Request((DEROGATIONS_CLAUSE, one.id, "audit-controle"), {}, precedents={one.id: one})
    )
    last = next(piece for piece in drafted.pieces if piece.place is Place.CCAP).articles[-1]
    assert last.clause is not None
    assert last.clause.id == DEROGATIONS_CLAUSE


def test_a_draft_with_precedents_reads_back_the_same_in_both_formats() -> None:
    held = [taken(number) for number in ("6", "18", "24", "annexe-2")]
    drafted = draft(
        SHELF,
        Request(
            ("chiffrement-donnees", *(one.id for one in held)), {}, precedents={one.id: one for one in held}
        ),
    )
    odt, docx = read_back(drafted, "odt"), read_back(drafted, "docx")
    wanted = [word for word in written(drafted)[0] if word != "•"]
    assert read(odt)[0] == read(docx)[0] == wanted
