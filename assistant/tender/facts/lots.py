"""The lots, with their numbers and titles; « non alloti » where the document says that there are none. Tranches are no lots."""

import re
from collections.abc import Iterator

from assistant.datatypes import Span
from assistant.french.folding import fold
from assistant.french.numbers import IN_WORDS, NUMBER, number
from assistant.sentences import BREAKS_OFF
from assistant.tender.fact import NOT_DIVIDED, Fact, Item
from assistant.tender.rows import LOT, numbered_rows
from assistant.tender.view import TICK, View, clean

_LOT = re.compile(
    r"(?:^|(?<=[\n|;•*:.(–-]))[ \t]*+(?:(?:[-•–]|o |"
    + TICK
    + r"|\[x\])[ \t]*+){0,2}(?:description du )?"
    + LOT
    + r"(?P<number>\d{1,3}|"
    r"(?<=[ |°])[a-z])\b(?P<sign> ?\.? ?[:–|-]+ ?|\. ?- ?| ?: ?| \| |\. | (?=[«\"(]))[ \t]*\n?[ \t]*"
    r"(?P<title>[^\n|;]{2,240})",
    re.MULTILINE,
)
_COLUMN_WORDS = ("design", "intitul", "objet", "libell", "titre", "description", "risque", "prestation")
_COLUMN = "|".join(_COLUMN_WORDS)
_NUMBERED_LOT = r"(?:(?:n ?[°o]|numero) ?(?:\| ?)?(?:de |du )?)?lots?(?:\(s\))?(?: n ?[°o])?"
# A table of lots: its first line names the columns, its first column gives the numbers.
_TABLE_HEAD = re.compile(rf"[ |]*{_NUMBERED_LOT}(?:[ ]*\|[^\n]*|[ ]+)(?:{_COLUMN}|nature)[^\n]*")
# The same, where only what precedes says that the numbers are those of lots.
_BARE_TABLE_HEAD = re.compile(rf"[ |]*n(?:[°o]|um(?:ero)?)?\.?(?:[ ]*\|[ ]*|[ ]+)(?:{_COLUMN})[^\n]*")
_ANNOUNCED_CHARACTERS = 260
# No sentence and no number, but in brackets, of years, or in a unit: « Élèves (est.) », « Dépense 2025 », « Maxi – 4 ans ».
_IN_A_HEAD = r"(?:[^\n.;:\d(]|\([^\n()]*\)|20\d\d\b|\d{1,2}(?= ?(?:ans?|mois)\b))"
# The same whatever its other columns, where it has a bar and no number, and rows numbered 1, 2, 3 stand below: « Lot Secteur | Entrées », « N° Lot | Délai ».
_ANY_TABLE_HEAD = re.compile(rf"[ |]*{_NUMBERED_LOT}(?=[ |])(?=[^\n]*\|){_IN_A_HEAD}{{3,120}}")
# The same without its lines: "Lot(s)", "Désignation", "01", "Visserie", each on its own line, or "01 Visserie".
_FLAT_HEAD = re.compile(rf"[ ]*{_NUMBERED_LOT}[ ]*(?:\n[ ]*| )(?:{_COLUMN})[a-z]*[ ]*(?=\n)")
_FLAT_ROW = re.compile(r"\n[ ]*(?:lot )?(?P<number>\d{1,2})(?:[ ]*\n[ ]*|[ ]+)(?P<title>[a-z][^\n|:]{2,160})")
_ROW = re.compile(
    r"(?:\n[ |]*)+(?:lot ?)?(?:n ?[°o] ?)?(?P<number>\d{1,3})[ ]*\|[ ]*(?P<title>[^\n|]{3,240})"
)
_EFORMS_LOT = re.compile(
    r"\blot ?:? ?(?:lot|par|grp)-(?P<number>\d{4})\b[^\n]*\n?(?:[^\n]*\n){0,3}?[ \t]*titre ?[:|] ?(?P<title>[^\n]{3,240}?)(?= description ?[:|]|\n|$)"
)
_NAMED_LOT = re.compile(r"^[\d. ]*lot-(?P<number>\d{4}) ?[:|–-] ?(?P<title>[^\n|]{3,240})", re.MULTILINE)
# Standard forms of 2015: the title of a lot, then its number.
_TED_LOT = re.compile(
    r"ii\.2\.1\) ?intitule ?:?\s*(?P<title>[^\n]{3,240}?)\s*\n\s*lot n[°o]? ?: ?(?P<number>\d{1,3})\b"
)
_CAPITALS = re.compile(r"(?<=[\w»)] )LOT (?:N ?° ?)?\d{1,3} ?[:–-]")
# Two of them at least on a line: « lot 1 « Courants faibles » N° 21 040 : lot 2 « Courants forts » ».
_IN_LINE = re.compile(r"(?<=[\w»”\")] |[:|(–-] )(?:LOT|Lot|lot) ?(?:[Nn] ?° ?)?\d{1,2} ?[:–«\"“-]")
_IN_LINE_LOT = re.compile(
    r"lot ?(?:n ?° ?)?(?P<number>\d{1,3})(?P<sign> ?[:–-] ?| ?(?=[«\"“]))(?P<title>[^\n|;]{2,240})"
)
_NOT_DIVIDED = re.compile(
    r"divis\w+ en lots ?:? ?non\b(?!\W{0,4}oui\b)|(?:marche )?alloti ?: ?non\b(?!\W{0,4}oui\b)|(?:n'est|ne sont|n'a|ne fait|ne donne|"
    r"(?<!: )(?<!:)\bnon)[^.;\n]{0,45}(?<!\bce )(?<!\bdu )(?<!\ble )(?<!chaque )\b(?:allot\w+|lots?\b(?! (?:n ?° ?)?\d| [a-z]\b)|decomposition en lots|"
    r"division en lots)|\blot unique\b|pas (?:d'allotissement|de lots?\b)|"
    r"(?:decomposition|division|repartition|allotissement)[^.;:\n]{0,25}(?<!-)\blots? ?: ?(?:sans objet|neant|non\b|aucune?)(?!\W{0,4}oui\b)|"
    r"(?:comporte|constitue|forme|compte|est compose d'|consiste en) ?(?:qu')?un (?:seul|unique) lot\b|sans allotissement|"
    r"allotissement(?: (?:est |a ete )?ecarte| ?: ?(?:non|sans objet|neant)\b)|\bqu'un (?:seul |unique )?lot\b|marche unique\b(?! de)|"
    r"aucun (?:lot(?! ne)|allotissement)\b|en un (?:seul |unique )?lot\b"
)
# A form: « Division en lots », then « ☐ oui ☒ non » below.
_TICKED_UNDIVIDED = re.compile(
    rf"(?:divis\w+ en lots|(?:^|\n)[\d. ]*(?:lots|allotissement))\s*[:|]?\s*{TICK}\s*non\b"
)
_NOT_ABOUT_THIS = re.compile(
    r"sous-trait|candidat\w* (?:non|n')|n'a pas (?:ete )?(?:remis|attribu)|lots? (?:non )?(?:infructueux|attribues?|retenus?)|"
    r"offre[^.]{0,30}\blots?|autres? lots?|plusieurs lots"
)
_NO_TITLE = re.compile(
    rf"^[\d\s.,]+(?:€|euro|h\.?t|mois|ans?\b|jours|%|heures)|^{IN_WORDS}(?: \([^)]*\))? "
    r"(?:mois|ans?|jours?|semaines?|euros?|heures?|points?)\b|^(?:a compter|a partir|pour une duree) |"
    r"^(?:x+|\.+|_+|…+)\W*$|^(?:montant|duree|sans m|avec un m|minimum|maximum|voir|"
    r"cf\b|oui|non|prix|total|delai|a completer)\b|^lots?[ -](?:n ?° ?)?(?:\d|[a-z]\b)|\b(?:page|feuillet) ?:? ?\d|^[\W\d_]*$"
)
_TITLE_END = re.compile(
    r" LOT (?:N ?° ?)?\d+ ?[:–-]| \d{1,2} (?:mois|semaines|ans?|jours)$| (?:et |[Nn]° ?[\d ]+: ?)?(?:LOT|Lot|lot) ?(?:[Nn] ?° ?)?\d{1,2} ?[:–«\"“-]|"
    r" (?:sans (?:montant )?(?:minimum|maximum)|avec un (?:montant )?(?:minimum|maximum)|"
    r"montant (?:minimum|maximum|estim)|duree ?:|cpv ?:|code cpv|pour un montant)\b|\. (?=[A-ZÀ-Þ])|\.\s*$"
)
# "Lot 1 Maçonnerie": nothing but the capital tells where the title begins, so that a whole line is asked for, and two of them.
_PLAIN_LOT = re.compile(
    r"(?:^|(?<=: ))[ \t|]*(?:[-•–▪] ?)?(?:Lot|LOT)(?: ?[nN] ?[°o])? ?(?P<number>\d{1,2}) +(?P<title>[A-ZÀ-Þ][^\n|"
    r":;]{3,160})$",
    re.MULTILINE,
)
# « Description – LOT N° 1 », and its title on the line below.
_TITLED_BELOW = re.compile(
    r"^(?:[^\n;:|]{0,40} [-–] )?[ ]*LOT N ?° ?(?P<number>\d{1,2})[ ]*\n[ ]*(?P<title>[A-ZÀ-Þ][^\n|;:]{3,160})",
    re.MULTILINE,
)
# "Lots séparés :", then "N° 1 Gros œuvre".
_NUMBERED_LINE = re.compile(
    r"^[ \t]*(?:[-•–▪] ?)?n ?[°o] ?(?P<number>\d{1,2})[ :.–-]+(?P<title>[a-z][^\n|:;]{2,160})$", re.MULTILINE
)
_ENDS_WITH_LOTS = re.compile(r"\blots?\b[^\n]{0,60}\n\s*\Z")
# "- Lot 1, nettoyage des écoles": two of them at least.
_COMMA_LOT = re.compile(
    r"(?:^|(?<=\n))[ \t]*(?:[-•–▪] ?)?lot (?:n ?° ?)?(?P<number>\d{1,2}), (?P<title>[a-z][^\n|:;]{3,160})"
)
# A deed of commitment or a specification is that of its own lot: "porte sur le lot n° 3 : Charpente", "☒ au lot n° 2 : Vitrerie".
_OWN_LOT = re.compile(
    r"(?:\b(?:porte sur|concerne|relatif au)|" + TICK + r"|\[x\]) ?(?:le |"
    r"au )?lot (?:n ?° ?)?(?P<number>\d{1,2})(?: ?[:–-] ?| de la [^\n|;:.«]{3,40} ?: ?|[^\n|;:.«]{0,40}(?=«))(?P<title>[a-z«][^\n|;]{3,160})"
)
_COVER_CHARACTERS = 1500
_OF_ONE_LOT = ("AE", "CCTP", "CCAP", "CCP", "BPU", "DQE")
# "deux lots : le lot n° 1 (Est) et le lot n° 2 (Ouest)".
_BRACKETED_LOT = re.compile(r"\blot ?(?:n ?° ?)?(?P<number>\d{1,2}) ?\((?P<title>[^()\n]{3,80})\)")
# "Le lot 1 porte sur la papeterie, le lot 2 sur les consommables": the verb is said once.
_VERBAL_LOT = re.compile(
    r"\ble lot (?:n ?° ?)?(?P<number>\d{1,2}),? (?:(?:porte sur|concerne|couvre|comprend|regroupe|est relatif (?:a|aux?)|correspond (?:a|aux?)|sur|"
    r"a pour objet|aux?|:) )?"
    r"(?P<title>(?:la |le |les |l'|des? |du )?[a-z][^.;,()\n\d]{3,90}?)(?=,? et le lot|[.;,\n(]|$)"
)
_LOT_VERB = re.compile(
    r"\ble lot (?:n ?° ?)?1,? (?:porte sur|concerne|couvre|comprend|regroupe|est relatif|correspond|a pour objet)"
)
# A list of lots stands together: further apart than this, "Lot 1" is another mention.
_TOGETHER_CHARACTERS = 4000
_LONGEST_TITLE = 200
_QUOTED = re.compile(r"^[«\"“] ?([^«»\"“”]+?) ?[»\"”]$")
_NEXT_LINE = re.compile(r"[ \t]*\n[ \t]*[a-z][^\n|;]{2,120}")


