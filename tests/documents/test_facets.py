"""What a list asks beside whether a field is there: asked in a question, said in a sentence, and not said where it is denied or speaks of something else."""

import pytest

from assistant.documents import facets as facets_module
from assistant.documents.facets import Facet, asked_of, facets, mentioning
from assistant.french.folding import fold
from tests.documents.made import subject

SAID = [
    ("tacites", "Il est reconduit tacitement deux fois.", "Il est reconduit par décision expresse."),
    ("expresses", "La reconduction est expresse.", "La reconduction est tacite."),
    ("plafonnées", "Les pénalités sont plafonnées à 10 %.", "Les pénalités ne sont pas plafonnées."),
    ("hausse plafonnée", "La hausse est limitée à 3 % par an.", "L'indice est celui du mois zéro."),
    ("révisables", "Prix révisables chaque année", "Prix fermes, ni révisables ni actualisables"),
    ("pondérés", "Prix (60) ; Valeur technique (40)", "Critères énoncés au règlement"),
    ("lot ou marché réservé", "Le lot 2, réservé en application de l'article L. 2113-12, est exécuté par un ESAT.", "Aucun lot n'est réservé."),
    ("juge judiciaire", "Le tribunal de commerce de Metz est seul compétent.", "Tribunal administratif de Paris."),
    ("en volume", "120 heures d'insertion sont réservées.", "L'insertion est encouragée."),
    ("tacites", "Le marché est reconduit d'année en année.", "Le silence de l'acheteur vaut refus de reconduire."),
    ("tacites", "La tacite reconduction est de règle.", "Il ne peut être prolongé par tacite reconduction."),
    ("expresses", "La reconduction n'est pas tacite.", "Il se renouvelle, sauf dénonciation par lettre recommandée."),
    ("fermes", "Aucune révision ni actualisation des prix n'est admise.", "Les prix sont fermes la première année, puis révisés."),
    ("interdite ou limitée", "Seule la vitrerie peut être sous-traitée.", "Les travaux peuvent être sous-traités après agrément."),
    ("interdite ou limitée", "Il peut sous-traiter l'affichage, jamais la vente.", "L'acte de sous-traitance est signé."),
    ("interdite tout entière", "La sous-traitance est interdite.", "La sous-traitance du lot 2 est interdite, sauf le ramonage."),
    ("sans indemnité", "Le syndicat peut résilier sans indemnité.", "Il peut résilier pour faute, sans indemnité."),
    ("plusieurs titulaires", "Le lot 1 est attribué à trois géomètres.", "Le marché compte trois lots."),
    ("juge administratif", "Litiges : tribunal administratif de Nancy.", "Litiges : tribunal de commerce de Nancy."),
    ("signature", "Fait à Metz, en un exemplaire, le 17 décembre 2024", "Date limite de signature : le 17 décembre 2024"),
    ("chiffrée", "Il est assuré pour 500 000 € par sinistre.", "Il produit son attestation d'assurance."),
    ("avec indemnité", "La résiliation donne droit à une indemnité de 5 %.", "La résiliation est sans indemnité, 5 % étant retenus."),
    ("accord-cadre", "Accord-cadre mono-attributaire", "Marché ordinaire"),
    ("adaptée", "Procédure adaptée", "Appel d'offres ouvert"),
    ("visite obligatoire des lieux", "La visite du site est obligatoire.", "La visite du site est facultative."),
    ("en France", "Les données ne quittent pas le territoire national.", "Les données restent dans l'Union européenne."),
    ("plafonnées", "Les pénalités, plafonnées à 20 % ; le seuil d'exonération ne joue pas.", "Les pénalités inférieures au plafond d'exonération ne sont pas dues."),
    ("validité des offres", "Le délai de validité des offres est de 120 jours.", "L'offre est rédigée en français."),
    ("tacites", "Il se renouvelle de lui-même, sauf courrier contraire.", "Il se renouvelle par décision écrite."),
    ("interdite ou limitée", "Il ne sous-traite pas.", "Il sous-traite le transport."),
    ("à toute heure", "Une astreinte est assurée jour et nuit.", "Aucune astreinte n'est assurée jour et nuit."),
    ("travail de nuit", "L'agent fait deux rondes par nuit.", "Une sauvegarde est faite chaque nuit."),
    ("un montant en euros", "Le forfait est de 7 946,00 € HT.", "Le forfait est fixé au bordereau."),
    ("décennale", "Il produit son attestation d'assurance décennale.", "Il produit une assurance de responsabilité."),
]  # fmt: skip


@pytest.mark.parametrize(("label", "said", "not_said"), SAID)
def test_a_sentence_says_a_facet_or_does_not(label: str, said: str, not_said: str) -> None:
    facet = _facet(label)
    assert facet.says(fold(said))
    assert not facet.says(fold(not_said))


def test_the_words_above_tell_what_a_sentence_speaks_of() -> None:
    capped = _facet("plafonnées")
    assert not capped.says(fold("Leur total ne peut excéder 10 %."))
    assert capped.says(fold("Leur total ne peut excéder 10 %."), fold("Pénalités"))


