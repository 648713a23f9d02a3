"""Whole tenders made for the tests: five pieces each, in several formats and wordings, with or without planted contradictions. Every buyer is fictional.

A tender is made from facts; each piece says some of them in one of several ways. A contradiction is a fact that one piece says otherwise.
"""

import random
import textwrap
from dataclasses import dataclass, replace
from pathlib import Path

import docx

from assistant.french.months import MONTHS
from tests.reading.made_files import Printed, pdf, saved
from tests.reading.made_office import odt

BUYERS = [
    "Commune de Vallombreuse", "Département de la Haute-Sarre", "Communauté de communes des Monts d'Aubier", "Centre hospitalier de Fontenelle", "Université de Basse-Loire",
    "Syndicat mixte du Pays d'Yvrac", "Ville de Castelmaure", "Région Centre-Atlantique", "Office public de l'habitat de Meurcé", "Métropole de Grand-Tarnay",
]  # fmt: skip
OBJECTS = [
    "la maintenance des portes automatiques", "le nettoyage des locaux administratifs", "la fourniture de mobilier scolaire", "l'hébergement du portail des démarches", "la collecte des encombrants",
    "la location de photocopieurs", "le transport des personnes âgées", "l'entretien des espaces verts", "la fourniture de repas en liaison froide", "l'assistance à la gestion de la paie",
]  # fmt: skip
WORDS = {
    1: "un",
    2: "deux",
    3: "trois",
    4: "quatre",
    12: "douze",
    24: "vingt-quatre",
    36: "trente-six",
    48: "quarante-huit",
    30: "trente",
    45: "quarante-cinq",
    60: "soixante",
}


@dataclass(frozen=True)
class Facts:
    """What a tender says."""

    number: str
    buyer: str
    subject: str
    months: int
    renewals: int
    day: int
    month: int
    year: int
    hour: int
    maximum: int
    penalty: int
    payment: int
    ccag: str
    ccag_year: int
    variants: bool
    price_weight: int
    unit_prices: bool

    @property
    def deadline(self) -> str:
        return f"{self.day} {MONTHS[self.month - 1]} {self.year}"


def facts(seed: int) -> Facts:
    """The facts of one tender."""
    chance = random.Random(seed)
    return Facts(
        number=f"{chance.choice(['2025', '25', '2026'])}-{chance.choice(['DSI', 'BAT', 'MAPA', 'AC'])}-{chance.randint(10, 99)}",
        buyer=chance.choice(BUYERS),
        subject=chance.choice(OBJECTS),
        months=chance.choice([12, 24, 36]),
        renewals=chance.choice([1, 2, 3]),
        day=chance.randint(2, 28),
        month=chance.randint(1, 12),
        year=2026,
        hour=chance.choice([11, 12, 16, 17]),
        maximum=chance.choice([90_000, 150_000, 400_000, 1_200_000]),
        penalty=chance.choice([50, 100, 150, 300]),
        payment=30,
        ccag=chance.choice(["FCS", "TIC"]),
        ccag_year=2021,
        variants=chance.choice([False, False, True]),
        price_weight=chance.choice([30, 40, 50, 60]),
        unit_prices=chance.choice([True, True, False]),
    )


# The field that a planted contradiction falls in, and how a piece says it otherwise.
PLANTS = {
    "duree_initiale": lambda one: replace(one, months={12: 24, 24: 36, 36: 48}[one.months]),
    "reconductions": lambda one: replace(one, renewals=one.renewals % 3 + 1),
    "date_limite_remise": lambda one: replace(one, day=one.day % 28 + 1),
    "montant_maximum_ht": lambda one: replace(one, maximum=one.maximum + 50_000),
    "penalites_retard": lambda one: replace(one, penalty=one.penalty + 25),
    "delai_paiement": lambda one: replace(one, payment=45),
    "ccag_applicable": lambda one: replace(one, ccag_year=2009),
    "variantes": lambda one: replace(one, variants=not one.variants),
    "criteres_attribution": lambda one: replace(one, price_weight=one.price_weight + 5),
}
# Which piece says it otherwise: one that says it at all.
_WHERE = {
    "duree_initiale": "AE", "reconductions": "CCAP", "date_limite_remise": "avis", "montant_maximum_ht": "AE", "penalites_retard": "CCTP", "delai_paiement": "AE",
    "ccag_applicable": "AE", "variantes": "avis", "criteres_attribution": "avis",
}  # fmt: skip