def lots_of(view: View) -> Fact | None:
    """The lots that the document lists, else that there are none, else None."""
    if "lot" not in view.document.text.lower() and "marche unique" not in view.folded:
        return None
    if ticked := _TICKED_UNDIVIDED.search(view.folded):
        return Fact(NOT_DIVIDED, (Span(*ticked.span()),), (NOT_DIVIDED,))
    found = (
        _numbered_forms(view)
        or _tabled(view)
        or _flattened(view)
        or _listed(view)
        or _unsigned(view)
        or _offered(view)
        or _enumerated(view)
    )
    undivided = next(
        (
            sentence
            for sentence in view.sentences_with("lot", "marche unique")
            if _NOT_DIVIDED.search(sentence.text) and not _NOT_ABOUT_THIS.search(sentence.text)
        ),
        None,
    )
    if undivided and (found is None or len(found.value) < 2):
        return Fact(NOT_DIVIDED, (undivided.span,), (NOT_DIVIDED,))
    return _with_count(view, found) if found else None


# « trois lots : A (pain), B (viande) et C (lait) ».
_ENUMERATED = re.compile(r"(?:[:,;]| et) (?P<number>\d{1,2}|[A-H]) ?\((?P<title>[^()\n]{3,80})\)")


# « lot A, bâtiments administratifs ; lot B, médiathèques ».
_ENUMERATED_AFTER = re.compile(
    r"[:;] ?(?:le )?[Ll]ot (?:n ?° ?)?(?P<number>\d{1,2}|[A-H]), (?P<title>[^;.\n|]{3,160})"
)
# « les secteurs d'Orcenne-ville (lot 1), de la couronne nord (lot 2) et de la vallée (lot 3) ».
_ENUMERATED_BEFORE = re.compile(
    r"(?<![\w'’])(?P<title>[A-ZÀ-Þa-zà-ÿ][^,;:.()\n|]{2,80}) \([Ll]ot (?:n ?° ?)?(?P<number>\d{1,2}|[A-H])\)"
)
# What leads to the title of a lot that stands before its number.
_LEADING_TITLE = re.compile(
    r"^(?:.*\b(?:secteurs?|zones?) )?(?:et )?(?:(?:de la|de l['’]|du|des|de|à|aux?|la|le|les) |[dl]['’])?"
)


