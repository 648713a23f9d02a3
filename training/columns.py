"""Which column is which, learned: ``python -m training.columns --home HOME``.

From the headers of ``training/sourcing/colonnes.tsv`` (houses that write each in their manner) over values made as registers write them: the weights of what
is seen of a column for each field. It prints what is right in each manner under the weights of the others, and writes ``assistant/sourcing/headers.npz``.
"""

import argparse
import csv
import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.french.months import MONTHS
from assistant.protocols import EmbeddingModel
from assistant.sourcing import columns, data, headers
from assistant.sourcing.functions import functions
from assistant.workspace import Workspace

WRITTEN = Path(__file__).with_name("sourcing") / "colonnes.tsv"
FOLDS, SEED = 4, 11
# Tables made of each manner, and their lines.
TABLES, LINES = 6, (6, 24)
PENALTY, STEPS = 2e-3, 80
# Columns that a table has of each field, and of notes, and that it leaves empty or writes under a neighbour's header.
KEPT, EMPTY = 0.75, 0.08
TOWNS = (
    "Bourg-Neuf",
    "Saint-Aubin",
    "Valmont",
    "Les Essarts",
    "Montreuil-le-Haut",
    "Ferrières",
    "La Roche",
    "Beauvoir",
    "Champ-du-Pré",
    "Villedieu",
)
PEOPLE = (
    "M. Durand",
    "Mme Lefèvre",
    "Claire Petit",
    "J. Moreau",
    "DSI - Paul N.",
    "A. Garcia",
    "Mme Roux",
    "S. Blanc",
)
MAKERS = (
    "Civitas",
    "Orphéa",
    "Nuagéo",
    "Sirion",
    "Technis",
    "Biblia",
    "Vocalia",
    "Hexadata",
    "Pérenna",
    "Archidoc",
    "Postalis",
    "Médixis",
    "Urbania",
    "Kalidéa",
    "Numéris",
    "Altéo",
)
ENDS = (
    "SAS",
    "SA",
    "Systèmes",
    "Software",
    "Inc.",
    "GmbH",
    "Solutions",
    "Informatique",
    "Éditions",
    "Technologies",
    "",
    "",
    "",
    "",
)
STATES = (
    "France",
    "Irlande",
    "Allemagne",
    "États-Unis",
    "USA",
    "Pays-Bas",
    "Inde",
    "Maroc",
    "Canada",
    "Royaume-Uni",
    "Paris",
    "Dublin",
    "Francfort",
    "Lyon",
    "Europe",
    "UE",
    "Suisse",
    "hors UE",
    "Roumanie",
    "Espagne",
)
OWN = (
    "sur site",
    "nos serveurs",
    "salle serveur mairie",
    "local",
    "DSI",
    "on premise",
    "en interne",
    "interne",
    "serveur de la mairie",
)
DEGREES = (
    "publique|interne|personnelle|sensible|critique",
    "Public|Interne|Confidentiel|Secret",
    "C1|C2|C3|C4",
    "1|2|3|4",
    "oui|non",
    "Oui, données de santé|Oui|Non|NSP",
    "N1|N2|N3",
    "faible|moyenne|forte",
    "DCP|sans DCP|données sensibles",
    "état civil, adresse|données de santé|coordonnées agents|aucune donnée personnelle|données sociales|mineurs",
    "DR|non protégé|sensible",
)
FORMATS = (
    "CSV",
    "XML",
    "PDF seul",
    "API REST",
    "export CSV et PDF",
    "propriétaire",
    "aucun export",
    "ODT, ODS",
    "SQL (dump)",
    "PES v2",
    "HL7",
    "LDAP, SAML",
    "fichier plat",
    "XLSX",
    "non documenté",
    "SEDA 2.1",
    "import/export texte",
    "CalDAV",
    "format éditeur",
    "web services SOAP",
    "aucun",
    "JSON",
    "S3",
)
GROUPS = (
    "Groupe {maker} ({state})",
    "{maker} Holding",
    "{state}",
    "fonds d'investissement ({state})",
    "indépendant",
    "filiale de {maker} Corp. ({state})",
    "famille fondatrice",
    "coopérative",
    "inconnu",
    "{maker} Group Inc., {state}",
)
SOURCES = (
    "rapport annuel 2025",
    "Kbis du 3 mars 2026",
    "site de l'éditeur, juin 2026",
    "registre du commerce",
    "déclaration du titulaire",
    "presse",
    "infogreffe 12/2025",
    "annuaire",
    "communiqué du 4 mai 2025",
)

COMMENTS = (
    "à remplacer en 2027",
    "RAS",
    "l'éditeur ne répond plus",
    "en cours de migration",
    "très lent",
    "formation à prévoir",
    "vu en comité",
    "contrat à retrouver",
    "satisfaisant",
    "Voir avec la DSI avant toute décision",
)


