"""A proposal of framework agreement as one Markdown, which ODT and DOCX are made from: what is decided, what was computed and how, what the law says of it."""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from assistant.french.dates import french_date
from assistant.office import page_break
from assistant.sourcing.law import Sentence
from assistant.sourcing.needs import Cell, Measure
from assistant.sourcing.proposal import ChosenClause, Lot, Proposal

# Needs outside the lots that the document lists; the workbook lists them all.
_MOST_OUTSIDE = 40
_CRITERION = "critere-"
# From this share of lines outside the lots on, the need is not defined; causes that are named.
_TOO_MANY_OUTSIDE, _MOST_CAUSES = 0.3, 3


def markdown(proposal: Proposal, day: date, breaks: bool = False) -> str:
    """The proposal of that day; ``breaks``: parts begin pages, for an office file."""
    new_page = page_break() if breaks else ""
    parts = (
        [f"# {_plain(proposal.terms.title)}", _standing(proposal, day)],
        list(_figures(proposal)),
        list(_decisions(proposal)),
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
        f"la plus ancienne vérification des fiches de droit citées est du {french_date(verified)}. À relire avant toute publication.*"
    )


def _figures(proposal: Proposal) -> Iterator[str]:
    terms = proposal.terms
    maximum = proposal.maximum
    outside = sum(one.lines for one in proposal.outside)
    unset = [lot for lot in proposal.lots if lot.maximum is None]
    to_fix = "à fixer, en valeur ou en quantité, avant l'avis : des coûts ne sont pas dits (voir plus bas)"
    whole = (
        f"{euros(maximum)} HT, tous lots, pour toute la durée"
        if maximum is not None
        else f"{euros(proposal.computed)} HT pour les lots dont il se calcule ; {_numbers(unset)} : {to_fix}"
        if proposal.computed
        else to_fix
    )
    yield "## L'essentiel"
    yield "\n".join(
        (
            f"- {_count(len(proposal.lots), 'lot')}, par famille de fonctions et par niveau de sensibilité des données.",
            f"- Début : {terms.start.shown}. Durée : {_count(terms.years, 'an')}, reconductions comprises.",
            "- Minimum : aucun.",
            f"- Maximum : {whole}.",
            f"- Hors des lots : {_count(outside, 'ligne')}, dites à la fin ou dans le classeur avec leur raison ; leur besoin compte dans la valeur estimée.",
        )
    )
    if proposal.doubtful:
        yield (
            f"**Rapprochements à vérifier** : {_count(proposal.doubtful, 'ligne')} des besoins de ces lots y sont par leur sens et non par leurs mots. "
            "Le classeur les donne une par une ; une correction change les volumes et les maximums."
        )
    if outside > proposal.lines * _TOO_MANY_OUTSIDE:
        share = round(100 * outside / proposal.lines)
        yield (
            f"**À ne pas publier en l'état** : {share} % des lignes ne sont dans aucun lot. Le besoin n'est pas défini tant qu'elles n'y sont pas, ou n'en "
            "sont pas retirées avec une raison ; achetées à part, elles comptent avec lui. Les causes, par nombre de lignes : "
            f"{' ; '.join(f'{why}, {lines}' for why, lines in _causes(proposal))}."
        )


def _causes(proposal: Proposal) -> list[tuple[str, int]]:
    """Why lines are in no lot, the commonest first; the other reasons together."""
    found = Counter[str]()
    for one in proposal.outside:
        found[one.why] += one.lines
    told = found.most_common(_MOST_CAUSES)
    left = found.total() - sum(lines for _, lines in told)
    return [*told, ("autres raisons", left)] if left else told


def _decisions(proposal: Proposal) -> Iterator[str]:
    yield "## Ce qu'il reste à décider avant de publier"
    yield "La proposition calcule des lots et des volumes. Elle ne décide rien de ce qui suit :"
    for number, one in enumerate(proposal.decisions, 1):
        yield f"**{number}. {one.title}.**"
        yield _told(one.law)