def _length(chance: random.Random, months: int) -> str:
    ways = [f"{months} mois", f"{WORDS[months]} ({months}) mois"]
    if months % 12 == 0:
        years = months // 12
        ways.append(f"{years} an{'s' if years > 1 else ''}")
    return chance.choice(ways)


def _money(amount: int) -> str:
    return f"{amount:,}".replace(",", " ")


def _duration(chance: random.Random, one: Facts) -> str:
    length = _length(chance, one.months)
    return chance.choice(
        [
            f"L'accord-cadre est conclu pour une durée de {length} à compter de sa notification.",
            f"La durée de l'accord-cadre est fixée à {length}, à compter de la date de notification.",
            f"Le présent accord-cadre prend effet à sa notification pour une période initiale de {length}.",
        ]
    )


def _renewal(chance: random.Random, one: Facts) -> str:
    times = one.renewals
    return chance.choice(
        [
            f"Il est reconductible {times} fois, par tacite reconduction, pour la même durée.",
            f"L'accord-cadre pourra être reconduit {WORDS[times]} fois, par période de 12 mois.",
            f"Le nombre de reconductions est fixé à {times}."
            if times > 1
            else "L'accord-cadre peut être reconduit une fois, de façon expresse.",
        ]
    )


def _maximum(chance: random.Random, one: Facts) -> str:
    return chance.choice(
        [
            f"Les commandes ne peuvent dépasser un montant maximum de {_money(one.maximum)} € HT sur la durée totale.",
            f"L'accord-cadre est passé sans minimum et avec un maximum de {_money(one.maximum)} euros HT.",
            f"Montant maximum de l'accord-cadre : {_money(one.maximum)} € HT.",
        ]
    )


def _penalty(chance: random.Random, one: Facts) -> str:
    return chance.choice(
        [
            f"Tout retard donne lieu à une pénalité de {one.penalty} € par jour calendaire de retard.",
            f"En cas de retard du fait du titulaire, une pénalité de {one.penalty} euros par jour est appliquée sans mise en demeure.",
        ]
    )


def _payment(chance: random.Random, one: Facts) -> str:
    return chance.choice(
        [
            f"Le délai global de paiement est de {one.payment} jours à compter de la réception de la facture.",
            f"Les factures sont payées dans un délai de {WORDS[one.payment]} ({one.payment}) jours.",
        ]
    )


def _ccag(one: Facts) -> str:
    name = {
        "FCS": "fournitures courantes et de services",
        "TIC": "techniques de l'information et de la communication",
    }[one.ccag]
    order = (
        "arrêté du 30 mars 2021"
        if one.ccag_year == 2021
        else {"FCS": "arrêté du 19 janvier 2009", "TIC": "arrêté du 16 septembre 2009"}[one.ccag]
    )
    return f"Le cahier des clauses administratives générales des marchés publics de {name} (CCAG-{one.ccag}), {order}, s'applique."


def _variants(chance: random.Random, one: Facts) -> str:
    if one.variants:
        return chance.choice(
            ["Les variantes sont autorisées.", "Les candidats peuvent proposer des variantes."]
        )
    return chance.choice(["Les variantes ne sont pas autorisées.", "Aucune variante n'est admise."])


def _criteria(chance: random.Random, one: Facts) -> list[str]:
    technical = 100 - one.price_weight
    return chance.choice(
        [
            [
                "Les offres sont jugées selon les critères suivants :",
                f"- Prix : {one.price_weight} %",
                f"- Valeur technique : {technical} %",
            ],
            [
                f"Les critères d'attribution sont le prix ({one.price_weight} %) et la valeur technique ({technical} %)."
            ],
        ]
    )


def _prices(one: Facts) -> str:
    if one.unit_prices:
        return "Les prestations sont réglées par application des prix unitaires du bordereau."
    return "Les prestations sont réglées par un prix global et forfaitaire."