def _enumerated(view: View) -> Fact | None:
    """Lots that one sentence names in turn, from the first on, after it spoke of lots."""
    return next(
        (
            found
            for pattern in (_ENUMERATED, _ENUMERATED_AFTER, _ENUMERATED_BEFORE)
            if (found := _enumerated_as(view, pattern))
        ),
        None,
    )


def _enumerated_as(view: View, pattern: re.Pattern[str]) -> Fact | None:
    for sentence in view.sentences_with(" lots", "(lot "):
        found = list(pattern.finditer(view.document.text, sentence.span.start, sentence.span.end))
        first = found[0]["number"] if found else ""
        follow = [
            str(int(first) + at) if first.isdigit() else chr(ord(first) + at) for at in range(len(found))
        ]
        if len(found) > 1 and first in ("1", "A") and [match["number"] for match in found] == follow:
            titles = [
                match["title"] if pattern is _ENUMERATED else _LEADING_TITLE.sub("", clean(match["title"]))
                for match in found
            ]
            return _fact(
                [
                    (match["number"], title, Span(*match.span("title")))
                    for match, title in zip(found, titles, strict=True)
                ]
            )
    return None


_COUNTED = re.compile(rf"\b(?P<count>{NUMBER})(?: ?\(\d+\))? lots\b")