def _lots(proposal: Proposal) -> Iterator[str]:
    yield "## Les lots"
    yield _told(proposal.law["lots"])
    yield "Les niveaux de sensibilité, et l'exigence principale de chacun :"
    yield "\n".join(f"- **{level.level_label}.** {level.requirement}" for level in _levels(proposal))
    yield _volume_table(
        ("Lot", "Objet"),
        (((str(lot.number), f"{lot.family} ({lot.level})"), lot.total) for lot in proposal.lots),
    )
    yield "*Un membre compte une fois par lot. Les fonctions de chaque lot sont en annexe.*"
    if mixed := proposal.at_two_levels:
        yield (
            "**Fonctions que les membres ne disent pas toutes du même niveau**, par nombre de lignes. Une exigence suit la donnée, non le mot de qui répond : "
            "une analyse par fonction tranche avant l'avis, sans quoi le même besoin est en deux lots et une exigence y est sans rapport avec les données."
        )
        levels = sorted({level for lines in mixed.values() for level in lines}, reverse=True)
        yield _table(
            ("Fonction", *levels),
            (
                (label, *(str(lines.get(level, 0)) for level in levels))
                for label, lines in sorted(mixed.items())
            ),
        )


def _volume_table(head: Sequence[str], rows: Iterable[tuple[Sequence[str], Cell]]) -> str:
    """Rows of labels with members and lines; users and costs where a row says some."""
    held = list(rows)
    columns: list[tuple[str, Callable[[Cell], str]]] = [
        ("Membres", lambda cell: str(len(cell.members))),
        ("Lignes", lambda cell: str(cell.lines)),
    ]
    if any(cell.users.lines for _, cell in held):
        columns.append(("Utilisateurs (lignes qui les disent)", lambda cell: _said(cell.users)))
    if any(cell.cost.lines for _, cell in held):
        columns.append(("Coût annuel, euros HT (lignes qui le disent)", lambda cell: _said(cell.cost)))
    return _table(
        (*head, *(name for name, _ in columns)),
        ((*labels, *(written(cell) for _, written in columns)) for labels, cell in held),
    )


def _levels(proposal: Proposal) -> list[Lot]:
    """A lot of each level, the strictest first."""
    return [
        lot for _, lot in sorted({lot.level: lot for lot in reversed(proposal.lots)}.items(), reverse=True)
    ]


def _amounts(proposal: Proposal) -> Iterator[str]:
    terms = proposal.terms
    yield "## Minimum et maximum"
    yield _told(proposal.law["maximum"])
    yield "**Minimum : aucun.** Un membre ne commande que ce dont il a besoin, quand son contrat en cours s'achève."
    yield (
        "**Maximum, et son calcul.** Pour chaque ligne : le coût annuel que dit le membre ; s'il ne le dit pas, la médiane des coûts annuels dits pour la même "
        "fonction. Ce coût est compté pour les trimestres qui restent entre l'entrée de la ligne et la fin de l'accord-cadre "
        f"({_count(terms.years * 4, 'trimestre')} au plus) ; "
        f"une ligne sans date de fin est comptée depuis le début. S'y ajoute une marge de {terms.margin_percent} %, à expliquer dans le dossier "
        "(membres déjà nommés qui commandent plus que prévu, évolution des usages, opérations de sortie) ; le total est arrondi au millier d'euros supérieur."
    )
    rows = (
        (
            str(lot.number),
            lot.title,
            euros(lot.amount) if lot.amount is not None else "—",
            f"{sum(one.unsaid for one in lot.positions if one.amount is not None)}",
            euros(lot.maximum) if lot.maximum is not None else "à fixer",
        )
        for lot in proposal.lots
    )
    some_cost = any(lot.amount is not None for lot in proposal.lots)
    if some_cost:
        yield _table(("Lot", "Objet", "Montant sur la durée, HT", "Lignes estimées", "Maximum, HT"), rows)
    if unset := [lot for lot in proposal.lots if lot.uncosted]:
        told = (
            " ; ".join(f"lot {lot.number}, {_listed(lot.uncosted)}" for lot in unset)
            if some_cost
            else "aucune ligne de l'accord-cadre n'en dit"
        )
        yield (
            "**Sans maximum, pas d'accord-cadre.** Le maximum d'un lot n'est pas calculé tant qu'une de ses fonctions n'a aucun coût dit : il serait atteint "
            f"trop tôt. Demandez les coûts, ou fixez le maximum en quantité. Coûts qui manquent : {told}."
        )
    published = [(lot, lot.total.published) for lot in proposal.lots if lot.total.contracts]
    if published:
        told = " ; ".join(
            f"lot {lot.number} : {euros(measure.total)} par an ({_count(lot.total.contracts, 'marché')})"
            for lot, measure in published
        )
        yield f"Marchés publiés (données essentielles), pour comparaison, non compris dans les maximums puisque les registres peuvent dire les mêmes : {told}."
    yield "### Durée"
    yield _told(proposal.law["duration"])