@dataclass(frozen=True, slots=True)
class Told:
    """A header of a manner, and what its column is: a field, or ``autre`` with the kind of its values."""

    manner: str
    field: str
    kind: str
    header: str


def written() -> list[Told]:
    """The headers of ``colonnes.tsv``."""
    with WRITTEN.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        Told(row["maniere"], *_field(row["champ"]), header)
        for row in rows
        for header in row["en-tetes"].split("|")
    ]


def of_table() -> list[Told]:
    """The words of ``columns.toml`` as headers, of a manner each of many."""
    found = []
    for field in (*headers.FIELDS, headers.NOTE):
        for number, words in enumerate(data.table("columns.toml")[field]["words"]):
            found.append(
                Told(
                    f"mots-{number % 25}",
                    field,
                    "" if field != headers.NOTE else _kind(words),
                    words.capitalize(),
                )
            )
    return found


def _kind(words: str) -> str:
    """What a note of ``columns.toml`` holds, by the words of its header."""
    for kind, said in {
        "date": "date annee debut maj revue verifie",
        "person": "referent responsable contact chef technicien valide saisi dpo",
        "email": "mail courriel email",
        "phone": "telephone tel",
        "version": "version",
        "id": "numero id identifiant code ligne",
        "siret": "siret siren insee",
        "url": "url site lien adresse",
        "yesno": "aipd pia sso tacite remplacement registre homologation saas hds secnumcloud valide",
        "duration": "duree preavis rto rpo dmia pdma frequence sla",
        "service": "direction service pole",
        "os": "systeme os base sgbd technologie langage",
        "cost": "cout montant investissement penalites",
        "number": "habitants population nombre effectif priorite",
        "status": "statut etat obsolescence fin cible avis satisfaction",
        "licence": "licence",
        "account": "imputation compte budget",
    }.items():
        if set(words.split()) & set(said.split()):
            return kind
    return "comment"


def _field(said: str) -> tuple[str, str]:
    field, _, kind = said.partition(":")
    return field, kind


# ---- values -----------------------------------------------------------------------------------------------------------------------


def values_of(told: Told, count: int, draw: random.Random) -> list[str]:
    """The values of a column, in one manner of writing; some cells are empty."""
    make = _MAKERS[told.kind or told.field](draw)
    if draw.random() < EMPTY:
        return [""] * count
    gaps = draw.choice((0.0, 0.1, 0.4))
    return [
        "" if draw.random() < gaps else draw.choice(("NC", "?", "-")) if draw.random() < 0.03 else make()
        for _ in range(count)
    ]


def _one(words: str | Sequence[str]) -> Callable[[random.Random], Callable[[], str]]:
    held = words.split("|") if isinstance(words, str) else words
    return lambda draw: lambda: draw.choice(held)


def _maker(draw: random.Random) -> str:
    return f"{draw.choice(MAKERS)} {draw.choice(ENDS)}".strip()


def _date(draw: random.Random) -> Callable[[], str]:
    manner = draw.randrange(7)

    def made() -> str:
        day, month, year = draw.randint(1, 28), draw.randint(1, 12), draw.randint(2019, 2030)
        return (
            f"{day:02}/{month:02}/{year}",
            f"{year}-{month:02}-{day:02}",
            f"{MONTHS[month - 1]} {year}",
            f"{day} {MONTHS[month - 1]} {year}",
            f"{month:02}/{year}",
            str(year),
            f"{day:02}.{month:02}.{year % 100:02}",
        )[manner]

    return made


def _end(draw: random.Random) -> Callable[[], str]:
    date = _date(draw)
    return lambda: (
        draw.choice(("tacite reconduction", "sans terme", "en cours")) if draw.random() < 0.12 else date()
    )


def _number(low: int, high: int, *forms: str) -> Callable[[random.Random], Callable[[], str]]:
    def making(draw: random.Random) -> Callable[[], str]:
        form = draw.choice(forms or ("{}",))
        scale = draw.choice((1, 1, 10))
        return lambda: form.format(
            f"{int(10 ** draw.uniform(np.log10(low), np.log10(high))) // scale * scale:,}".replace(
                ",", draw.choice(("", " ", " "))
            )
        )

    return making


def _degree(draw: random.Random) -> Callable[[], str]:
    return _one(draw.choice(DEGREES))(draw)


def _function(draw: random.Random) -> Callable[[], str]:
    said = [
        words for function in functions().by_id.values() for words in (function.label, *function.words[:8])
    ]
    return lambda: draw.choice(said).capitalize()


