"""Registers as people send them: what is understood of their columns, what each cell says, and that nothing is lost or guessed."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.errors import EmptyFileError, UsageError
from assistant.reading.isolation import Readers
from assistant.reading.tables import read_tables
from assistant.sourcing import cells, importing
from assistant.sourcing.importing import read_register
from assistant.sourcing.register import Register, Sensitivity
from tests.fakes import FakeEmbedding
from tests.sourcing.made import csv, xlsx


def read(data: bytes, name: str = "registre.csv", **said: object) -> Register:
    return read_register(read_tables(data, name), name, **said)  # type: ignore[arg-type]


def fields(register: Register) -> dict[str, str | None]:
    return {column.header: column.field for column in register.columns}


def told(register: Register, code: str) -> list[str]:
    return [problem.message for problem in register.problems if problem.code == code]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [
        ("utf-8-sig", ";"),
        ("cp1252", ","),
        ("cp850", ";"),
        ("mac_roman", "\t"),
        ("utf-16", "|"),
        ("utf-16-le", ";"),
    ],
)
def test_a_csv_is_read_in_any_usual_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    rows = [
        ["Collectivité", "Logiciel", "Éditeur", "Échéance"],
        ["Évry-la-Forêt", "Générix", "Société Élan", "31/12/2027"],
    ]
    (one,) = read(csv(*(delimiter.join(row) for row in rows), encoding=encoding)).applications
    assert (one.member, one.name, one.publisher, one.contract_end) == (
        "Évry-la-Forêt",
        "Générix",
        "Société Élan",
        date(2027, 12, 31),
    )


def test_a_dirty_workbook_is_read_without_loss() -> None:
    rows = [
        ["Cartographie applicative de la ville"],
        [],
        [
            "Appli.",
            "Domaine",
            "Edit.",
            "Hébergement",
            None,
            "Contrat",
            None,
            "Nb util.",
            "Sensib.",
            "Coût annuel k€ HT",
            "Vol. (Go)",
            "Obs.",
        ],
        [None, None, None, "Prestataire", "Lieu", "N°", "Fin"],
        ["RESSOURCES HUMAINES"],
        [
            "PaieFacile",
            "Paie",
            "Soc. A",
            "Soc. H",
            "Irlande",
            "2022-045",
            date(2026, 12, 31),
            45,
            "DCP",
            "12,5",
            120,
            "à revoir",
        ],
        [
            "CongéPlus",
            "Congés",
            "idem",
            "On premise",
            "mairie",
            "M21-12",
            "06/2027",
            "~200",
            "Forte",
            "5 - 7",
            None,
            None,
        ],
        ["TOTAL", None, None, None, None, None, None, 245, None, 12.5],
        ["* hors matériels"],
    ]
    register = read(
        xlsx(
            {"Applications": rows, "Lisez-moi": [["Une ligne par application"]]},
            {"Applications": ["A1:L1", "D3:E3", "F3:G3", "A5:L5"]},
        ),
        "c.xlsx",
        member="Ville",
    )
    assert fields(register) == {
        "Appli.": "name", "Domaine": "function", "Edit.": "publisher", "Hébergement – Prestataire": "host", "Hébergement – Lieu": "data_place",
        "Contrat – N°": "contract", "Contrat – Fin": "contract_end", "Nb util.": "users", "Sensib.": "sensitivity", "Coût annuel k€ HT": "yearly_cost",
        "Vol. (Go)": "data_volume_gb", "Obs.": None,
    }  # fmt: skip
    pay, leave = register.applications
    assert (pay.yearly_cost, pay.data_volume_gb, pay.users, pay.sensitivity) == (
        Decimal("12500.0"),
        120.0,
        45,
        Sensitivity.PERSONAL,
    )
    assert pay.notes == (("Obs.", "à revoir"), ("Rubrique", "RESSOURCES HUMAINES"))
    assert (leave.publisher, leave.contract_end, leave.users, leave.sensitivity, leave.yearly_cost) == (
        "Soc. A",
        date(2027, 6, 30),
        200,
        None,
        None,
    )
    assert {
        ("Sensib.", "Forte"),
        ("Coût annuel k€ HT", "5 - 7"),
        ("Nb util.", "~200"),
        ("Contrat – Fin", "06/2027"),
    } <= set(leave.notes)
    assert "ligne 7 « Forte »" in told(register, "sensitivity-unread")[0]
    assert "une fourchette : ligne 7 « 5 - 7 »" in told(register, "yearly_cost-unread")[0]
    assert "lu comme le 30 juin 2027" in told(register, "contract_end-read")[0]
    assert told(register, "total")
    assert "* hors matériels" in told(register, "remark")[0]
    assert "Lisez-moi" in told(register, "no-register")[0]
    assert register.missing == ("support_place", "formats", "group")
    assert importing.missing_questions(register)[0] == "Lieu du support : Où est le support (pays) ?"


def test_an_export_of_glpi_is_known_and_its_columns_mean_what_they_mean_there() -> None:
    head = '"Nom";"Entité";"Fabricant";"Statut";"Lieu";"Groupe";"Nombre d\'installations";"Commentaires"'
    (one,) = read(
        csv(
            head,
            '"Archix";"Racine > Val > Bourg";"Soc. X";"En production";"Bât. A";"DSI";"42";"Interne<br>à migrer"',
        )
    ).applications
    assert (one.member, one.name, one.publisher, one.users, one.group, one.data_place) == (
        "Bourg",
        "Archix",
        "Soc. X",
        42,
        None,
        None,
    )
    assert {
        ("Groupe", "DSI"),
        ("Lieu", "Bât. A"),
        ("Commentaires", "Interne ; à migrer"),
        ("Membre", "Racine > Val > Bourg"),
    } <= set(one.notes)


def test_a_person_corrects_a_column_and_a_degree() -> None:
    data = csv("Outil;Machin;Niveau", "Visio;Soc. V;C3")
    assert fields(read(data))["Machin"] is None
    register = read(data, columns={"machin": "publisher", "Inconnue": "host"}, values={"C3": "sensible"})
    assert (register.applications[0].publisher, register.applications[0].sensitivity) == (
        "Soc. V",
        Sensitivity.SENSITIVE,
    )
    assert next(column for column in register.columns if column.header == "Machin").score == 1.0
    assert "inconnue" in told(register, "unknown-header")[0]
    assert importing.field_named("Éditeur") == "publisher"
    assert importing.field_named("note") is None
    with pytest.raises(UsageError, match="n'est pas un champ"):
        importing.field_named("couleur")


def test_the_contracts_of_another_sheet_join_by_their_reference() -> None:
    register = read(
        xlsx(
            {
                "Applis": [["Application", "N° marché"], ["Cimetix", "2023-7"]],
                "Marchés": [["Marché", "Date de fin", "Objet"], ["2023-7", "31/01/2028", "Cimetières"]],
            }
        ),
        "r.xlsx",
    )
    assert register.applications[0].contract_end == date(2028, 1, 31)
    assert "1 contrats joints" in told(register, "joined")[0]


def test_the_embedding_tells_a_header_that_no_word_tells() -> None:
    class Knows(FakeEmbedding):
        def embed_queries(self, texts):  # type: ignore[no-untyped-def]
            return self._embed(["formats export" if "recup" in text else text for text in texts])

    data = csv("Outil;Modalités de récupération", "Visio;sur demande")
    assert read(data).applications[0].formats is None
    assert read(data, embedding=Knows("knows@1")).applications[0].formats == "sur demande"


@pytest.mark.parametrize(
    ("read_", "text", "header", "value", "why"),
    [
        (cells.day, "1er mars 2027", "", date(2027, 3, 1), ""),
        (cells.day, "déc. 2026", "", date(2026, 12, 31), "mois sans jour"),
        (cells.day, "fin 2027", "", date(2027, 12, 31), "fin d'année"),
        (cells.day, "2027", "", None, "année sans jour"),
        (cells.day, "46752", "", date(2027, 12, 31), "nombre de jours"),
        (cells.day, "31/12/2026 ou 31/12/2027", "", None, "plusieurs dates"),
        (cells.day, "2027", "", None, "une année"),
        (cells.day, "tacite reconduction", "", None, "pas de terme"),
        (cells.count, "1 250", "", 1250, ""),
        (cells.count, "50-100", "", None, "fourchette"),
        (cells.money, "12.500,50 €", "", Decimal("12500.50"), ""),
        (cells.money, "12,500.50", "", Decimal("12500.50"), ""),
        (cells.money, "1,2 M€", "", Decimal("1200000.0"), ""),
        (cells.money, "12", "Coût (k€/an)", Decimal(12000), ""),
        (cells.money, "gratuit", "", Decimal(0), ""),
        (cells.money, "$1,200", "", None, "autre monnaie"),
        (cells.money, "1 200", "Coût CHF", None, "autre monnaie"),
        (cells.money, "1 200 €", "Montant TTC", None, "TTC"),
        (cells.money, "100 €/mois", "", None, "par mois"),
        (cells.money, "40 €/utilisateur", "", None, "pas par an"),
        (cells.volume, "1,5 To", "", 1500.0, ""),
        (cells.volume, "500", "Volume (Mo)", 0.5, ""),
        (cells.volume, "500", "Volume", None, "sans unité"),
        (cells.sensitivity, "Données de santé", "", Sensitivity.SENSITIVE, ""),
        (cells.sensitivity, "oui", "Données personnelles ?", Sensitivity.PERSONAL, ""),
        (cells.sensitivity, "non", "Données personnelles ?", None, "« non »"),
        (cells.sensitivity, "pas de données personnelles", "", None, "autre échelle"),
        (cells.sensitivity, "niveau 3", "", None, "autre échelle"),
        (cells.sensitivity, "non sensible", "", Sensitivity.INTERNAL, ""),
        (cells.sensitivity, "données RH", "", Sensitivity.PERSONAL, ""),
        (cells.sensitivity, "faible", "", None, "autre échelle"),
    ],
)
def test_a_cell_says_a_value_or_why_it_is_not_taken(read_, text, header, value, why) -> None:  # type: ignore[no-untyped-def]
    said = read_(text) if read_ in (cells.day, cells.count) else read_(text, header)
    assert said.value == value
    assert why in said.told
    assert bool(said.told) or value is not None


def test_what_holds_no_register_is_said() -> None:
    with pytest.raises(EmptyFileError, match="vide"):
        read_tables(b"\n \n", "vide.csv")
    with pytest.raises(UsageError, match="aucune application dessous"):
        read(csv("Application;Éditeur;Hébergeur"))
    with pytest.raises(UsageError, match="n'a pas de ligne d'en-têtes"):
        read(csv("un;deux", "trois;quatre"))
    with pytest.raises(UsageError, match="ne donne le nom des applications"):
        read(csv("Éditeur;Hébergeur;Pays d'hébergement", "Soc. A;Soc. H;France"))
    rows = (
        "Cuges;paie des agents;abo;31/12/2028",
        "Roquevaire;caméras;matériel;fin 2027",
        "Allauch;état civil;soft;2028",
    )
    survey = read(csv("Commune;Besoin;Type;Fin du contrat", *rows))
    assert [one.name for one in survey.applications] == ["paie des agents", "caméras", "état civil"]
    assert [one.function for one in survey.applications] == ["", "", ""]
    assert (
        next(column.reason for column in survey.columns if column.header == "Type")
        == "dit comment on achète, et non quoi"
    )
    assert "« Besoin » en tient lieu" in told(survey, "name-by-function")[0]
    register = read(csv("Application;Éditeur", ";Soc. A", "Visio;Soc. V", "visio;Soc. W"))
    assert [one.name for one in register.applications] == ["Sans nom (ligne 2)", "Visio", "visio"]
    assert told(register, "no-name")
    assert "2 fois (lignes 3, 4)" in told(register, "twice")[0]
    assert "nom du fichier" in told(register, "member")[0]


def test_a_stranger_s_file_is_read_in_a_process_of_its_own() -> None:
    data = xlsx({"F": [["Application", "Éditeur"], ["Visio", "Soc. V"]]}, {"F": ["B2:C2"]})
    with Readers() as readers:
        assert readers.tables(data, "r.xlsx") == read_tables(data, "r.xlsx")
        with pytest.raises(EmptyFileError):
            readers.tables(b"  ", "vide.csv")
