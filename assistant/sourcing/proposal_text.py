"""A proposal of framework agreement as one Markdown, which ODT and DOCX are made from: what is decided, what was computed and how, what the law says of it."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from assistant.french.dates import french_date
from assistant.office import page_break
from assistant.sourcing.law import Sentence
from assistant.sourcing.needs import Measure
from assistant.sourcing.proposal import ChosenClause, Lot, Proposal

# Needs outside the lots that the document lists; the workbook lists them all.
_MOST_OUTSIDE = 40
_CRITERION = "critere-"


def markdown(proposal: Proposal, day: date, breaks: bool = False) -> str:
    """The proposal of that day; ``breaks``: parts begin pages, for an office file."""
    new_page = page_break() if breaks else ""
    parts = (
        [f"# {_plain(proposal.terms.title)}", _standing(proposal, day)],
        list(_figures(proposal)),
        list(_lots(proposal)),
        [new_page, *_amounts(proposal)],
        list(_calendar(proposal)),
        [new_page, *_offers(proposal)],
        [new_page, *_clauses(proposal)],
        list(_left(proposal)),
        list(_sheets(proposal)),
        [new_page, *_volumes(proposal)],
    )
    return "\n\n".join(block for part in parts for block in part if block) + "\n"


def _standing(proposal: Proposal, day: date) -> str:
    verified = min((one.verified_on for one in proposal.sentences), default=day)
    return (
        f"*Proposition calculée le {french_date(day)} d'après {_count(proposal.lines, 'ligne')} de {_count(proposal.members, 'membre')} ; "
        f"fiches de droit vérifiées le {french_date(verified)} au plus tôt. À relire avant toute publication.*"
    )


def _figures(proposal: Proposal) -> Iterator[str]:
    terms = proposal.terms
    maximum = proposal.maximum
    whole = (
        f"{euros(maximum)} HT, tous lots, pour toute la durée"
        if maximum is not None
        else "non calculable, faute de coûts dits (voir plus bas)"
    )
    yield "## L'essentiel"
    yield "\n".join(
        (
            f"- {_count(len(proposal.lots), 'lot')}, par famille de fonctions et par niveau de sensibilité des données.",
            f"- Début : {terms.start.shown}. Durée : {_count(terms.years, 'an')}, reconductions comprises.",
            "- Minimum : aucun.",
            f"- Maximum : {whole}.",
            f"- Hors des lots : {_count(sum(one.lines for one in proposal.outside), 'ligne')}, dites à la fin avec leur raison.",
        )
    )


def _lots(proposal: Proposal) -> Iterator[str]:
    yield "## Les lots"
    yield _quoted(proposal.law["lots"])
    yield "Trois niveaux de sensibilité, et l'exigence principale de chacun :"
    yield "\n".join(f"- **{level.level_label}.** {level.requirement}" for level in _levels(proposal))
    rows = (
        (
            str(lot.number),
            f"{lot.family} ({lot.level})",
            str(len(lot.total.members)),
            str(lot.total.lines),
            _said(lot.total.users),
            _said(lot.total.cost),
        )
        for lot in proposal.lots
    )
    yield _table(("Lot", "Objet", "Membres", "Lignes", "Utilisateurs", "Coût annuel dit, en euros HT"), rows)
    yield "*« … (n) » : somme de n lignes, les autres ne le disent pas. Un membre compte une fois par lot. Les fonctions de chaque lot sont en annexe.*"


def _levels(proposal: Proposal) -> list[Lot]:
    """A lot of each level, the strictest first."""
    return [
        lot for _, lot in sorted({lot.level: lot for lot in reversed(proposal.lots)}.items(), reverse=True)
    ]


def _amounts(proposal: Proposal) -> Iterator[str]:
    terms = proposal.terms
    yield "## Minimum et maximum"
    yield _quoted(proposal.law["maximum"])
    yield "**Minimum : aucun.** Un membre ne commande que ce dont il a besoin, quand son contrat en cours s'achève."
    yield (
        "**Maximum, et son calcul.** Pour chaque ligne : le coût annuel que dit le membre ; s'il ne le dit pas, la médiane des coûts annuels dits pour la même "
        "fonction. Ce coût est compté pour les trimestres qui restent entre l'entrée de la ligne et la fin de l'accord-cadre "
        f"({_count(terms.years * 4, 'trimestre')} au plus) ; "
        f"une ligne sans date de fin est comptée depuis le début. S'y ajoute une marge de {terms.margin_percent} %, à expliquer dans le dossier "
        "(membres qui se décident après coup, évolution des usages, opérations de sortie) ; le total est arrondi au millier d'euros supérieur."
    )
    rows = (
        (
            str(lot.number),
            lot.title,
            euros(lot.amount) if lot.amount is not None else "—",
            f"{sum(one.unsaid for one in lot.positions)}",
            euros(lot.maximum) if lot.maximum is not None else "non calculable",
        )
        for lot in proposal.lots
    )
    yield _table(("Lot", "Objet", "Montant sur la durée, HT", "Lignes estimées", "Maximum, HT"), rows)
    for lot in proposal.lots:
        if lot.uncosted:
            yield f"Lot {lot.number} : aucun coût n'est dit pour {_listed(lot.uncosted)} ; le maximum ne les comprend pas."
    published = [(lot, lot.total.published) for lot in proposal.lots if lot.total.contracts]
    if published:
        told = " ; ".join(
            f"lot {lot.number} : {euros(measure.total)} par an ({_count(lot.total.contracts, 'marché')})"
            for lot, measure in published
        )
        yield f"Marchés publiés (données essentielles), pour comparaison, non compris dans les maximums puisque les registres peuvent dire les mêmes : {told}."
    yield "### Durée"
    yield _quoted(proposal.law["duration"])


def _calendar(proposal: Proposal) -> Iterator[str]:
    yield "## Calendrier d'entrée des membres"
    yield _quoted(proposal.law["members"])
    yield "Une ligne entre au trimestre qui suit la fin de son contrat, au plus tôt au début de l'accord-cadre."
    joined = itertools.accumulate(entry.lines for entry in proposal.calendar)
    rows = (
        (entry.quarter.shown, str(entry.members), str(entry.lines), str(total))
        for entry, total in zip(proposal.calendar, joined, strict=True)
    )
    yield _table(
        (
            "Trimestre",
            "Membres qui ont une ligne à faire entrer",
            "Lignes qui entrent",
            "Lignes entrées en tout",
        ),
        rows,
    )
    yield "Le classeur donne ce calendrier lot par lot."
    told = (
        [
            f"{_count(proposal.undated, 'ligne')} sans date de fin, comptées dès le début : demandez-la aux membres"
        ]
        if proposal.undated
        else []
    )
    told += (
        [
            f"{_count(proposal.later, 'ligne')} dont le contrat s'achève après l'accord-cadre, comptées pour rien"
        ]
        if proposal.later
        else []
    )
    yield "".join(f"- {one}.\n" for one in told)
    yield "La liste nominative des membres qui pourront commander est à joindre à l'avis : le classeur la prépare."


def _offers(proposal: Proposal) -> Iterator[str]:
    yield "## Les offres possibles, lot par lot, et pourquoi"
    yield _quoted(proposal.law["offers"])
    by_level: dict[str, list[Lot]] = {}
    for lot in proposal.lots:
        by_level.setdefault(lot.level, []).append(lot)
    for level in sorted(by_level, reverse=True):
        lots = by_level[level]
        first = lots[0]
        yield f"### {first.level_label} (lots {', '.join(str(lot.number) for lot in lots)})"
        yield first.open
        common = [one for one in first.law if all(one in lot.law for lot in lots)]
        yield _quoted(common)
        for lot in lots:
            if besides := [one for one in lot.law if one not in common]:
                yield f"Lot {lot.number}, en outre :"
                yield _quoted(besides)


def _clauses(proposal: Proposal) -> Iterator[str]:
    yield "## Critères et clauses"
    yield _quoted(proposal.law["criteria"])
    yield (
        "Les textes sont ceux de la bibliothèque de clauses, au niveau dit (3 fort, 2 équilibré, 1 minimal) : « assistant draft » ou l'écran « Rédaction » "
        "les écrit, champs à remplir."
    )
    yield "### Pour tout l'accord-cadre"
    yield _clause_list(proposal.common)
    by_kit: dict[str, list[Lot]] = {}
    for lot in proposal.lots:
        by_kit.setdefault(lot.kit, []).append(lot)
    for lots in by_kit.values():
        yield f"### Kit « {lots[0].kit_title} » : lots {', '.join(str(lot.number) for lot in lots)}"
        levels = sorted({lot.level: lot for lot in lots}.items(), reverse=True)
        chosen = {one.id: one.title for _, lot in levels for one in lot.clauses}
        ordered = sorted(chosen, key=lambda id_: not id_.startswith(_CRITERION))
        rows = (
            (
                ("Critère : " if id_.startswith(_CRITERION) else "") + chosen[id_].removeprefix("Critère "),
                *(_level_of(lot, id_) for _, lot in levels),
            )
            for id_ in ordered
        )
        yield _table(("Critère ou clause", *(level for level, _ in levels)), rows)
    yield "« — » : hors du lot, parce que la clause dépasse ce que ces données demandent ou n'est pas du kit à ce niveau."


def _level_of(lot: Lot, id_: str) -> str:
    return next((str(one.level) for one in lot.clauses if one.id == id_), "—")


def _clause_list(clauses: Iterable[ChosenClause]) -> str:
    return "\n".join(f"- {one.title} (niveau {one.level})" for one in clauses)


def _left(proposal: Proposal) -> Iterator[str]:
    yield "## Ce qui n'est dans aucun lot"
    if not proposal.outside:
        yield "Rien : toutes les lignes sont dans un lot."
        return
    yield _table(
        ("Besoin", "Lignes", "Membres", "Pourquoi"),
        ((one.label, str(one.lines), str(one.members), one.why) for one in proposal.outside[:_MOST_OUTSIDE]),
    )
    if len(proposal.outside) > _MOST_OUTSIDE:
        rest = proposal.outside[_MOST_OUTSIDE:]
        yield f"… et {len(rest)} autres besoins ({_count(sum(one.lines for one in rest), 'ligne')}) : le classeur les dit tous."


def _volumes(proposal: Proposal) -> Iterator[str]:
    yield "## Annexe : volumes par fonction"
    by_family: dict[str, list[Lot]] = {}
    for lot in proposal.lots:
        by_family.setdefault(lot.family, []).append(lot)
    for family, lots in by_family.items():
        yield f"### {family}"
        held = sorted(
            ((one.label, lot, one) for lot in lots for one in lot.positions),
            key=lambda row: (row[0], row[1].number),
        )
        rows = (
            (
                label,
                f"{lot.number} ({lot.level})",
                str(len(one.total.members)),
                str(one.total.lines),
                _said(one.total.users),
                _said(one.total.cost),
            )
            for label, lot, one in held
        )
        yield _table(
            ("Fonction", "Lot", "Membres", "Lignes", "Utilisateurs", "Coût annuel dit, en euros HT"), rows
        )


def _sheets(proposal: Proposal) -> Iterator[str]:
    yield "## Fiches citées"
    titles = {one.sheet: one for one in proposal.sentences}
    yield "\n".join(
        f"- « {one.title} » ({one.sheet}), vérifiée le {french_date(one.verified_on)}"
        for one in titles.values()
    )


def _quoted(sentences: Sequence[Sentence]) -> str:
    """Sentences of sheets, each a quote with where it stands."""
    return "\n>\n".join(
        f"> « {_plain(one.text)} » — {_plain(', '.join(one.articles)) if one.articles else f'fiche « {_plain(one.title)} »'}"
        for one in sentences
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [
        f"| {' | '.join(head)} |",
        f"|{'---|' * len(head)}",
        *(f"| {' | '.join(_plain(cell) for cell in row)} |" for row in rows),
    ]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """``text``, which stands within a line, as Markdown that shows its very characters; what a reader of the Markdown meets stays legible."""
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", text)


def _said(measure: Measure) -> str:
    """A sum, and of how many lines it is."""
    return f"{_grouped(measure.total)}\u00a0({measure.lines})" if measure.lines else "—"


def euros(amount: Decimal) -> str:
    """``1 234 567 €``, to the euro."""
    return f"{_grouped(amount)}\u00a0€"


def _grouped(amount: Decimal) -> str:
    return f"{amount.quantize(Decimal(1)):,}".replace(",", "\u00a0")


def _count(number: int, noun: str) -> str:
    grouped = f"{number:,}".replace(",", " ")
    return f"{grouped} {noun}{'s' if number > 1 else ''}"


def _listed(labels: Sequence[str]) -> str:
    return ", ".join(f"« {label} »" for label in labels)