def _with_count(view: View, found: Fact) -> Fact:
    """The lots, first in the words that count them where these count as many (« L'accord-cadre est décomposé en 4 lots »)."""
    for sentence in view.sentences_with(" lots"):
        match = _COUNTED.search(sentence.text)
        if match and number(match["count"]) == len(found.value):
            first, *others = found.spans
            if sentence.span.overlaps(first):
                # « Deux lots : lot A – transcription ; lot B – … » in one sentence
                start = min(first.start, sentence.span.start + match.start())
                return Fact(found.value, (Span(start, first.end), *others), found.normal)
            if not any(sentence.span.overlaps(span) for span in others):
                return Fact(found.value, (sentence.span, *found.spans), found.normal)
    return found


# « ☐ le lot 1 – Secteur nord », « ☐ le lot 2 – Secteur sud »: a bidder ticks his own.
_BOX = "☐□❏❐❑❒◻⬜▢◯○"
_OFFERED = re.compile(
    rf"[{_BOX}][ \t]*(?:pour |au |du )?(?:le )?lot (?:n ?° ?)?(?P<number>\d{{1,2}}|[a-z]) ?[:–-] ?(?P<title>[^\n|;{_BOX}]{{3,160}})"
)


def _offered(view: View) -> Fact | None:
    """The lots among which a form lets one choose, none of them ticked."""
    rows = [
        (
            match["number"].upper(),
            clean(Span(*match.span("title")).of(view.document.text)),
            Span(*match.span()),
        )
        for match in _OFFERED.finditer(fold(view.document.text))
    ]
    return _fact(rows) if len(rows) > 1 and len({name for name, _, _ in rows}) == len(rows) else None


