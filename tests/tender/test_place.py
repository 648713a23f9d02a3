"""Where a contract is carried out."""

import pytest

from assistant.datatypes import Span
from assistant.tender.facts.place import place_of, within_object
from tests.tender.made import view

_TABLE = "# 4.3 Points de livraison\n\n| Site | Quai |\n|---|---|\n| Dépôt de Morance | ZI des Aubiers |\n| CH Saint-Fort | bâtiment C |\n"


def _place(text: str, piece: str = "CCAP") -> str | None:
    found = place_of(view(f"# 1 Objet\n\nDes repas.\n\n# 2 Durée\n\nUn an.\n\n{text}", piece))
    assert found is None or isinstance(found.value, str)
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "# 1.4 Lieu\n\nPlace de l'Église à Vaux. L'accès des engins se fait uniquement par la rue Haute.\n",
            "Place de l'Église à Vaux.",
        ),
        (
            "# Où livrer ?\n\nÀ la réserve du restaurant, rue de la Foulerie.\n",
            "À la réserve du restaurant, rue de la Foulerie.",
        ),
        (
            "# B4 Lieu de travail\n\nAtelier du titulaire, à moins de 150 km.\n",
            "Atelier du titulaire, à moins de 150 km.",
        ),
        ("3/ OÙ\nDans les réserves du musée à Sévrain.\n", "Dans les réserves du musée à Sévrain"),
        ("Établissement bénéficiaire : CH de Brissac (tous sites)\n", "CH de Brissac (tous sites)"),
        (
            "Les ateliers ont lieu sur les campus de Rouvray et Elbœuf.\n",
            "Les ateliers ont lieu sur les campus de Rouvray et Elbœuf.",
        ),
        (
            "Les études portent sur la rive droite, à Sorgeolles.\n",
            "Les études portent sur la rive droite, à Sorgeolles.",
        ),
        ("Le lieu de livraison est le magasin général.\n", "Le lieu de livraison est le magasin général."),
        ("# Où se renseigner\n\nAuprès du service des marchés, 2 rue Haute.\n", None),
        (
            "Livraison franco au collège Jean-Moulin, Belvas.\n",
            "Livraison franco au collège Jean-Moulin, Belvas.",
        ),
        ("| Adresse de livraison | Date | Heure |\n|---|---|---|\n", None),
        ("- Lot 1 : zones humides\n- Lot 2 : zones de chalandise\n", None),
        ("Communes concernées : Vaux et Belvas\n", "Vaux et Belvas"),
        ("Site : https://marches.exemple\n", None),
        ("Le DPGF est rempli\nou\nle BPU est joint\n", None),
        ("# Accès\n\nL'accès au campus Nord est interdit aux véhicules.\n", None),
    ],
)
def test_places(text: str, place: str | None) -> None:
    assert _place(text) == place


def test_the_rows_below_a_title_of_places_are_the_place() -> None:
    place = _place(_TABLE)
    assert place is not None
    assert "Dépôt de Morance ZI des Aubiers" in place
    assert "CH Saint-Fort" in place


def test_lots_that_are_sectors_are_the_place() -> None:
    text = "Les lots :\n- Lot 1 : secteur plateau (11 communes)\n- Lot 2 : secteur vallée (8 communes)\n"
    assert (
        _place(text, "BPU") == "Lot 1 : secteur plateau (11 communes) ; Lot 2 : secteur vallée (8 communes)"
    )


@pytest.mark.parametrize(
    ("bought", "place"),
    [
        ("Le marché a pour objet la réfection de la couverture de l'école Jules-Verne.", "école Jules-Verne"),
        (
            "Le marché a pour objet la location de bennes dans les cinq déchèteries du syndicat, pour quatre ans.",
            "cinq déchèteries du syndicat",
        ),
        ("Le marché a pour objet la construction d'un groupe scolaire.", None),
        ("Le marché a pour objet des achats pour les écoles et les agents.", None),
        ("Le marché a pour objet un logiciel de gestion des piscines de la Ville.", None),
        ("Le marché a pour objet la livraison de repas depuis la cuisine centrale du titulaire.", None),
    ],
)
def test_what_is_bought_names_its_place(bought: str, place: str | None) -> None:
    seen = view(f"# 1 Objet\n\n{bought}\n")
    start = seen.document.text.index("Le marché")
    found = within_object(seen, [Span(start, start + len(bought))])
    assert (found.value if found else None) == place


def test_a_title_of_sites_does_not_make_a_place_of_its_first_words() -> None:
    assert _place("# 3 Sites\n\nOn a repris les trois points du dernier compte rendu.\n") is None
    assert _place("# 3 Lieu\n\nLes copies restent sur le territoire de l'Union européenne.\n") is None
