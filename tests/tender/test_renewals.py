"""How often a contract is renewed, and for how long: counted once for summaries and for the review."""

import pytest

from assistant.tender.facts.renewals import is_refused, renewals_in


@pytest.mark.parametrize(
    ("folded", "times", "months"),
    [
        ("renouvelable par tacite reconduction trois fois 12 mois", 3, 12),
        ("une periode initiale de deux ans, renouvelable deux fois par periode de deux ans", 2, 24),
        ("une periode ferme de deux ans ; deux reconductions d'un an", 2, 12),
        ("il pourra etre prolonge par reconduction tacite, une seule fois, pour dix-huit mois", 1, 18),
        ("le nombre de periodes de reconduction est fixe a 2", 2, None),
        ("nombre maximal de renouvellements : 3", 3, None),
        ("peut faire l'objet d'une reconduction : oui - 3 x 1 an", 3, 12),
        ("la periode de reconduction est de six mois, renouvelable une seule fois", 1, None),
        (
            "il se renouvelle d'annee en annee, sans qu'une decision soit necessaire, a trois reprises",
            3,
            None,
        ),
        ("reconductions : oui, tacites, au nombre de trois, chacune de douze mois", 3, 12),
        ("l'acheteur peut le prolonger d'une unique periode de vingt-quatre mois", 1, 24),
    ],
)
def test_renewals_are_counted(folded: str, times: int, months: int | None) -> None:
    found = renewals_in(folded)
    assert found is not None
    assert (found.times, found.months) == (times, months)


@pytest.mark.parametrize(
    "folded",
    [
        "la duree de chaque periode de reconduction est de 12 mois",
        "ce marche peut faire l'objet d'une reconduction : oui",
        "7.2 reconduction",
        "le magazine parait six fois par an et sa maquette sera renouvelee",
    ],
)
def test_what_counts_nothing_is_no_renewal(folded: str) -> None:
    assert renewals_in(folded) is None


@pytest.mark.parametrize(
    ("folded", "refused"),
    [
        ("les marches ne sont pas reconductibles", True),
        ("il n'y a pas de periode de reconduction", True),
        ("il est reconduit deux fois", False),
        ("le titulaire ne peut s'opposer a la reconduction", False),
        ("le marche n'est pas reconductible tacitement", False),
    ],
)
def test_what_is_not_renewed(folded: str, refused: bool) -> None:
    assert is_refused(folded) is refused