def _numbered_forms(view: View) -> Fact | None:
    """The lots of an eForms notice: "Lot : LOT-0001", then "Titre : …"; "LOT-0001 : …"."""
    rows = {}
    for match in (*_EFORMS_LOT.finditer(view.folded), *_NAMED_LOT.finditer(view.folded)):
        number = match.group("number").lstrip("0") or "0"
        title = _title(view, Span(*match.span("title")))
        if title and number not in rows:
            rows[number] = (number, title, Span(match.start(), match.end("title")))
    for match in _TED_LOT.finditer(view.folded):
        number = match.group("number").lstrip("0") or "0"
        title = _title(view, Span(*match.span("title")))
        if title and number not in rows:
            rows[number] = (number, title, Span(match.start("title"), match.end()))
    return _fact(list(rows.values())) if rows else None


def _listed(view: View) -> Fact | None:
    mentions: list[tuple[str, str, Span]] = []
    for match in sorted(
        (*_LOT.finditer(view.folded), *_lots_in_a_line(view)), key=lambda one: one.start("number")
    ):
        number = match.group("number")
        span = _whole_title(view, Span(*match.span("title")))
        title = _title(view, span)
        if title is None or (number.isalpha() and not match.group("sign").strip(" .")):
            continue
        mentions.append(
            (
                number.lstrip("0") or "0" if number.isdigit() else number.upper(),
                title,
                Span(match.start() + _leading(match.group()), span.start + len(title)),
            )
        )
    if not mentions:
        return None
    best = max(
        (_run(mentions, start) for start in range(len(mentions))),
        key=lambda run: (len(run), _in_order(run), -run[0][2].start),
    )
    return _fact(best)