@pytest.mark.parametrize(
    ("question", "field", "label"),
    [
        ("Quels contrats se reconduisent tout seuls si personne ne fait rien ?", "reconductions", "tacites"),
        ("lesquels ont un plafond de pénalités ?", "penalites_retard", "plafonnées"),
        ("combien d'avis sont en MAPA ?", "procedure", "adaptée"),
        ("qui oblige à venir voir le site ?", "", "visite obligatoire des lieux"),
        ("lesquels prévoient une avance ?", "avance", None),
        ("lesquels de nos contrats ont un lot réservé ?", "clause_sociale", "lot ou marché réservé"),
        ("lesquels ont un plafond de commandes ?", "montant_maximum_ht", None),
        ("où les prix sont-ils bloqués, sans aucune révision ?", "revision_prix", "fermes"),
        ("lesquels peut-on arrêter sans verser d'indemnité ?", "resiliation", "sans indemnité"),
        ("y en a-t-il un qui n'irait pas devant le juge administratif ?", "", "juge judiciaire"),
        ("sous-traitance totalement interdite : lesquels ?", "sous_traitance", "interdite tout entière"),
        ("pour lesquels faut-il un écrit de notre part ?", "reconductions", "expresses"),
    ],
)
def test_a_question_asks_a_side_of_its_field(question: str, field: str, label: str | None) -> None:
    found = asked_of(question, subject(field, "a"))
    assert (found.label if found else None) == label


@pytest.mark.parametrize(
    ("field", "said", "denied"),
    [
        ("avance", "Une avance de 5 % est versée.", "Il n'est pas versé d'avance."),
        ("avance", "L'avance est facultative.", "☒ Je renonce au bénéfice de l'avance"),
        ("penalites_retard", "Les pénalités ne sont pas plafonnées.", "Nous ne prévoyons pas de pénalités."),
        ("penalites_retard", "Sans préjudice des pénalités.", "Cela n'ouvre droit à aucune pénalité."),
        ("clause_sociale", "120 heures d'insertion.", "La clause d'insertion envisagée en mai a été retirée."),
        ("derogations_ccag", "Il est dérogé au CCAG-FCS.", "Nous ne nous référons à aucun CCAG."),
        ("reconductions", "Le titulaire ne s'oppose pas à la reconduction.", "Du 1er mai au 30 juin, sans reconduction."),
    ],
)  # fmt: skip
def test_what_speaks_of_a_field_affirms_or_denies_it(field: str, said: str, denied: str) -> None:
    spoken = facets_module.spoken()[field]
    assert spoken.says(fold(said))
    assert not spoken.says_none(said)
    assert spoken.says(fold(denied))
    assert spoken.says_none(denied)


TEXTS = ["Mme Sandrine Loubet dirige.", "La régie Vélovéz est au sous-sol.", "L'institut de formation en soins infirmiers", "Vélovéz n'est pas concernée."]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Quels fichiers parlent de Vélovéz ?", "qui nomme « Vélovéz »"),
        ("Lesquels servent l'IFSI ?", "qui nomme « IFSI »"),
        ("Paul demande les dossiers qui nomment la Régie Vélovéz", "qui nomme « Vélovéz »"),
        ("Lesquels laissent Vélovéz de côté ?", "qui écarte « Vélovéz »"),
        ("Dans quels dossiers sort le nom de Sandrine Loubet ?", "qui nomme « Sandrine Loubet »"),
        ("L'escalier apparaît dans combien de pièces ?", "qui nomme « escalier »"),
        ("Les marchés de nuit ?", None),
        ("Lesquels ont une clause RGPD ?", None),
    ],
)
def test_a_list_may_ask_who_or_what_documents_name(question: str, label: str | None) -> None:
    found = facets_module.naming(question, subject("", "contient"), lambda: TEXTS)
    assert (found.label if found else None) == label


def test_what_leaves_a_name_out_denies_something_of_it() -> None:
    found = facets_module.naming("Lesquels laissent Vélovéz de côté ?", subject("", "a"), lambda: TEXTS)
    assert found is not None
    assert [found.says(fold(text)) for text in TEXTS] == [False, False, False, True]


def test_every_facet_of_a_field_names_one_that_exists() -> None:
    from assistant.summaries.fields.summary import FIELDS

    assert all(one.field in FIELDS for one in facets() if one.field)
    assert len({(one.field, one.label) for one in facets()}) == len(facets())


def _facet(label: str) -> Facet:
    return next(one for one in facets() if one.label == label)


def test_what_documents_speak_of_is_told_by_the_rarest_word_of_each_thing() -> None:
    told = {"vehicu": 0.5, "batter": 0.9, "rechar": 0.8, "docume": 0.2}
    question = "quels documents parlent de véhicules à batterie ou de bornes de recharge ?"
    facet = mentioning(question, subject(""), told)
    assert facet is not None
    assert facet.label == "qui parle de « batterie », « recharge »"
    assert facet.says(fold("Dix autocars à batteries entrent au parc."))
    assert not facet.says(fold("Dix véhicules entrent au parc."))
    assert mentioning("quels documents ont des batteries ?", subject(""), told) is None
    assert mentioning("quels documents parlent de l'avance ?", subject("avance"), told) is None