Lines = list[tuple[bool, str]]


def _titled(*parts: tuple[str, list[str]]) -> Lines:
    return [
        line
        for number, (title, texts) in enumerate(parts, 1)
        for line in [(True, f"Article {number} - {title}"), *((False, text) for text in texts)]
    ]


def notice(chance: random.Random, one: Facts) -> Lines:
    """The notice."""
    lines = [
        "AVIS D'APPEL PUBLIC À LA CONCURRENCE",
        f"Nom et adresse officiels de l'organisme acheteur : {one.buyer}.",
        f"Objet du marché : {one.subject}.",
        "Caractéristiques principales : accord-cadre à bons de commande avec un seul opérateur.",
        f"Durée de l'accord-cadre : {one.months} mois.",
        "Refus des variantes." if not one.variants else "Les variantes sont autorisées.",
        "Prestations divisées en lots : non.",
        "Critères d'attribution : offre la plus avantageuse appréciée en fonction des critères énoncés ci-dessous avec leur pondération.",
        f"- prix : {one.price_weight} %;",
        f"- valeur technique : {100 - one.price_weight} %.",
        "Type de procédure : appel d'offres ouvert.",
        f"Date limite de réception des offres : {one.deadline}, à {one.hour} heures.",
        f"Numéro de référence attribué au marché par le pouvoir adjudicateur : {one.number}.",
        f"Date d'envoi du présent avis à la publication : {one.day} {MONTHS[(one.month - 3) % 12]} {one.year - (one.month < 3)}.",
    ]
    return [(False, line) for line in lines]


def rules(chance: random.Random, one: Facts) -> Lines:
    """The rules of consultation."""
    deadline = chance.choice(
        [
            f"Date et heure limites de remise des offres : {one.deadline} à {one.hour} h 00",
            f"Les plis doivent être remis au plus tard le {one.day:02}/{one.month:02}/{one.year} à {one.hour}h00.",
        ]
    )
    return [
        (False, "RÈGLEMENT DE LA CONSULTATION"),
        (False, f"Pouvoir adjudicateur : {one.buyer}"),
        (False, f"Consultation n° {one.number}"),
        (False, deadline),
        *_titled(
            ("Objet de la consultation", [f"La présente consultation a pour objet {one.subject}."]),
            ("Procédure", ["La consultation est lancée selon la procédure d'appel d'offres ouvert."]),
            ("Allotissement", ["Les prestations ne sont pas alloties, en raison de leur unité."]),
            ("Variantes", [_variants(chance, one)]),
            ("Durée", [_duration(chance, one), _renewal(chance, one)]),
            (
                "Questions",
                [
                    f"Les questions sont reçues jusqu'au {max(1, one.day - 1)} {MONTHS[(one.month - 2) % 12]} {one.year - (one.month < 2)}."
                ],
            ),
            ("Délai de validité des offres", ["Les offres restent valables 120 jours."]),
            ("Jugement des offres", _criteria(chance, one)),
        ),
    ]


def commitment(chance: random.Random, one: Facts) -> Lines:
    """The acte d'engagement."""
    return [
        (False, "ACTE D'ENGAGEMENT"),
        (False, f"Accord-cadre n° {one.number}"),
        (False, f"Pouvoir adjudicateur : {one.buyer}"),
        *_titled(
            ("Objet", [f"L'accord-cadre a pour objet {one.subject}."]),
            (
                "Engagement",
                ["Le signataire s'engage, sur la base de son offre, à exécuter les prestations.", _ccag(one)],
            ),
            ("Prix", [_prices(one), _maximum(chance, one)]),
            ("Durée", [_duration(chance, one)]),
            ("Paiement", [_payment(chance, one)]),
        ),
    ]