def _member(draw: random.Random) -> Callable[[], str]:
    forms = draw.choice(
        (
            ("Commune de {}",),
            ("{}",),
            ("Ville de {}", "CC du {}", "CCAS de {}", "Syndicat de {}"),
            ("SDIS {}", "CH de {}"),
            ("Lycée {}", "Collège {}", "UFR {}"),
            ("Service {}", "Direction {}"),
        )
    )
    return lambda: draw.choice(forms).format(draw.choice(TOWNS))


def _name(draw: random.Random) -> Callable[[], str]:
    said = [function.label.split()[0] for function in functions().by_id.values()]

    def made() -> str:
        kind = draw.random()
        name = draw.choice(MAKERS) + draw.choice(
            ("", "", " RH", " Web", " v7", " Suite", " 2024", "+", " Mairie", ".net")
        )
        return name if kind < 0.75 else f"{draw.choice(said)} {name}" if kind < 0.9 else draw.choice(said)

    return made


def _place(draw: random.Random) -> Callable[[], str]:
    own = draw.choice((0.0, 0.2))
    aside = draw.random() < 0.3
    return lambda: (
        draw.choice(OWN)
        if draw.random() < own
        else f"{draw.choice(STATES)} ({draw.choice(STATES)})"
        if aside
        else draw.choice(STATES)
    )


def _host(draw: random.Random) -> Callable[[], str]:
    own, aside = draw.choice((0.1, 0.4)), draw.random() < 0.3
    return lambda: (
        draw.choice(OWN)
        if draw.random() < own
        else f"{draw.choice(MAKERS)} Cloud ({draw.choice(STATES)})"
        if aside
        else f"{draw.choice(MAKERS)} {draw.choice(('Cloud', 'Hosting', 'Infogérance', 'SAS', ''))}".strip()
    )


def _publisher(draw: random.Random) -> Callable[[], str]:
    aside = draw.random() < 0.2
    return lambda: f"{_maker(draw)} ({draw.choice(STATES)})" if aside else _maker(draw)


def _contract(draw: random.Random) -> Callable[[], str]:
    form = draw.choice(
        (
            "{y}-{n:03}",
            "M{y}{n:02}",
            "Marché {y}/{n:02}",
            "BC {n}",
            "AC-{y}-L{n}",
            "{y}{n:04}",
            "Conv. {n}",
            "CTR{n:05}",
        )
    )
    return lambda: (
        "sans contrat"
        if draw.random() < 0.08
        else form.format(y=draw.randint(2018, 2026), n=draw.randint(1, 99))
    )


def _formats(draw: random.Random) -> Callable[[], str]:
    said = FORMATS
    return lambda: draw.choice(said) if draw.random() < 0.7 else f"{draw.choice(said)}, {draw.choice(said)}"


def _group(draw: random.Random) -> Callable[[], str]:
    said = GROUPS
    return lambda: draw.choice(said).format(maker=draw.choice(MAKERS), state=draw.choice(STATES))


_MAKERS: Mapping[str, Callable[[random.Random], Callable[[], str]]] = {
    "member": _member,
    "name": _name,
    "function": _function,
    "publisher": _publisher,
    "host": _host,
    "data_place": _place,
    "support_place": _place,
    "publisher_place": _place,
    "contract": _contract,
    "contract_end": _end,
    "users": _number(3, 4000, "{}", "{}", "env. {}", "{} agents"),
    "sensitivity": _degree,
    "yearly_cost": _number(200, 90000, "{}", "{} €", "{},00", "{} € HT", "{}.50"),
    "formats": _formats,
    "data_volume_gb": _number(1, 5000, "{}", "{} Go", "{} To", "{}"),
    "group": _group,
    "group_source": _one(SOURCES),
    "email": lambda draw: lambda: f"{draw.choice(TOWNS).lower()}@mairie.fr",
    "phone": lambda draw: lambda: " ".join(f"{draw.randint(0, 99):02}" for _ in range(5)),
    "url": lambda draw: lambda: f"https://{draw.choice(MAKERS).lower()}.example/{draw.randint(1, 9)}",
    "person": _one(PEOPLE),
    "date": _date,
    "version": lambda draw: (
        lambda: (
            draw.choice(("v", "", "V"))
            + f"{draw.randint(1, 24)}.{draw.randint(0, 9)}"
            + draw.choice(("", ".2", " R2"))
        )
    ),
    "siret": lambda draw: lambda: str(draw.randint(10**13, 10**14 - 1)),
    "id": lambda draw: _counter(draw.choice(("{}", "APP-{:03}", "{:04}"))),
    "yesno": _one("oui|non|Oui|Non|O|N|X|à voir"),
    "comment": _one(COMMENTS),
    "text": _one(
        "Mission d'intérêt public|Agents, administrés|6e|Terminale|Obligation légale|Malveillance interne|Usagers|Contrat"
    ),
    "service": _one(
        "DRH|Finances|Services techniques|Pôle population|Direction de la culture|Urgences|Scolarité|CCAS|DSI"
    ),
    "status": _one(
        "en production|En service|à décommissionner|obsolète|actif|projet|réduit|accepté|Recommandé"
    ),
    "cost": _number(1000, 300000, "{}", "{} €", "{} € HT"),
    "number": _number(1, 60000, "{}"),
    "os": _one(
        "Windows Server 2019|Debian 12|RHEL 8|Oracle 19c|PostgreSQL 14|SQL Server|Ubuntu|PHP 8, MariaDB"
    ),
    "duration": _one("3 mois|4 h|24 h|1 an|2 ans|6 mois avant|48 mois|8h|10 ans"),
    "licence": _one("AGPL|propriétaire|perpétuelle|GPL v3|souscription|libre"),
    "account": _one("6156|2051|65818|6135|6188"),
}