def _unsigned(view: View) -> Fact | None:
    """Lots without a sign between their number and their title; a single one is a mention."""
    announced = _announced(view)
    if announced:
        return _fact(announced)
    verbal = ((_VERBAL_LOT, view.folded),) if _LOT_VERB.search(view.folded) else ()
    for pattern, text in (
        (_PLAIN_LOT, view.document.text),
        (_TITLED_BELOW, view.document.text),
        (_BRACKETED_LOT, view.folded),
        (_COMMA_LOT, view.folded),
        *verbal,
    ):
        rows: dict[str, tuple[str, str, Span]] = {}
        for match in pattern.finditer(text):
            number = match.group("number").lstrip("0") or "0"
            title = _title(view, Span(*match.span("title")))
            if title and number not in rows and view.folded[match.start() : match.end()].strip():
                rows[number] = (
                    number,
                    title,
                    Span(match.start() + _leading(match.group()), match.end("title")),
                )
        if len(rows) >= 2:
            return _fact(list(rows.values()))
    own = _OWN_LOT.search(view.folded) if view.piece in _OF_ONE_LOT else None
    title = _title(view, Span(*own.span("title"))) if own else None
    return (
        _fact([(own.group("number").lstrip("0") or "0", title, Span(own.start(), own.end("title")))])
        if own and title
        else None
    )


def _announced(view: View) -> list[tuple[str, str, Span]]:
    """Lines "N° 1 …", "N° 2 …" that follow each other under a line that ends by speaking of lots."""
    rows: list[tuple[str, str, Span]] = []
    for match in _NUMBERED_LINE.finditer(view.folded):
        follows = rows and not view.folded[rows[-1][2].end : match.start()].strip()
        if not follows:
            if len(rows) >= 2:
                break
            rows = []
            if not _ENDS_WITH_LOTS.search(
                view.folded, max(0, match.start() - _ANNOUNCED_CHARACTERS), match.start()
            ):
                continue
        title = _title(view, Span(*match.span("title")))
        if title:
            rows.append(
                (
                    match.group("number").lstrip("0") or "0",
                    title,
                    Span(match.start() + _leading(match.group()), match.end()),
                )
            )
    return rows if len({number for number, _, _ in rows}) == len(rows) >= 2 else []


def _lots_in_a_line(view: View) -> Iterator[re.Match[str]]:
    """Lots that follow each other on one line: « LOT 1 – Courants faibles LOT 2 – Courants forts »; behind what is bought on a cover, its own."""
    for span in view.lines_with("lot"):
        line = span.of(view.document.text)
        starts = {match.start() for match in _CAPITALS.finditer(line)}
        within = {match.start() for match in _IN_LINE.finditer(line)}
        if len(within) + line.lstrip(" •-–|").lower().startswith("lot") > 1:
            starts |= within
        elif view.piece in _OF_ONE_LOT and span.start < _COVER_CHARACTERS:
            starts |= {start for start in within if line[start].isupper()}
        for start in sorted(starts):
            if found := _IN_LINE_LOT.match(view.folded, span.start + start):
                yield found


def _run(mentions: list[tuple[str, str, Span]], start: int) -> list[tuple[str, str, Span]]:
    """Lots that follow each other from one mention on: each number once, close to the one before."""
    run = [mentions[start]]
    for mention in mentions[start + 1 :]:
        if mention[2].start - run[-1][2].end > _TOGETHER_CHARACTERS:
            break
        if mention[0] not in {number for number, _, _ in run}:
            run.append(mention)
    return run


def _in_order(run: list[tuple[str, str, Span]]) -> bool:
    """Whether the lots stand as they are numbered: a list does, a mention of the fourth before it does not."""
    numbers = [number.rjust(3) for number, _, _ in run]
    return numbers == sorted(numbers)


