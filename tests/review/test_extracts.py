"""How what the trained reader sees becomes findings: extracts, the sentence of a fault, its rule, the thresholds."""

from collections.abc import Sequence

import pytest

from assistant.datatypes import FindingSeverity
from assistant.reader.clauses import Judgement
from assistant.review.extracts import TO_CHECK
from tests.review.made import FOR_TOOTHLESS, FOR_UNLAWFUL, LAWFUL, Sees, caught, fault, findings

ORDINARY = "Le titulaire remet chaque mois un compte rendu des interventions réalisées et des délais tenus, que l'acheteur vise sous dix jours."
FAULT = "Le jury se réserve d'ajouter un critère."


def test_a_fault_is_quoted_by_the_sentence_that_holds_it() -> None:
    (finding,) = findings(
        f"Les plis sont ouverts le 4 mai. {FAULT} Les candidats sont informés.",
        "RC",
        judge=Sees("ajouter un critère", fault("liberte-illimitee")),
    )
    assert (finding.rule, finding.quote) == ("liberte-illimitee", FAULT)
    assert finding.severity is FindingSeverity.BLOCKING


def test_a_fault_that_two_neighbours_tell_is_quoted_by_both() -> None:
    both = f"{FAULT} Ce critère écarte qui n'y répond pas."
    (finding,) = findings(
        f"Les plis sont ouverts le 4 mai. {both} Les candidats sont informés.",
        "RC",
        judge=Sees("critère", fault("liberte-illimitee")),
    )
    assert finding.quote == both


def test_a_fault_that_no_sentence_holds_alone_is_quoted_whole() -> None:
    text = "Deux critères. Le prix d'abord."
    (finding,) = findings(text, judge=Sees(text, fault("critere-sans-ponderation")))
    assert finding.quote == text


def test_the_reader_is_told_the_kind_of_piece_and_what_introduces_a_list() -> None:
    reader = Sees("rien", LAWFUL)
    findings(
        f"Sont écartées d'office :\n- les sociétés en redressement ; {ORDINARY * 3}\n- les sociétés de moins de trois ans.",
        "RC",
        judge=reader,
    )
    assert all(extract.startswith("RC : ") for extract in reader.read)
    assert len(reader.read) > 1


def test_where_no_rule_is_near_the_finding_says_so_and_names_the_likeliest_two() -> None:
    rules = ("prix-seul", "critere-sans-lien", "hasard-ou-rang", "lots-tous-obligatoires", "avance-refusee")
    unsure = Judgement(0.1, 0.85, 0.05, {rule: 1 / len(rules) for rule in rules}, FOR_UNLAWFUL)
    (finding,) = findings(FAULT, judge=Sees("jury", unsure))
    assert finding.rule == TO_CHECK
    assert finding.severity is FindingSeverity.RISK
    assert "Les règles les plus proches : « " in finding.message


def test_the_sentence_that_holds_the_fault_speaks_for_its_rule_beside_the_extract() -> None:
    whole = Judgement(0.05, 0.9, 0.05, {"duree-sans-terme": 0.6, "liberte-illimitee": 0.4}, FOR_UNLAWFUL)
    alone = Judgement(0.05, 0.9, 0.05, {"duree-sans-terme": 0.02, "liberte-illimitee": 0.98}, FOR_UNLAWFUL)

    def reads(extracts: Sequence[str]) -> list[Judgement]:
        return [
            (whole if "Les plis" in extract else alone) if FAULT in extract else LAWFUL
            for extract in extracts
        ]

    (finding,) = findings(f"Les plis sont ouverts le 4 mai, à midi. {FAULT}", "RC", judge=reads)
    assert (finding.rule, finding.quote) == ("liberte-illimitee", FAULT)


def test_no_fault_is_named_a_contradiction() -> None:
    unsure = Judgement(
        0.1,
        0.85,
        0.05,
        {"ponderation-incoherente": 0.8, "bareme-non-publie": 0.15, "prix-seul": 0.05},
        FOR_UNLAWFUL,
    )
    (finding,) = findings(FAULT, judge=Sees("jury", unsure))
    assert finding.rule == "bareme-non-publie"


def test_what_obliges_to_nothing_is_advice_and_its_rule_is_one_of_advice() -> None:
    mixed = Judgement(0.1, 0.1, 0.8, {"prix-seul": 0.6, "de-preference": 0.4}, FOR_TOOTHLESS)
    (finding,) = findings(FAULT, judge=Sees("jury", mixed))
    assert (finding.rule, finding.severity) == ("de-preference", FindingSeverity.ADVICE)