def _counter(form: str) -> Callable[[], str]:
    held = iter(range(1, 10**6))
    return lambda: form.format(next(held))


# ---- tables ------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Table:
    """A made table: what is seen of each column for each field, ``(columns, fields, signs)``; which field each is; its manner."""

    signs: NDArray[np.float32]
    fields: NDArray[np.int64]
    manner: str


def tables(told: Sequence[Told], embedding: EmbeddingModel, seed: int) -> list[Table]:
    """Tables of each manner: a part of its columns, in any order."""
    draw = random.Random(seed)
    by_manner: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in told:
        by_manner[one.manner][one.field, one.kind].append(one.header)
    meanings = headers.by_meaning([one.header for one in told], embedding)
    names = [*headers.FIELDS, headers.NOTE]
    found = []
    for manner, held in by_manner.items():
        for _ in range(TABLES if not manner.startswith("mots-") else 2):
            chosen = [
                (field, kind, draw.choice(said))
                for (field, kind), said in held.items()
                if draw.random() < KEPT
            ]
            draw.shuffle(chosen)
            count = draw.randint(*LINES)
            made = [
                columns.seen(
                    header, header, values_of(Told(manner, field, kind, header), count, draw), meanings
                )
                for field, kind, header in chosen
            ]
            found.append(
                Table(np.stack(made), np.array([names.index(field) for field, _, _ in chosen]), manner)
            )
    return found


def fitted(of: Sequence[Table]) -> columns.Weights:
    """The weights under which each column is what it is."""
    signs = torch.tensor(np.concatenate([one.signs for one in of]))
    wanted = torch.tensor(np.concatenate([one.fields for one in of]))
    pairs, looks = signs[:, :, : columns.PAIRS], signs[:, 0, columns.PAIRS :]
    shared = torch.zeros(pairs.shape[2], requires_grad=True)
    of_look = torch.zeros(looks.shape[1], signs.shape[1], requires_grad=True)
    bias = torch.zeros(signs.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([shared, of_look, bias], max_iter=STEPS)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(
            pairs @ shared + looks @ of_look + bias, wanted
        ) + PENALTY * ((of_look**2).sum() / 4 + (shared**2).sum() / 10)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    return columns.Weights(shared.detach().numpy(), of_look.detach().numpy(), bias.detach().numpy())


def right(of: Sequence[Table], weights: columns.Weights) -> tuple[int, int]:
    """Columns of tables that are read as they should be."""
    good = count = 0
    for one in of:
        chosen = columns.assigned(weights.scores(one.signs))
        good += int((chosen == one.fields).sum())
        count += len(chosen)
    return good, count


def main() -> None:
    """Reads the arguments, prints the figures, writes the weights."""
    torch.set_num_threads(1)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=None)
    parser.add_argument("--folds", action="store_true", help="measure too")
    given = parser.parse_args()
    workspace = Workspace(given.home)
    told = written()
    made = tables([*told, *of_table()], workspace.embedding, SEED)
    manners = sorted({one.manner for one in told})
    random.Random(SEED).shuffle(manners)
    whole = [0, 0]
    for fold in range(FOLDS if given.folds else 0):
        held = set(manners[fold::FOLDS])
        weights = fitted([one for one in made if one.manner not in held])
        for manner in sorted(held):
            good, count = right([one for one in made if one.manner == manner], weights)
            whole[0] += good
            whole[1] += count
            print(f"{manner} : {good}/{count}")
    if whole[1]:
        print(f"laissées de côté : {whole[0]}/{whole[1]} = {whole[0] / whole[1]:.3f}")
    fitted(made).write(columns.FILE)
    workspace.close()


if __name__ == "__main__":
    main()
