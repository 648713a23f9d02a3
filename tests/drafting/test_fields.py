import pytest

from assistant.datatypes import ClauseField, FieldType
from assistant.drafting import fields
from assistant.errors import UsageError


def made(type_: FieldType, unit: str | None = None, choices: tuple[str, ...] = ()) -> ClauseField:
    return ClauseField("essai", "Essai", type_, unit, None, "Dites combien.", choices)


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        (made(FieldType.INTEGER), "3", ("3",)),
        (made(FieldType.INTEGER, "mois"), "3 mois", ("3",)),
        (made(FieldType.INTEGER), "2027", ("2027",)),
        (made(FieldType.INTEGER), "15 000", ("15\u00a0000",)),
        (made(FieldType.DECIMAL), "2.5", ("2,5",)),
        (made(FieldType.DECIMAL), "99,95", ("99,95",)),
        (made(FieldType.AMOUNT), "1250,50 €", ("1\u00a0250,50",)),
        (made(FieldType.AMOUNT), "2 000 000 euros HT", ("2\u00a0000\u00a0000",)),
        (made(FieldType.PERCENTAGE, "%"), "30 %", ("30",)),
        (made(FieldType.DURATION, "jours"), "15 jours", ("15",)),
        (made(FieldType.DURATION), "48 heures", ("48 heures",)),
        (made(FieldType.DURATION), "8 jours ouvrés", ("8 jours ouvrés",)),
        (made(FieldType.DATE), "2027-01-01", ("1er janvier 2027",)),
        (made(FieldType.DATE), "31/12/2027", ("31 décembre 2027",)),
        (made(FieldType.CHOICE, choices=("Oui", "Non")), "oui", ("Oui",)),
        (made(FieldType.LIST), "a ; b;c", ("a", "b", "c")),
        (made(FieldType.TEXT), "  Ville   d'Exemple ", ("Ville d'Exemple",)),
        (made(FieldType.TEXT), "a_b *c* [d] {{e}}", (r"a_b \*c\* \[d\] \{\{e\}\}",)),
    ],
)
def test_a_value_is_shown_as_french_writes_it(field: ClauseField, typed: str, shown: tuple[str, ...]) -> None:
    assert fields.shown(field, typed) == shown


@pytest.mark.parametrize(
    ("field", "typed", "wanted"),
    [
        (made(FieldType.INTEGER), "trois", "attend un nombre entier"),
        (made(FieldType.INTEGER), "2,5", "attend un nombre entier"),
        (made(FieldType.INTEGER, "mois"), "3 jours", "attend un nombre entier"),
        (made(FieldType.INTEGER), "-3", "attend un nombre entier"),
        (made(FieldType.DECIMAL), "1,2,3", "attend un nombre"),
        (made(FieldType.AMOUNT), "cher", "attend un montant en euros"),
        (made(FieldType.PERCENTAGE), "120", "attend un pourcentage de 0 à 100"),
        (made(FieldType.DURATION, "jours"), "deux", "attend une durée en jours"),
        (made(FieldType.DURATION), "48", "attend une durée avec son unité"),
        (made(FieldType.DATE), "31/02/2027", "attend une date"),
        (made(FieldType.DATE), "bientôt", "attend une date"),
        (made(FieldType.CHOICE, choices=("Oui", "Non")), "peut-être", "attend l'un de ces choix : Oui · Non"),
        (made(FieldType.LIST), " ; ", "attend une liste"),
    ],
)
def test_a_value_of_another_type_is_refused_with_what_is_wanted(
    field: ClauseField, typed: str, wanted: str
) -> None:
    with pytest.raises(UsageError) as caught:
        fields.shown(field, typed)
    assert "« essai » (Essai)" in caught.value.message
    assert wanted in caught.value.message
    assert caught.value.hint == "Dites combien."