def administrative(chance: random.Random, one: Facts) -> Lines:
    """The CCAP."""
    return [
        (False, "CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES"),
        (False, f"Acheteur : {one.buyer}"),
        *_titled(
            (
                "Objet de l'accord-cadre",
                [
                    f"L'accord-cadre a pour objet {one.subject}.",
                    "Il s'agit d'un accord-cadre mono-attributaire exécuté par bons de commande.",
                ],
            ),
            (
                "Pièces contractuelles",
                [
                    "Les pièces prévalent dans l'ordre de priorité suivant :",
                    "- l'acte d'engagement ;",
                    "- le présent cahier des clauses administratives particulières (CCAP) ;",
                    "- le cahier des clauses techniques particulières (CCTP).",
                    _ccag(one),
                ],
            ),
            ("Durée et reconduction", [_duration(chance, one), _renewal(chance, one)]),
            ("Montants", [_maximum(chance, one)]),
            ("Prix", [_prices(one)]),
            (
                "Livraison",
                ["Chaque commande est exécutée dans un délai de 10 jours à compter de sa réception."],
            ),
            ("Paiement", [_payment(chance, one)]),
            ("Pénalités de retard", [_penalty(chance, one)]),
            (
                "Assurance",
                [
                    "Le titulaire justifie d'une assurance de responsabilité civile professionnelle avant tout commencement d'exécution."
                ],
            ),
            ("Résiliation", [f"L'accord-cadre peut être résilié dans les conditions du CCAG-{one.ccag}."]),
        ),
    ]


def technical(chance: random.Random, one: Facts) -> Lines:
    """The CCTP."""
    return [
        (False, "CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES"),
        (False, one.buyer),
        *_titled(
            ("Objet", [f"Le présent cahier décrit les prestations relatives à {one.subject}."]),
            (
                "Prestations",
                [
                    "Les prestations sont exécutées les jours ouvrés de 8 h à 18 h.",
                    "Une réunion de suivi a lieu chaque trimestre.",
                ],
            ),
            ("Rappel des pénalités de retard", [_penalty(chance, one)]),
            (
                "Réversibilité",
                [
                    "En fin d'accord-cadre, le titulaire remet à l'acheteur ses données dans un format ouvert, dans un délai de 30 jours."
                ],
            ),
        ),
    ]


PIECES = {"avis": notice, "RC": rules, "AE": commitment, "CCAP": administrative, "CCTP": technical}
_FORMATS = ("pdf", "docx", "odt", "md", "txt")


def tender(seed: int, plants: tuple[str, ...] = ()) -> dict[str, bytes]:
    """The files of one tender; each field of ``plants`` is said otherwise by one piece."""
    chance, truth = random.Random(seed + 1000), facts(seed)
    files = {}
    for number, (piece, make) in enumerate(PIECES.items()):
        said = truth
        for field in plants:
            if _WHERE[field] == piece:
                said = PLANTS[field](said)
        suffix = _FORMATS[(seed + number) % len(_FORMATS)]
        files[f"{piece}.{suffix}" if piece != "avis" else f"avis de marché.{suffix}"] = printed(
            make(chance, said), suffix
        )
    return files


def write(folder: Path, seed: int, plants: tuple[str, ...] = ()) -> Path:
    """A tender as a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in tender(seed, plants).items():
        (folder / name).write_bytes(data)
    return folder


def printed(lines: Lines, suffix: str) -> bytes:
    """Lines as a file of that format."""
    if suffix == "pdf":
        return _pdf(lines)
    if suffix == "docx":
        document = docx.Document()
        for title, text in lines:
            document.add_paragraph(text, style="Heading 1" if title else None)
        return saved(document)
    if suffix == "odt":
        body = "".join(
            f'<text:h text:outline-level="1">{_escaped(text)}</text:h>'
            if title
            else f"<text:p>{_escaped(text)}</text:p>"
            for title, text in lines
        )
        return odt(body)
    if suffix == "md":
        return "\n\n".join(f"## {text}" if title else text for title, text in lines).encode()
    return "\n".join(text for _, text in lines).encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _pdf(lines: Lines) -> bytes:
    pages: list[list[Printed]] = [[]]
    y = 780.0
    for title, text in lines:
        for line in textwrap.wrap(text, 92) or [""]:
            if y < 60:
                pages.append([])
                y = 780.0
            pages[-1].append(Printed(60, y, line, 12 if title else 10, bold=title))
            y -= 14
        y -= 6
    return pdf(pages)