def test_a_doubt_is_told_of_a_draft_and_not_of_a_whole_piece() -> None:
    doubt = fault("liberte-illimitee", unlawful=0.55, toothless=0.05)
    piece = "\n\n".join(f"{number}. {ORDINARY} {ORDINARY}" for number in range(1, 12))
    assert caught(FAULT, judge=Sees("ajouter un critère", doubt)) == {"liberte-illimitee"}
    assert caught(f"{piece}\n\n12. {FAULT}", judge=Sees("ajouter un critère", doubt)) == set()
    sure = fault("liberte-illimitee", unlawful=0.97, toothless=0.02)
    assert caught(f"{piece}\n\n12. {FAULT}", judge=Sees("ajouter un critère", sure)) == {"liberte-illimitee"}


def test_a_fact_and_what_is_read_of_the_same_sentence_are_one_finding() -> None:
    text = "Les factures sont payées dans un délai de paiement de 90 jours."
    assert caught(text, "CCAP", judge=Sees("90 jours", fault("delai-paiement-excessif"))) == {
        "delai-paiement-excessif"
    }
    assert len(findings(text, "CCAP", judge=Sees("90 jours", fault("delai-paiement-excessif")))) == 1


def test_nothing_is_read_of_an_empty_text_nor_of_a_table_of_contents() -> None:
    reader = Sees("x", LAWFUL)
    assert findings("", judge=reader) == ()
    findings("Article 1. Objet ........ 3\nArticle 2. Durée ........ 4\n", judge=reader)
    assert reader.read == []


def test_each_note_that_a_draft_of_ours_carries_is_passed() -> None:
    note = "Clauses qui l'accompagnent et ne sont pas dans ce projet : audit."
    reader = Sees("accompagnent", fault("liberte-illimitee"))
    assert not findings(f"{note}\n\n{ORDINARY}\n\n{note}\n\n{ORDINARY}", judge=reader)
    assert reader.read
    assert not any("accompagnent" in extract for extract in reader.read)


@pytest.mark.parametrize(
    ("text", "rule", "heard"),
    [
        ("Le centre hospitalier paie à 50 jours de la réception de la facture.", "delai-paiement-excessif", False),
        ("La commune paie à 50 jours de la réception de la facture.", "delai-paiement-excessif", True),
        ("Repas livrés au centre hospitalier. La commune paie à 50 jours de la facture.", "delai-paiement-excessif", True),
        ("Acheteur : centre hospitalier\nDélai de paiement : 50 jours", "delai-paiement-excessif", False),
        ("Avis envoyé le 4 mai 2026, plis remis sur le profil d'acheteur le 5 juin 2026.", "delai-reponse-trop-court", False),
        ("Avis envoyé le 4 mai 2026, plis remis le 15 mai 2026.", "delai-reponse-trop-court", True),
        ("Centre hospitalier de Beaulieu. Délai de paiement : 50 jours.", "delai-paiement-excessif", False),
        ("Lot de 90 000 € HT. Un chiffre d'affaires de 130 000 € HT est attendu.", "chiffre-affaires-disproportionne", False),
        ("Lot de 90 000 € HT. Un chiffre d'affaires de 140 000 € HT est attendu.", "chiffre-affaires-disproportionne", True),
        ("Un chiffre d'affaires de 130 000 € HT est attendu.", "chiffre-affaires-disproportionne", True),
        ("Le marché vaut 31 000 € HT : aucune avance n'est versée.", "avance-refusee", False),
        ("Aucune avance n'est versée, même au-delà de 50 000 € HT.", "avance-refusee", True),
        ("Entité adjudicatrice : l'accord-cadre de maintenance court six ans.", "accord-cadre-trop-long", False),
        ("Entité adjudicatrice : l'accord-cadre court six ans, et se renouvelle trois ans.", "accord-cadre-trop-long", True),
        ("Les mâts portent des drapeaux français et européens, en maille.", "origine-produits", False),
        ("Les mâts portent des drapeaux de fabrication française, en maille.", "origine-produits", True),
        ("Les mâts portent des drapeaux français, en tissu épais.", "origine-produits", False),
        ("Accord-cadre sans minimum, avec un maximum de 190 000 € HT sur quatre ans.", "accord-cadre-sans-maximum", False),
        ("Accord-cadre sans maximum, avec un minimum de 10 000 € HT sur quatre ans.", "accord-cadre-sans-maximum", True),
        ("L'article R2142-22 du code de la commande publique s'applique.", "article-inexistant", False),
        ("Procédure adaptée. Les trois premiers candidats sont entendus en mairie.", "negociation-appel-offres", False),
        ("Appel d'offres ouvert. Les trois premiers candidats sont entendus en mairie.", "negociation-appel-offres", True),
        ("En cas de groupement conjoint, le mandataire sera solidaire de ses membres.", "groupement-forme-imposee", False),
        ("Le groupement sera conjoint, son mandataire solidaire, dès la candidature.", "groupement-forme-imposee", True),
    ],
)  # fmt: skip
def test_the_reader_is_not_heard_against_what_numbers_and_facts_show_to_be_lawful(
    text: str, rule: str, heard: bool
) -> None:
    assert (rule in caught(text, judge=Sees(text[-14:], fault(rule)))) is heard
