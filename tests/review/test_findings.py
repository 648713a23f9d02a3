"""What a finding holds, and how the same words are lawful in another place."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import reading
from assistant.datatypes import FindingSeverity, Kind
from assistant.reader.clauses import Judgement
from assistant.review import review
from assistant.review.text import fold
from tests.review.made import TODAY, Sees, caught, document, fault, findings

PLAIN = "Le délai de paiement est de 90 jours."
OLD = "Le marché est régi par le décret n° 2016-360 du 25 mars 2016."


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_takes_accents_capitals_and_typography_away() -> None:
    assert fold("L’ÉTAT – Œuvré à 5 %") == "l'etat - euvre a 5 %"


@settings(deadline=None)  # the first text compiles the patterns of every rule
@given(
    st.lists(
        st.sampled_from(
            [PLAIN, OLD, "Objet du marché.", "La durée du marché est de deux ans.\n", "## Titre\n"]
        ),
        max_size=8,
    )
)
def test_a_quote_is_the_text_of_its_span(parts: list[str]) -> None:
    text = " ".join(parts)
    for finding in findings(text):
        assert finding.quote == text[finding.span.start : finding.span.end]
        assert finding.quote.strip() == finding.quote


def test_a_finding_says_what_the_contract_of_the_command_promises() -> None:
    (finding,) = findings(f"Objet.\n{PLAIN}")
    assert finding.rule == "delai-paiement-excessif"
    assert finding.severity is FindingSeverity.BLOCKING
    assert finding.quote == PLAIN
    assert finding.span.start == len("Objet.\n")
    assert ("CCP", "R2192-10") in [(target.work, target.article) for target in finding.legal_basis]


def test_the_gravest_comes_first() -> None:
    rules = [finding.severity for finding in findings(f"{OLD} {PLAIN}")]
    assert rules == sorted(rules, key=list(FindingSeverity).index)
    assert rules[0] is FindingSeverity.BLOCKING


def test_the_day_decides_on_environmental_criteria() -> None:
    rules = "\n".join(
        f"{number}. Article {number}. Texte de l'article, assez long pour compter comme un article."
        for number in range(1, 9)
    )
    text = (
        f"Règlement de la consultation\n{rules}\nCritères d'attribution : prix 60 %, valeur technique 40 %.\n"
        + "La visite est libre. " * 30
    )
    assert "critere-environnement-absent" in caught(text, "RC", TODAY)
    assert "critere-environnement-absent" not in caught(text, "RC", date(2026, 8, 20))


def test_what_is_missing_is_not_said_of_an_extract() -> None:
    assert caught("Le titulaire exécute les prestations dans les délais.", "CCAP") == set()


def test_a_supplier_s_own_terms_are_not_judged_as_a_buyer_s() -> None:
    reader = Sees("qualifié", fault("prestataire-qualifie"))
    terms = (
        "Le Prestataire est qualifié SecNumCloud. Le CLIENT accepte les présentes CGV. "
        + "Le CLIENT paie le Prestataire. " * 12
    )
    assert caught(terms, judge=reader) == set()
    assert reader.read == []


def test_pieces_of_one_tender_are_compared() -> None:
    engagement = document("Le marché est conclu pour une durée de 24 mois.", "AE", "Acte d'engagement")
    clauses = document("Article 3. La durée du marché est de trois ans.", "CCAP", "CCAP")
    first, second = review([engagement, clauses], day=TODAY)
    assert first.findings == ()
    (finding,) = second.findings
    assert finding.rule == "contradiction-duree"
    assert "24 mois dans « Acte d'engagement »" in finding.message


def test_what_two_pieces_say_alike_is_told_of_the_first() -> None:
    before = [
        document(f"Le délai de paiement est de {days} jours.", "CCAP", f"pièce {at}")
        for at, days in enumerate((30, 30, 45))
    ]
    *_, last = review([*before, document("Le délai de paiement est de 20 jours.", "AE", "AE")], day=TODAY)
    (message,) = [one.message for one in last.findings if one.rule == "contradiction-delai-paiement"]
    assert "30 jours dans « pièce 0 »" in message


def test_small_pieces_are_judged_together_and_found_as_alone() -> None:
    lawful = "Le titulaire remet un rapport chaque mois à l'acheteur."
    texts = [
        f"{lawful} L'entreprise est française. Lot {at}." if at % 7 == 0 else f"{lawful} Lot {at}."
        for at in range(300)
    ]
    reader, calls = Sees("française", fault("nationalite-candidat")), 0

    def counted(extracts: Sequence[str]) -> Sequence[Judgement]:
        nonlocal calls
        calls += 1
        return reader(extracts)

    together = review([document(text, "CCTP") for text in texts], day=TODAY, judge=counted)
    assert calls <= 6  # twice for each 128 extracts
    assert [one.findings for one in together] == [findings(text, "CCTP", judge=reader) for text in texts]
    assert sum(bool(one.findings) for one in together) == 43
    assert {one.findings[0].quote for one in together if one.findings} == {"L'entreprise est française."}


def test_pages_and_article_are_given(shared: Path) -> None:
    """A real CCP of 13 pages, whose page 3 cites a repealed decree and sets out six years of orders without a maximum."""
    read = reading.read(
        shared / "data/dce/CCP-gardiennage-surveillance.pdf", kind=Kind.TENDER, collection="essai"
    )
    (one,) = review([read], day=TODAY)
    assert {finding.rule for finding in one.findings} == {
        "accord-cadre-sans-maximum",
        "accord-cadre-trop-long",
        "reference-abrogee",
    }
    assert {finding.pages for finding in one.findings if finding.rule != "reference-abrogee"} == {(3, 3)}
    assert "3 ans reconductible une fois" in next(
        finding.quote for finding in one.findings if finding.rule == "accord-cadre-trop-long"
    )
    assert "2016-360" in next(
        finding.quote for finding in one.findings if finding.rule == "reference-abrogee"
    )
    assert all(finding.quote == read.text[finding.span.start : finding.span.end] for finding in one.findings)
