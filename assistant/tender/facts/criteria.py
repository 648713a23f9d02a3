"""Award criteria with their weights, from lists, sentences and tables; sub-criteria are told by their sums. Selection of candidates is another matter."""

import re
from dataclasses import dataclass

from assistant.datatypes import Span
from assistant.french.numbers import IN_WORDS, number
from assistant.tender.by_lot import as_written, of_lots
from assistant.tender.fact import Fact, Item
from assistant.tender.view import View, clean

_TITLE = re.compile(
    r"criteres?|jugement|jugerons|juge-t-on|attribution|\bchoix\b|^analyse$|analyse des offres|selection des offres|examen des offres|classement|notation|"
    r"evaluation des offres|ponderation"
)
_OPENING = re.compile(
    r"criteres? d'attribution|criteres? (?:de |du )?(?:jugement|choix|selection des offres|notation)|(?:selon|fonction|au regard|base|"
    r"application|enonces|suivants?|ci-dessous|partir) [^.\n]{0,60}criteres?|"
    r"\bcriteres? ?:|criteres?[^.\n]{0,80}(?:suivants?|ci-apres|ci-dessous|ponder)|offre (?:economiquement )?la (?:plus avantageuse|mieux[ -]disante)|"
    r"jugement des offres|\b(?:class|not|evalu|jug|appreci)(?:erons|erez|era|ons|e)(?:-(?:nous|t-on))? (?:les |vos )?(?:offres|propositions)|"
    r"\b(?:offres|propositions|reponses)\b[^.\n]{0,40}\b(?:notees|classees|jugees|evaluees|appreciees|departagees)\b"
)
# In the pieces of the contract itself « Notation » is what the contractor's work is given: their title names offers.
_OF_OFFERS = re.compile(r"criteres?|attribution|offres|jugement")
_OF_CONTRACT = ("CCTP", "BPU", "DQE", "CCAP")
# One of these stands in each way of announcing them.
_OPENING_WORDS = ("critere", "avantageuse", "mieux", "jugement", "offres", "propositions", "reponses")
_ELSEWHERE = re.compile(
    r"criteres?[^.\n]{0,90}(?:enonces|precises|indiques|fixes|mentionnes|definis|detailles|figurant)[^.\n]{0,60}(?:cahier des charges|"
    r"reglement|documents? (?:du marche|de la consultation)|lettre d'invitation|\brc\b|dossier de consultation)[^.\n]{0,110}"
)
_CANDIDATES = re.compile(
    r"selection des candidat|criteres? de selection|capacites? (?:technique|professionnelle|economique|financiere)"
)
# What the holders of a framework agreement are judged by later on.
_LATER = re.compile(r"marches? subsequents?|(?:re)?mise en concurrence|bons? de commande")
_WEIGHS = re.compile(r"\d|\bpoints\b|pour cent")
_WEIGHT = r"(?P<weight>\d{1,3}(?:[.,]\d{1,2})?) ?(?P<unit>%|points?\b|pts?\b|pour cent\b|/ ?100\b|/ ?20\b)"
_ANY_WEIGHT = re.compile(_WEIGHT.replace("?P<weight>", "?:").replace("?P<unit>", "?:"))
_EACH_WEIGHT = re.compile(_WEIGHT)
_LINE_WEIGHT = re.compile(
    rf"^(?P<name>.{{3,220}}?)\s*[:=|(–-]*\s*(?:ponder\w*|coefficient|note|poids|valeur|sur|notee? sur|a hauteur de|compt\w+ pour|"
    rf"represent\w+)?[\s:=|(/]*{_WEIGHT}"
)
_BARE_WEIGHT = re.compile(
    r"^(?P<name>.{3,220}?)\s*(?:\|\s*|[/.,] ?ponderation ?: ?|ponderation ?:? ?(?:\([^)]*\) ?: ?)?|"
    r"coefficient ?:? ?)(?P<weight>\d{1,3}(?:[.,]\d{1,2})?)\s*(?P<unit>)\.?(?:\||$|\))"
)
_OUT_OF = re.compile(
    r"^(?P<name>.{3,200}?)\s*[:–-]*\s*\(?(?:notee?s? )?sur (?P<weight>\d{1,3})(?P<unit>)(?: ?points?)?\)?\s*[.;]?$"
)
_INLINE = re.compile(
    rf"(?P<name>[a-z][^%;:,()\d]{{3,90}}?(?: \([^()%\d]{{3,80}}\))?) ?(?::|\(|,? a hauteur de|,? ?pour| a(?= \d)|=|, (?:note\w* )?sur|"
    rf"\(?ponder\w* (?:a|de)|sur|"
    rf"comptant pour|"
    rf"-) ?(?:ponder\w* ?(?:a|de|"
    rf":)? ?|coefficient ?:? ?)?\(?{_WEIGHT}\)?"
)
# "la note de prix (50), la note technique (50)", "du prix (quarante points)": points without their unit, believed where they add up to 100.
_BRACKETED = re.compile(
    rf"(?P<name>[a-z][^%;:,()\d]{{3,90}}?) ?\( ?(?:sur )?(?P<weight>\d{{1,3}}|{IN_WORDS})(?P<unit>(?: points?| pour cent)?) ?\)"
)
# "1. prix, pondération 50 ; 2. qualité, pondération 30": believed where the first of them add up to 100.
_PONDERED = re.compile(
    r"(?P<name>[a-z][^%;:()\d]{2,90}?) ?[,:(–-] ?(?:ponderation|poids) ?:? ?(?:de )?(?P<weight>\d{2,3})(?P<unit>)\b(?! ?%)"
)
# Coefficients: "le prix (pondération 0,4), la qualité (pondération 0,6)", "Prix : coefficient 4"; believed where they add up to 1 or to 10.
_COEFFICIENT = re.compile(
    r"(?P<name>[a-z][^%;:,()\d]{3,90}?) ?[,:(–-]{0,2} ?\(?(?:ponderation|coefficient|coeff?\.?|ponderee? (?:a|"
    r"de)) ?:? ?(?:de )?(?P<weight>0[.,]\d{1,2}|[1-9])(?P<unit>)\b(?![\d%.,]\d| ?%)"
)
# "60 points pour le prix, 40 points pour la valeur technique".
_INLINE_REVERSED = re.compile(
    rf"{_WEIGHT} (?:pour|attribues? (?:a|au|aux)|au titre d[eu]) (?P<name>[a-z][^%;:,()\d]{{3,90}}?)(?=[,;.)]| et \d|$)"
)
_REVERSED = re.compile(
    rf"^\s*(?:[-•–o]\s*)?{_WEIGHT}\s*[:–|-]?\s*(?:pour |de |sur )?(?P<name>[a-z].{{3,160}})$"
)
_SUB = re.compile(
    r"sous[- ]?criteres?|sous-\w+ ?:|dont\b|element d'appreciation|^\s*(?:[a-z]\)|\d\.\d|\d-\d)"
)
_NOT_NAME = re.compile(
    r"^(?:total|soit|tva|penalit|\W*$|avance|retenue|le montant|note (?:maximale|de|n)|remise|taux|delai de paiement|si |plus ou moins|"
    r"superieur|inferieur|ecart)|formule|chiffre d'affaires|offre la moins|n = |en cas d'egalite|penalit|titulaire|avance|retenue|augmentation"
)
_UNWEIGHTED = re.compile(r"ordre (?:decroissant )?d'importance|ordre de priorite|sans ponderation|hierarchis")
_SINGLE = re.compile(
    r"(?:critere unique|unique critere|seul critere|critere (?:d'attribution )?est)\b[^.\n]{0,40}\b(?:le |du |de )?prix|prix (?:le )?plus bas|"
    r"critere unique du prix|prix est le seul critere|\bau (?:moins[- ]disant|prix le plus bas|plus bas prix)\b|offre la moins[- ](?:disante|chere)"
)
# How the price is marked is no single criterion: « le prix le plus bas a 50 points, les autres en proportion ».
_MARKED = re.compile(
    r"\bpoints?\b|\bnot(?:e|es|ee|ees|er|ent|ation)\b|proportion|formule|obtient|recoit|[×*=]|\d ?/|/ ?[a-z]"
)
_NAME_START = re.compile(
    r"^(?:critere(?: n ?[°o]?)? ?\d{0,2} ?[:.–-]*|\d{1,2} ?[.)/°–-]+|[a-z] ?[)/]|n[°o] ?\d+ ?[:.-]?|[-•–●▪*➢]|o (?=[A-ZÀ-Ý]))\s*",
    re.IGNORECASE,
)
# « … est désignée au vu de la méthode … » : the name of the first criterion comes after.
_JUDGED_BY = re.compile(
    r"^.*\b(?:au vu|au regard|en fonction|sur la base|à partir) (?:de la |des? |du |de l['’]|d['’])",
    re.IGNORECASE,
)
_EFORMS_WEIGHT = re.compile(
    r"(?:ponderation \((?:pourcentage|points?|decimale)[^)]*\)(?: critere d'attribution - nombre)?|critere d'attribution - (?:nombre|ponderation)|"
    r"\bnombre) ?: ?(?P<weight>\d{1,3}(?:[.,]\d{1,2})?)(?P<unit>)(?= ?(?:\n|$|%|[a-z5]))"
)
_EFORMS_CHARACTERS = 700
_LONGEST_NAME, _MOST_LINES, _READ_CHARACTERS = 160, 70, 9000
# A PDF joins two criteria of a standard form on one line.
_JOINED = re.compile(r" (?=critere de (?:qualite|cout) - nom\b|prix - ponderation\b)")


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    weight: float
    unit: str
    span: Span
    sub: bool


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight that folded words give, at ``start``. ``unit``: %, points, or what it is out of ("/ 20")."""

    number: float
    unit: str
    start: int

    @property
    def is_share(self) -> bool:
        """Whether it is in per cent."""
        return self.unit in ("%", "pour cent")


def weights_in(folded: str) -> tuple[Weight, ...]:
    """Every number with a unit of weights, in order."""
    return tuple(
        Weight(_number(match), match["unit"], match.start()) for match in _EACH_WEIGHT.finditer(folded)
    )


def criteria_of(view: View) -> Fact | None:
    """The criteria with their weights, else where they are said to be."""
    forms = _eforms(view) or _pairs(view)
    if forms:
        return _fact(view, forms)
    if lots := _of_titled_lots(view):
        return lots
    for start in dict.fromkeys(_openings(view)):
        by_lot = _by_lot(view, start)
        if by_lot:
            return by_lot
        rows = _top_level(_rows(view, start)) or _plain_rows(view, start)
        if rows and not _is_later(view, rows[0].span.start):
            return _fact(view, rows)
    single = next(
        (
            sentence
            for sentence in view.sentences_with("prix", "moins")
            if _SINGLE.search(sentence.text)
            and "pas le seul" not in sentence.text
            and not _MARKED.search(sentence.text)
        ),
        None,
    )
    if single:
        return Fact(((("critere", "prix"), ("ponderation", None)),), (single.span,), ("prix seul",))
    return _unweighted(view) or _referred(view)


def _eforms(view: View) -> list[_Row]:
    """The criteria of an eForms notice, each with a name (or a description, or a type) some lines above its weight."""
    rows: list[_Row] = []
    for match in _EFORMS_WEIGHT.finditer(view.folded):
        begin = max(0, match.start() - _EFORMS_CHARACTERS, rows[-1].span.end if rows else 0)
        names = {
            name: list(
                re.finditer(
                    rf"\b{name} ?: ?(?P<value>[^\n]{{2,160}}?)(?= (?:type|nom|description|categorie|critere|ponderation)\b[^\n:]{{0,60}}:|\n|$)",
                    view.folded[begin : match.start()],
                )
            )
            for name in ("nom", "description", "type")
        }
        chosen = next((found[-1] for found in names.values() if found), None)
        if chosen is None:
            continue
        span = Span(begin + chosen.start("value"), begin + chosen.end("value"))
        row = _Row(
            _name(view, span),
            _number(match),
            " points" if "(point" in match.group() else "%",
            Span(begin + chosen.start(), match.end()),
            False,
        )
        if (row.name, row.weight) not in {(known.name, known.weight) for known in rows}:
            rows.append(row)
    return rows if 1 <= len(rows) <= 12 else []


_PAIR = re.compile(
    r"\bcriteres?(?: n ?°? ?\d{1,2})? ?: ?(?P<name>[^\n:|]{2,120}?)[ ]*(?:\n| ?[;,/|-] ?)[ ]*(?:ponderation|poids|coefficient|note)[^\n:]{0,25}: ?"
    r"(?P<weight>\d{1,3}(?:[.,]\d{1,2})?) ?(?P<unit>%|points?\b|)"
)


def _pairs(view: View) -> list[_Row]:
    """Criteria of a form: "Critère : Prix", then "Pondération : 40"."""
    if "critere" not in view.folded:
        return []
    rows = [
        row
        for match in _PAIR.finditer(view.folded)
        if (row := _row(view, match, match.group(), match.start()))
    ]
    return rows if 2 <= len(rows) <= 12 and _full(rows) else []


def _openings(view: View) -> list[int]:
    """Where criteria may begin: clauses so titled, then sentences that announce them."""
    contract = view.piece in _OF_CONTRACT
    title = _OF_OFFERS if contract else _TITLE
    titled = [
        section
        for section in view.sections
        if section.named(title)
        and (not _CANDIDATES.search(section.title) or "offre" in section.title)
        and "resiliation" not in section.title
    ]
    found = [section.body.start for section in titled]
    if contract and not found:
        return []
    announced = [
        match.end()
        for line in view.lines_with(*_OPENING_WORDS)
        for match in _OPENING.finditer(view.folded, line.start, line.end)
        if not _CANDIDATES.search(view.folded[max(0, match.start() - 40) : match.end() + 40])
    ]
    return [start for start in (*found, *announced) if not _is_later(view, start)]


def _is_later(view: View, at: int) -> bool:
    """Whether a place of the text speaks of the contracts that follow a framework agreement, not of its own award."""
    sentence = view.sentence_at(at)
    if sentence is None:
        return False
    said = view.folded[sentence.span.start : max(at, sentence.span.start)] + " " + sentence.section.title
    return _LATER.search(said) is not None and "accord-cadre" not in sentence.text


# ---- tables that give each lot its weights -----------------------------------------------------------------------------------------------------

_COLUMN_OF_LOTS = re.compile(r"lots? (?:n ?° ?)?\d{1,2}(?:(?: ?, ?| et | a )\d{1,2})*")
_TWO_LOTS = re.compile(
    rf"{_COLUMN_OF_LOTS.pattern}[ ]*(?:\||[ ]{{2,}}|[ ](?=lot))[^\n]*{_COLUMN_OF_LOTS.pattern}"
)
_CELL_OF_WEIGHT = re.compile(
    r"(?P<weight>\d{1,3}(?:[.,]\d{1,2})?) ?(?:%|points?|pts?)?|[-/]|neant|sans objet"
)
_PART = re.compile(r"\W*\(|(?:\W*dont\b|[-•] ?sous)")


def _by_lot(view: View, start: int) -> Fact | None:
    """Criteria whose weights differ from lot to lot: every column of the table adds up to 100."""
    if not _TWO_LOTS.search(view.folded, start, start + _READ_CHARACTERS):
        return None
    at = start
    lots: list[str] = []
    goes_on = False  # whether the columns of the lots are followed by others
    rows: list[tuple[str, list[float | None], Span]] = []
    for line in view.folded[start : start + _READ_CHARACTERS].split("\n")[:_MOST_LINES]:
        cells = _cells(line) if len(lots) < 2 else _name_and_weights(line, len(lots), goes_on) or _cells(line)
        heads = [cell for cell in cells if _COLUMN_OF_LOTS.fullmatch(cell)]
        if len(heads) >= 2 and not rows:
            lots, goes_on = heads, cells[-1] != heads[-1]
        elif (
            lots
            and len(cells) == len(lots) + 1
            and all(_CELL_OF_WEIGHT.fullmatch(cell) for cell in cells[1:])
            and not _PART.match(cells[0])
        ):
            begin = at + line.index(cells[0])
            weights = [
                float(match["weight"].replace(",", "."))
                if (match := _CELL_OF_WEIGHT.fullmatch(cell)) and match["weight"]
                else None
                for cell in cells[1:]
            ]
            rows.append(
                (
                    _name(view, Span(begin, begin + len(cells[0]))),
                    weights,
                    Span(begin, at + len(line.rstrip(" |"))),
                )
            )
        elif rows and cells and not _PART.match(cells[0]):
            break
        at += len(line) + 1
    rows = [row for row in rows if not row[0].lower().startswith("total")]
    if len(rows) < 2 or any(
        abs(sum(weights[column] or 0 for _, weights, _ in rows) - 100) > 0.6 for column in range(len(lots))
    ):
        return None
    items: tuple[Item, ...] = tuple(
        (("critere", name), ("ponderation", _written_by_lot(lots, weights))) for name, weights, _ in rows
    )
    return Fact(items, tuple(span for _, _, span in rows))


_FEWEST_CLAUSES = 2
# « 6.1 Critères – lots 1, 2 et 3 », « Lot C ».
_LOTS_OF_TITLE = re.compile(
    r"\blots? (?:n ?° ?)?(?P<lots>(?:\d{1,2}|[a-z])\b(?:(?: ?, ?| et | a )(?:\d{1,2}|[a-z])\b)*) *$"
)
_WEIGHT_COLUMN = re.compile(r"(?:poids|ponderations?|points?|notes?|coefficients?|bareme)\b.*")
_WEIGHT_OF_CELL = re.compile(r"(?P<weight>\d{1,3}(?:[.,]\d{1,2})?) ?(?P<unit>%|points?\b|pts?\b|)")
# What tells of a criterion goes on after its name.
_NAME_OF_CELL_ENDS = re.compile(r",? (?:appreci|jug|not|evalu)ee?s?\b|,? dont\b| \d\.\d")


def _of_titled_lots(view: View) -> Fact | None:
    """The criteria of clauses that are each of some lots, by lot: two clauses at least, whole each."""
    told: list[tuple[str, list[_Row]]] = []
    for section in view.sections:
        lots = _LOTS_OF_TITLE.search(section.title)
        if lots and section.under(_TITLE):
            inside = [row for row in _rows(view, section.body.start) if row.span.end <= section.body.end]
            rows = _columned(view, section.body) or _top_level(inside)
            if rows and _full(rows):
                told.append((of_lots(as_written(lots["lots"])), rows))
    if len({lots for lots, _ in told}) < _FEWEST_CLAUSES:
        return None
    names = dict.fromkeys(row.name for _, rows in told for row in rows)
    items: tuple[Item, ...] = tuple(
        (
            ("critere", name),
            (
                "ponderation",
                " ; ".join(
                    f"{lots} : {_written(row, bare=not row.unit)}"
                    for lots, rows in told
                    for row in rows
                    if row.name == name
                ),
            ),
        )
        for name in names
    )
    return Fact(items, tuple(row.span for _, rows in told for row in rows))


def _columned(view: View, body: Span) -> list[_Row]:
    """The rows of a table, one of whose columns is that of the weights, whatever stands in the others."""
    column, rows, at = 0, list[_Row](), body.start
    for line in body.of(view.folded).split("\n"):
        cells = line.strip(" |").split("|") if "|" in line else []
        if not column:
            column = next(
                (at for at, cell in enumerate(cells) if at and _WEIGHT_COLUMN.match(cell.strip())), 0
            )
        elif len(cells) > column and (match := _WEIGHT_OF_CELL.match(cells[column].strip())):
            start = at + line.index(cells[0])
            ends = _NAME_OF_CELL_ENDS.search(cells[0])
            name = _name(view, Span(start, start + (ends.start() if ends else len(cells[0]))))
            rows.append(_Row(name, _number(match), match["unit"], Span(start, at + len(line)), False))
        at += len(line) + 1
    return rows


def _cells(line: str) -> list[str]:
    """The cells of a line of a table drawn with bars, or with wide spaces."""
    return [
        cell.strip()
        for cell in re.split(r"\|" if "|" in line else r" {2,}", line.strip(" |"))
        if cell.strip()
    ]


_WEIGHTS = re.compile(r"(?<=[ |])(?:\d{1,3}(?:[.,]\d{1,2})?(?: ?%)?|-)(?=[ |]|$)")


def _name_and_weights(line: str, count: int, goes_on: bool) -> list[str]:
    """A name and as many weights as there are lots, where a PDF left no bar between some of them; empty where it is no such line.

    ``goes_on``: other columns follow those of the lots.
    """
    text = line.strip(" |")
    found = list(_WEIGHTS.finditer(text))
    kept = found[:count] if goes_on else found
    if len(kept) != count:
        return []
    name = text[: kept[0].start()].strip(" |")
    apart = text[kept[0].start() : kept[-1].end()]
    after = text[kept[-1].end() :].strip(" |")
    if not re.search(r"[a-z]{3}", name) or re.search(r"[a-z]", apart) or (after and not goes_on):
        return []
    return [name, *(one.group() for one in kept)]


def _written_by_lot(lots: list[str], weights: list[float | None]) -> str:
    said = [
        (lot, f"{weight:g}".replace(".", ","))
        for lot, weight in zip(lots, weights, strict=True)
        if weight is not None
    ]
    if len(said) == len(lots) and len({weight for _, weight in said}) == 1:
        return said[0][1]
    return " ; ".join(f"{lot} : {weight}" for lot, weight in said)


def _rows(view: View, start: int) -> list[_Row]:
    rows: list[_Row] = []
    at = start
    lines = _JOINED.sub("\n", view.folded[start : start + _READ_CHARACTERS]).split("\n")[:_MOST_LINES]
    quiet = 0
    for place, line in enumerate(lines):
        found = _in_line(view, line, at, lines[place - 1] if place else "")
        rows += found
        quiet = 0 if found else quiet + 1
        if rows and (quiet > 14 or _full([row for row in rows if not row.sub])) and not found and quiet > 2:
            break
        if not rows and quiet > 25:
            break
        at += len(line) + 1
    return rows


# "- prix : 50;" without a unit: believed where such lines follow each other and add up to 100.
_PLAIN_WEIGHT = re.compile(
    r"[ ]*(?:[-•–●▪*] ?|\d{1,2} ?[.)/°-] ?)?(?P<name>[a-z][^\n:|]{2,120}?) ?: ?(?P<weight>\d{1,2}(?:[.,]\d)?)(?P<unit>)[ ]*[;.,]?[ ]*"
)


def _plain_rows(view: View, start: int) -> list[_Row]:
    rows: list[_Row] = []
    at = start
    for line in view.folded[start : start + _READ_CHARACTERS].split("\n")[:_MOST_LINES]:
        match = _PLAIN_WEIGHT.fullmatch(line)
        if match and (row := _row(view, match, line, at)):
            rows.append(row)
        elif rows and line.strip():
            break
        at += len(line) + 1
    return rows if len(rows) >= 2 and _full(rows) else []


def _full(rows: list[_Row]) -> bool:
    """Whether the weights add up to 100, or to 1 or 10 as coefficients do."""
    total = sum(row.weight for row in rows)
    in_tenths = len(rows) > 1 and abs(total - 10) < 0.006 and all(row.unit == "coefficient" for row in rows)
    return abs(total - 100) < 0.6 or (len(rows) > 1 and abs(total - 1) < 0.006) or in_tenths


def _in_line(view: View, line: str, at: int, above: str) -> list[_Row]:
    text = line.strip(" |")
    offset = at + len(line) - len(line.lstrip(" |"))
    # A weight is a number, here or on its own under its name.
    if not text or len(text) > 900 or not _WEIGHS.search(text):
        return []
    if len(_ANY_WEIGHT.findall(text)) >= 2 and "|" not in text:
        for inline in (_INLINE, _INLINE_REVERSED):
            kept = [
                row
                for match in inline.finditer(text)
                if (row := _row(view, match, text, offset)) and row.weight < 100
            ]
            if _full(kept) or (inline is _INLINE and len(kept) == len(_ANY_WEIGHT.findall(text))):
                return kept
        return []
    if "(" in text and "|" not in text:
        bracketed = [row for match in _BRACKETED.finditer(text) if (row := _row(view, match, text, offset))]
        if len(bracketed) >= 2 and _full(bracketed):
            return bracketed
    if ("ponder" in text or "poids" in text) and "|" not in text:
        pondered = [row for match in _PONDERED.finditer(text) if (row := _row(view, match, text, offset))]
        if _top_level(pondered):
            return pondered
    if ("coef" in text or "ponder" in text) and "|" not in text:
        coefficients = [
            row
            for match in _COEFFICIENT.finditer(text)
            if (row := _row(view, match, text, offset, "coefficient"))
        ]
        if coefficients:
            return coefficients
    for pattern in (_REVERSED, _LINE_WEIGHT, _BARE_WEIGHT, _OUT_OF):
        match = pattern.match(text)
        if match and (row := _row(view, match, text, offset)):
            return [row]
    alone = re.fullmatch(_WEIGHT, text)
    if (
        alone
        and above.strip()
        and (name := re.match(r"(?P<name>.{3,160})$", above.strip(" |")))
        and not _ANY_WEIGHT.search(above)
    ):
        begin = at - 1 - len(above) + len(above) - len(above.lstrip(" |"))
        return [
            _Row(
                _name(view, Span(begin, begin + len(name.group("name")))),
                _number(alone),
                alone.group("unit"),
                Span(begin, offset + len(text)),
                False,
            )
        ]
    return []


def _row(view: View, match: re.Match[str], text: str, offset: int, unit: str = "") -> _Row | None:
    span = Span(offset + match.start("name"), offset + match.end("name"))
    name = _name(view, span)
    folded = span.of(view.folded).strip()
    if (
        _NOT_NAME.search(folded)
        or not re.search(r"[a-z]{3}", folded)
        or len(name) > _LONGEST_NAME
        or not 0 < _number(match) <= 100
    ):
        return None
    return _Row(
        name,
        _number(match),
        unit or match.group("unit"),
        Span(offset + match.start(), offset + match.end()),
        _SUB.search(text) is not None,
    )


def _name(view: View, span: Span) -> str:
    own = clean(span.of(view.document.text))
    previous = None
    while previous != own:
        previous, own = own, _NAME_START.sub("", own)
    own = _JUDGED_BY.sub("", own)
    own = (
        re.sub(r"^(?:et |ainsi que |puis |le critere |la |le |l['’]|du |de la |de )+(?=\w{3})", "", own)
        if own[:1].islower()
        else own
    )
    return re.sub(
        r"\s*(?:[:/(–=-]|pond[ée]r\w*|not[ée]+e?s? sur|sur|appréci\w+ [àa]|à hauteur de|représente|compte pour)+\s*$",
        "",
        own,
    ).strip(" :.–-|(")


def _number(match: re.Match[str]) -> float:
    weight = match.group("weight")
    return float(weight.replace(",", ".")) if weight[0].isdigit() else float(number(weight) or 0)


def _top_level(rows: list[_Row]) -> list[_Row]:
    """The criteria among rows that may hold their sub-criteria: they add up to 100, or weigh alike in points."""
    rows = [
        row
        for index, row in enumerate(rows)
        if (row.name, row.weight) not in {(earlier.name, earlier.weight) for earlier in rows[:index]}
    ]
    for chosen in (rows, [row for row in rows if not row.sub]):
        if 2 <= len(chosen) <= 9 and _full(chosen):
            return chosen
    skipped = _without_parts(rows)
    if len(skipped) >= 2 and _full(skipped):
        return skipped
    total = 0.0
    for count, row in enumerate(rows, 1):
        total += row.weight
        if abs(total - 100) < 0.6 and count >= 2:
            return rows[:count]
    plain = [row for row in rows if not row.sub]
    in_points = [row for row in plain if row.unit.startswith(("point", "pt", "/ 20", "/20"))]
    return (
        in_points
        if 2 <= len(in_points) <= 6
        and len(in_points) == len(plain)
        and 10 <= sum(row.weight for row in in_points) <= 200
        else []
    )


def _without_parts(rows: list[_Row]) -> list[_Row]:
    """Rows without those that follow one and add up to it."""
    kept, index = [], 0
    while index < len(rows):
        kept.append(rows[index])
        total, end = 0.0, index + 1
        while end < len(rows) and total < rows[index].weight:
            total += rows[end].weight
            end += 1
        index = end if end - index > 2 and abs(total - rows[index].weight) < 0.01 else index + 1
    return kept


def _fact(view: View, rows: list[_Row]) -> Fact:
    bare = all(not row.unit for row in rows)
    items: tuple[Item, ...] = tuple(
        (("critere", row.name), ("ponderation", _written(row, bare))) for row in rows
    )
    whole = Span(min(row.span.start for row in rows), max(row.span.end for row in rows))
    spans = (whole,) if len(whole) <= 600 else tuple(row.span for row in rows)
    normal = tuple(
        sorted(
            f"{'prix' if re.search('prix|cout|financ', row.name.lower()) else 'autre'} {row.weight:g}"
            for row in rows
        )
    )
    return Fact(items, spans, normal)


def _written(row: _Row, bare: bool) -> str:
    if row.weight < 1:
        return f"{100 * row.weight:g} %".replace(".", ",")
    number = f"{row.weight:g}".replace(".", ",")
    unit = row.unit.strip()
    if unit == "coefficient":
        return f"coefficient {number}"
    return (
        number
        if bare or not unit
        else f"{number} %"
        if unit in ("%", "pour cent") or "100" in unit
        else f"{number} points"
    )


_LIST_LINE = re.compile(r"(?<=\n)[ \t]*(?:[-•–●▪*]|\d{1,2} ?[.)/°-])[^\n]+")
_MOST_NAMES = 8


def _unweighted(view: View) -> Fact | None:
    """Criteria without weights, in the order of a list."""
    for sentence in view.sentences_with("importance", "priorite", "ponderation", "hierarchis"):
        if not (
            _UNWEIGHTED.search(sentence.text)
            and (_OPENING.search(sentence.text) or re.search(r"\b(?:evalue|juge|note|classe)", sentence.text))
        ):
            continue
        names: list[Span] = []
        for line in _LIST_LINE.finditer(view.folded, sentence.span.end):
            if (
                view.folded[names[-1].end if names else sentence.span.end : line.start()].strip()
                or len(line.group()) > _LONGEST_NAME
                or len(names) == _MOST_NAMES
            ):
                break
            names.append(Span(*line.span()))
        if len(names) >= 2:
            items: tuple[Item, ...] = tuple(
                (("critere", _name(view, span)), ("ponderation", None)) for span in names
            )
            return Fact(items, (Span(sentence.span.start, names[-1].end),))
    return None


def _referred(view: View) -> Fact | None:
    match = _ELSEWHERE.search(view.folded)
    if match is None or view.piece not in ("avis", "RC"):
        return None
    sentence = view.sentence_at(match.start())
    span = sentence.span if sentence and len(sentence.span) < 500 else Span(*match.span())
    return Fact(view.words(span), (span,))
