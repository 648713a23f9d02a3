"""Exposure: what each reason rests on, what it quotes, what is left to be verified; that a company's name says nothing."""

from datetime import date

import pytest

from assistant.sourcing import catalogues, data, law, places
from assistant.sourcing.contracts import IndexedContract, Stated, joined
from assistant.sourcing.exposure import Exposure, Owner, Theme, exposures
from assistant.sourcing.places import states
from assistant.sourcing.register import Sensitivity
from tests.sourcing.made import TODAY, application


def exposed(**said: object) -> Exposure:
    return exposures([application(**said)], TODAY)[0]


def rules(one: Exposure) -> set[str]:
    return {reason.rule for reason in one.reasons}


def test_nothing_is_said_of_a_company_without_a_source() -> None:
    one = exposed(publisher="American Software France", host="Chinese Cloud Paris")
    assert not [reason for reason in one.reasons if reason.theme is Theme.LAW]
    assert {
        "verifier-propriete",
        "verifier-hebergeur-droit",
        "verifier-donnees",
        "verifier-support",
        "verifier-sensibilite",
    } <= rules(one)
    assert all(reason.points == 0 for reason in one.to_verify)


def test_every_reason_says_where_it_was_read_and_quotes_the_sheets() -> None:
    one = exposed(
        publisher="Soc. A",
        group="Groupe Q (États-Unis), rapport annuel 2025",
        host="Soc. H (Irlande)",
        data_place="Dublin",
        support_place="Maroc",
        sensitivity=Sensitivity.PERSONAL,
    )
    owner = next(reason for reason in one.reasons if reason.rule == "loi-groupe")
    assert "registre.csv, ligne 2" in owner.text
    assert {"cloud-act-et-contrat", "fisa-702", "filiale-europeenne"} == {
        sentence.sheet for sentence in owner.law
    }
    assert "loi-donnees" not in rules(one)
    transfer = next(reason for reason in one.reasons if reason.rule == "droit-transfert")
    assert "Maroc" in transfer.text
    assert transfer.law[0].articles == ("RGPD 44",)
    assert "vérifiée le" in transfer.law[0].said
    assert one.score == sum(reason.points for reason in one.reasons)
    assert "verifier-source" not in rules(one)
    assert "verifier-source" in rules(exposed(publisher="Soc. A", group="Groupe Q (États-Unis)"))


def test_the_law_of_the_member_is_told_by_what_the_member_is() -> None:
    said = {"host": "Soc. H (France)", "sensitivity": Sensitivity.SENSITIVE}
    assert "droit-sren-collectivite" in rules(exposed(member="Commune de Bourg", **said))
    assert "droit-sren-etat" in rules(exposed(member="Préfecture du Val", **said))
    assert "droit-sren" in rules(exposed(member="Agence du Val", **said))
    assert not rules(exposed(host="salle serveur", sensitivity=Sensitivity.SENSITIVE)) & {
        "droit-sren-collectivite",
        "droit-rgpd",
        "coupure-hebergement",
    }
    health = rules(
        exposed(
            function="suivi PMI",
            host="Soc. H (France)",
            data_place="États-Unis",
            sensitivity=Sensitivity.SENSITIVE,
        )
    )
    assert {"droit-hds", "droit-hds-hors-eee", "droit-transfert"} <= health
    assert "droit-nis2" in rules(exposed(sensitivity=Sensitivity.CRITICAL))


def test_ends_formats_volumes_and_people_count() -> None:
    one = exposed(
        contract_end=date(2026, 3, 1),
        formats="format propriétaire, export sur demande",
        data_volume_gb=12_000.0,
        users=1500,
        contract="aucun",
    )
    assert {
        "coupure-contrat-fini",
        "sortie-format-ferme",
        "sortie-tres-grand-volume",
        "sortie-tres-nombreux",
        "coupure-sans-contrat",
    } <= rules(one)
    near = rules(exposed(contract_end=date(2027, 6, 1), formats="CSV, API", data_volume_gb=10.0, users=5))
    assert {"coupure-contrat-proche", "sortie-format-ouvert"} <= near
    assert not near & {"sortie-volume", "sortie-utilisateurs"}


def test_what_renews_by_itself_says_until_when_it_can_be_ended() -> None:
    said = (("Tacite reconduction", "oui"), ("Préavis (mois)", "3"))
    one = exposed(contract="2024-07", contract_end=date(2027, 12, 31), notes=said)
    renewal = next(reason for reason in one.reasons if reason.rule == "coupure-tacite")
    assert "avant le 30 septembre 2027 (préavis de 3 mois)" in renewal.text
    assert "« Tacite reconduction » du registre (registre.csv, ligne 2)" in renewal.text
    assert {sentence.sheet for sentence in renewal.law} == {"ne-pas-reconduire"}
    for column, text in (
        ("Tacite reconduction", "non"),
        ("Reconduction", "expresse"),
        ("Fin du contrat", "sans tacite reconduction"),
    ):
        assert "coupure-tacite" not in rules(exposed(notes=((column, text),)))
    assert "coupure-tacite" in rules(exposed(contract="2024-07, reconduction tacite"))