def _tabled(view: View) -> Fact | None:
    """The rows of the first table that gives lots."""
    named = (
        match
        for line in view.lines_with("lot")
        if (match := _TABLE_HEAD.match(view.folded, line.start, line.end))
    )
    numbered = (
        match
        for line in view.lines_with(*_COLUMN_WORDS)
        if (match := _BARE_TABLE_HEAD.match(view.folded, line.start, line.end))
        and re.search(r"\blots\b|allotissement", _above(view, match.start()))
    )
    anyhow = (
        match
        for line in view.lines_with("lot")
        if (match := _ANY_TABLE_HEAD.fullmatch(view.folded, line.start, line.end))
    )
    heads = {match.start(): match.end() for match in (*anyhow, *numbered, *named)}
    return next(
        (found for _, end in sorted(heads.items()) if (found := _barred(view, end) or _numbered(view, end))),
        None,
    )


def _barred(view: View, at: int) -> Fact | None:
    """The rows below a head that ends there, whose first cell is a number, in any order; two of them at least."""
    rows: list[tuple[str, str, Span]] = []
    while (row := _ROW.match(view.folded, at)) is not None:
        title = _title(view, Span(*row.span("title")))
        if title:
            number = row.group("number").lstrip("0") or "0"
            rows.append((number, title, Span(row.start() + _leading(row.group()), row.end("title"))))
        line_end = view.folded.find("\n", row.end())
        at = line_end if line_end >= 0 else len(view.folded)
    return _fact(rows) if len(rows) >= 2 else None


def _numbered(view: View, head: int) -> Fact | None:
    """The rows numbered 1, 2, 3 below a head that ends there, two of them with a title at least."""
    rows = [(row, title) for row in numbered_rows(view, head) if (title := _title(view, row.title))]
    return _fact([(row.number, title, row.title) for row, title in rows]) if len(rows) >= 2 else None


def _flattened(view: View) -> Fact | None:
    """A table of lots of which only the words are left, numbered 1, 2, 3."""
    for head in (
        match for line in view.lines_with("lot") if (match := _FLAT_HEAD.match(view.folded, line.start))
    ):
        rows: list[tuple[str, str, Span]] = []
        at = head.end()
        while (row := _FLAT_ROW.match(view.folded, at)) is not None and int(row.group("number")) == len(
            rows
        ) + 1:
            title = _title(view, Span(*row.span("title")))
            if title is None:
                break
            rows.append((str(len(rows) + 1), title, Span(row.start("number"), row.end("title"))))
            at = row.end()
        if len(rows) >= 2:
            return _fact(rows)
    return None


def _above(view: View, at: int) -> str:
    return view.folded[max(0, at - _ANNOUNCED_CHARACTERS) : at]


def _fact(rows: list[tuple[str, str, Span]]) -> Fact:
    ordered = sorted(
        rows, key=lambda row: (not row[0].isdigit(), int(row[0]) if row[0].isdigit() else 0, row[0])
    )
    items: tuple[Item, ...] = tuple((("numero", number), ("titre", title)) for number, title, _ in ordered)
    return Fact(
        items, tuple(span for _, _, span in ordered), (f"{len(items)} lots",) if len(items) > 1 else ()
    )


def _whole_title(view: View, span: Span) -> Span:
    """A title whose line ends on a preposition goes on to the next line."""
    follows = _NEXT_LINE.match(view.folded, span.end) if BREAKS_OFF.search(span.of(view.folded)) else None
    return Span(span.start, follows.end()) if follows else span


def _title(view: View, span: Span) -> str | None:
    folded = span.of(view.folded).strip()
    if _NO_TITLE.search(folded) or not re.search(r"[a-z]{3}", folded):
        return None
    own = span.of(view.document.text)
    end = _TITLE_END.search(own)
    title = clean(own[: end.start()] if end else own).rstrip(" .")
    title = _QUOTED.sub(r"\1", title)
    return title[:_LONGEST_TITLE] if len(title) >= 3 else None


def _leading(text: str) -> int:
    return len(text) - len(text.lstrip(" \t\n|-•–"))