def _calendar(proposal: Proposal) -> Iterator[str]:
    yield "## Calendrier d'entrée des membres"
    yield _told(proposal.law["members"])
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
    if proposal.early:
        yield (
            f"**Sans contrat d'ici le début** : {_count(proposal.early, 'ligne')} dont le contrat s'achève avant. "
            "Le service est à prolonger dans un des cas du code, ou à racheter dans les règles, ou le début est à avancer."
        )
        yield _told(proposal.law["gap"])
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
    yield _told(proposal.law["offers"])
    by_level: dict[str, list[Lot]] = {}
    for lot in proposal.lots:
        by_level.setdefault(lot.level, []).append(lot)
    for level in sorted(by_level, reverse=True):
        lots = by_level[level]
        first = lots[0]
        yield f"### {first.level_label} ({_numbers(lots)})"
        yield first.open
        common = [one for one in first.law if all(one in lot.law for lot in lots)]
        yield _told(common)
        for lot in lots:
            if besides := [one for one in lot.law if one not in common]:
                yield f"Lot {lot.number}, en outre :"
                yield _told(besides)


def _clauses(proposal: Proposal) -> Iterator[str]:
    yield "## Critères et clauses"
    yield _told(proposal.law["criteria"])
    yield (
        "Les textes sont ceux de la bibliothèque de clauses ; le chiffre est celui de la rédaction (3 forte, 2 équilibrée, 1 minimale), non le poids d'un "
        "critère, qui reste à fixer. L'écran « Rédaction » les écrit, champs à remplir."
    )
    yield "### Pour tout l'accord-cadre"
    yield _clause_list(proposal.common)
    by_kit: dict[str, list[Lot]] = {}
    for lot in proposal.lots:
        by_kit.setdefault(lot.kit, []).append(lot)
    for lots in by_kit.values():
        yield f"### Kit « {lots[0].kit_title} » : {_numbers(lots)}"
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
    return next((f"rédaction {one.level}" for one in lot.clauses if one.id == id_), "—")


def _clause_list(clauses: Iterable[ChosenClause]) -> str:
    return "\n".join(f"- {one.title} (rédaction {one.level})" for one in clauses)


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
        yield _volume_table(
            ("Fonction", "Lot"),
            (((label, f"{lot.number} ({lot.level})"), one.total) for label, lot, one in held),
        )


def _sheets(proposal: Proposal) -> Iterator[str]:
    yield "## Fiches citées"
    titles = {one.sheet: one for one in proposal.sentences}
    yield "\n".join(
        f"- « {one.title} » ({one.sheet}), vérifiée le {french_date(one.verified_on)}"
        for one in titles.values()
    )


def _told(sentences: Sequence[Sentence]) -> str:
    """Sentences of sheets, each with what it rests on; without quotation marks, since they say an article in their own words."""
    return "\n".join(f"- {_plain(one.text)} — {_plain(one.where)}" for one in sentences)


def _numbers(lots: Sequence[Lot]) -> str:
    return f"lot{'s' if len(lots) > 1 else ''} {', '.join(str(lot.number) for lot in lots)}"


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