def test_what_a_line_says_of_leaving_and_of_being_cut_is_read() -> None:
    assert "sortie-sans-clause" in rules(exposed(notes=(("Clause de réversibilité", "non prévue"),)))
    for text in ("prévue, 3 mois", "oui", "sans objet", "sans frais", "?"):
        assert "sortie-sans-clause" not in rules(exposed(notes=(("Clause de réversibilité", text),)))
    assert "coupure-ecrite" in rules(
        exposed(notes=(("Préavis", "30 j ; le fournisseur peut suspendre l'accès"),))
    )
    assert "coupure-ecrite" not in rules(exposed(notes=(("Préavis", "30 jours"),)))
    for formats in ("extraction payante", "pas d'export", "format natif"):
        assert "sortie-format-ferme" in rules(exposed(formats=formats))
    assert "sortie-format-ferme" not in rules(exposed(formats="export CSV documenté"))


def test_data_of_people_are_told_by_a_cell_or_by_the_function() -> None:
    assert "droit-personnelles" in rules(
        exposed(function="suivi des ruches", notes=(("Données", "noms et adresses"),))
    )
    assert "droit-personnelles" in rules(exposed(function="paie"))
    assert "droit-personnelles" not in rules(
        exposed(function="suivi des ruches", sensitivity=Sensitivity.PUBLIC)
    )
    assert "loi-hebergeur" in rules(exposed(publisher="Soc. K (États-Unis)", host="Soc. K"))


def test_a_catalogue_says_who_owns_a_publisher_with_its_date() -> None:
    known = {"soc. a": Owner("Holding Z (Royaume-Uni)", "Annuaire", date(2026, 1, 5))}
    (one,) = exposures([application(publisher="Soc. A")], TODAY, owners=known)
    reason = next(reason for reason in one.reasons if reason.rule == "loi-groupe")
    assert "« Annuaire » du 5 janvier 2026" in reason.text
    assert reason.law[0].sheet == "lois-etrangeres-autres"


def test_a_contract_joins_by_its_reference_and_its_words_are_quoted() -> None:
    exit_ = Stated("plan de sortie", "Le titulaire remet les données.", "CCAP.pdf", (4,))
    contract = IndexedContract(
        "a",
        "Marché X",
        ("2023-7",),
        "gestion des cimetieres",
        date(2027, 1, 31),
        Stated("fin", "jusqu'au 31 janvier 2027", "AE.pdf", (2,)),
        reversibility=exit_,
    )
    one = application(contract="Marché n° 2023-7")
    joins = joined(one, [contract])
    assert joins[0].why == "même référence « Marché n° 2023-7 »"
    (found,) = exposures([one], TODAY, joins={0: joins}, has_contracts=True)
    assert found.contract_end == date(2027, 1, 31)
    assert any("jusqu'au 31 janvier 2027 » (AE.pdf, p. 2)" in reason.text for reason in found.reasons)
    assert any(
        "remet les données" in reason.text and "CCAP.pdf, p. 4" in reason.text for reason in found.reasons
    )
    (other,) = exposures([application(contract="2020-1")], TODAY, has_contracts=True)
    assert "verifier-clause" in rules(other)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Irlande (Dublin)", ["IE"]),
        ("hébergé aux USA", ["US"]),
        ("pas de transfert hors UE", []),
        ("France uniquement, pas aux États-Unis", ["FR"]),
        ("Europe", ["EUR"]),
        ("hors UE", ["XX"]),
        ("Londres", ["GB"]),
        ("salle serveur", []),
    ],
)
def test_places_are_told_and_what_is_denied_is_not(text: str, codes: list[str]) -> None:
    assert [state.code for state in dict.fromkeys(states(text))] == codes
    assert places.is_own("Salle serveurs de la mairie")


def test_every_sentence_that_the_rules_name_is_in_a_sheet() -> None:
    table = data.table("exposure.toml")
    named = [
        reference for rule in table.values() if isinstance(rule, dict) for reference in rule.get("law", ())
    ]
    named += [reference for references in table["states"].values() for reference in references]
    assert len(named) > 40
    assert all(law.sentence(reference).text for reference in named)
    assert catalogues.owners(()) == {}
