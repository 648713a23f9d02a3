"""The general clauses that apply (CCAG), their version, and the articles from which the contract departs."""

import re
from collections import Counter
from collections.abc import Iterator

from assistant.datatypes import Span
from assistant.french.months import MONTH, MONTH_NUMBERS, MONTHS
from assistant.tender.fact import Fact
from assistant.tender.selection import first_words
from assistant.tender.view import Section, Sentence, View

_FAMILIES = (
    ("CCAG-FCS", r"(?:fcs|f\.c\.s\.?|fournitures? (?:courantes?|et (?:de )?services))"),
    ("CCAG-TIC", r"(?:tic|t\.i\.c\.?|tech\w+ de l'information)"),
    ("CCAG-PI", r"(?:pi\b|p\.i\.?|prestations? intellectuelles?)"),
    ("CCAG-MOE", r"(?:moe|maitrise d'o?euvre)"),
    ("CCAG-MI", r"(?:mi\b|m\.i\.|marches? (?:publics )?industriels?)"),
    ("CCAG-Travaux", r"(?:travaux|tvx|trx)"),
)
_NAME = r"(?:c\.?c\.?a\.?g\.?|cahiers? des clauses administratives? generales?)"
_MENTION = re.compile(
    rf"{_NAME}\s?[ /:–-]{{0,3}}(?:\([^)\n]{{2,12}}\) ?)?(?: (?:applicable|de reference))?(?: (?:au|a ce|a cet)(?: present)? (?:marche|accord-cadre|"
    rf"contrat))?(?: est)?(?: celui| le (?:ccag|cahier)| :)?(?:,? ?(?:applicables? (?:aux?|a ce|au present)|des|du|de|relatif aux?|pour les?|"
    rf"aux?)(?: present)? ?(?:marches?(?: publics?)?)? ?(?:de |des |d'|du |passes? au nom de l'etat )?)?(?:l'|la |les )?[«\"“(/ -]{{0,3}}"
    rf"(?P<family>{'|'.join(pattern for _, pattern in _FAMILIES)})"
)
_ORDER = re.compile(rf"arrete[^.;\n]{{0,20}}? du (\d{{1,2}})(?:er)? ({MONTH}) (\d{{4}})")


# Named without being those of the contract.
_NOT_THESE = re.compile(
    r"(?:\blots?\b|(?:ccag|generales)[^.;]{0,60} (?:ne (?:s'applique|sont pas appl|se refere)|n'est pas)|ne (?:se refere|vise|renvoie)|a l'exception|"
    r"par analogie|outre|egalement|et non|plutot|(?:est|sont) ecarte|exclu|au sens d|par reference|s'inspire|emprunt|ancien|precedent|sauf|ainsi que|option|"
    r"sous-trait|subsequent)"
)
# « Les travaux de câblage relèvent du CCAG-Travaux »: the general clauses of a part.
_OF_A_PART = re.compile(
    r"(?:(?:\bles|\baux|\bdes) (?:seul(?:e)?s )?(?:travaux|fournitures|equipements|materiels|etudes|missions?|developpements|prestations (?:de|d'|du|"
    r"relevant|intellectuelles))|partie|volet|phase|poste)"
)


def applied(view: View) -> Iterator[tuple[str, Span]]:
    """The general clauses that the contract follows, departs from or lists among its pieces, each time that a sentence names one family alone."""
    for sentence in view.sentences_with("ccag", "c.c.a.g", "generales"):
        mentions = list(_MENTION.finditer(sentence.text))
        families = {_family(match["family"]) for match in mentions}
        if (
            len(families) == 1
            and not _NOT_THESE.search(sentence.text)
            and not _OF_A_PART.search(_MENTION.sub("", sentence.text))
        ):
            yield (
                families.pop(),
                Span(sentence.span.start + mentions[0].start(), sentence.span.start + mentions[0].end()),
            )


def ccag_of(view: View) -> Fact | None:
    """Which general clauses apply, with the order that approved them where it is named."""
    mentions = [(_family(match.group("family")), match) for match in _MENTION.finditer(view.folded)]
    if not mentions:
        return None
    counted = Counter(family for family, _ in mentions)
    family, _ = counted.most_common(1)[0]
    sentences = [
        (match, sentence)
        for name, match in mentions
        if name == family and (sentence := view.sentence_at(match.start()))
    ]
    dated = [
        (match, sentence, order)
        for match, sentence in sentences
        if (order := _ORDER.search(sentence.text, max(0, match.start() - sentence.span.start - 60)))
    ]
    if dated:
        _, sentence, order = dated[0]
        month = MONTHS[MONTH_NUMBERS[order.group(2)] - 1]
        day = "1er" if order.group(1) == "1" else order.group(1)
        return Fact(
            f"{family} (arrêté du {day} {month} {order.group(3)})", (sentence.span,), (family, order.group(3))
        )
    if not sentences:
        match = next(match for name, match in mentions if name == family)
        return Fact(family, (Span(*match.span()),), (family,))
    telling = sorted(
        sentences,
        key=lambda one: (
            not re.search(r"applicable|soumis|refere|regi|reference|pieces? generales?", one[1].text),
            one[1].index,
        ),
    )
    return Fact(family, (telling[0][1].span,), (family,))


def _family(words: str) -> str:
    return next(name for name, pattern in _FAMILIES if re.match(pattern, words))


_TITLE = re.compile(
    r"derogations?\b(?!.*(?:repos|travail dominical))|\b(?:ecarts?|ecartes?)\b.*\bccag|\bccag\b.*\becartes?\b"
)
_DEROGATES = re.compile(r"derog(?:e|ent|era|eront|eons|eant|ation|ations)\b")
_ARTICLE = re.compile(
    r"articles? ?(?:n°)? ?((?:\d+(?:\.\d+)*\.?)(?:(?: ?,| et| a| ?;| ou) ?(?:l'article |aux? articles? )?\d+(?:\.\d+)*)*)(?:(?!article|"
    r"derog)[^.;\n]){0,40}?(?:du|"
    r"de|au)? ?(?:present )?(?:c\.?c\.?a\.?g|cahier des clauses administratives generales)"
)
_AFTER_DEROGATES = re.compile(
    r"derog\w*(?:(?!\bpar\b)[^.;\n]){0,20}(?:a l'|aux? |a |a les )?(?:stipulations de l'|dispositions de l'|dispositions des |"
    r"stipulations des )?articles? ?((?:\d+(?:\.\d+)*)(?:(?: ?,| et| a| ?;) ?(?:de l'article |l'article )?\d+(?:\.\d+)*)*)"
)
_NONE = re.compile(
    r"^\W*(?:neant|aucune?|sans objet|pas de derogation)|(?:aucune|pas de|sans) derogation|ne derog\w+ pas|"
    r"derogations?[^.;\n]{0,40}: ?(?:neant|aucune?)|il n'est pas deroge|n'est (?:pas )?derog"
)
# A departure said without the list of its articles: « nous n'y dérogeons que pour les pénalités », « il déroge au CCAG en matière d'avance ».
_DEPARTS = re.compile(
    r"n'y derog\w+ (?:que|qu')|y derog\w+ (?:pour|en|sur)\b|derog(?:e|ent|eons|era|eront) (?:seulement |uniquement )?(?:au|aux) "
    r"(?:c\.?c\.?a\.?g|cahier des clauses administratives generales)[^.;\n]{0,40}\b(?:pour|en matiere|sur|s'agissant|en ce qui concerne|quant)\b"
)
_OTHER_LAW = re.compile(
    r"code du travail|repos dominical|derogation (?:au delai|horaire|municipale|prefectorale)"
)
_MOST_SENTENCES = 14


# A table of two columns of which a PDF left no bars: "Article 3 Article 14.1", under "Article du CCAP | Article du CCAG auquel il déroge".
_TWO_COLUMNS = re.compile(
    r"(?P<left>[^\n|]*\barticles?\b[^\n|]*)\|(?P<right>[^\n|]*\barticles?\b[^\n|]*)(?=\n)"
)
_PAIR = re.compile(
    r"\n[ ]*(?:article )?(?P<left>\d+(?:\.\d+)*)(?: ?\([^|\n)]*\))?[ |]+(?:articles? )?"
    r"(?P<right>\d+(?:\.\d+)*(?:(?:, ?| et | a )\d+(?:\.\d+)*)*)[ ]*(?=\n|$)"
)
_NAMES_CCAG = re.compile(r"ccag|c\.c\.a\.g|clauses administratives generales")


def _paired(view: View) -> Fact | None:
    if "derog" not in view.folded:
        return None
    for head in (
        match
        for line in view.lines_with("article")
        if "|" in line.of(view.folded) and (match := _TWO_COLUMNS.match(view.folded, line.start))
    ):
        sides = [side for side in ("left", "right") if _NAMES_CCAG.search(head[side])]
        if (
            len(sides) != 1
            or "derog" not in view.folded[max(0, head.start() - _ABOVE_CHARACTERS) : head.end()]
        ):
            continue
        numbers, at = list[str](), head.end()
        while (pair := _PAIR.match(view.folded, at)) is not None:
            numbers.append(pair[sides[0]])
            at = pair.end()
        if numbers:
            name = _MENTION.search(view.folded[max(0, head.start() - _ABOVE_CHARACTERS) : at])
            listed = ", ".join(dict.fromkeys(numbers))
            of = _family(name.group("family")) if name else "CCAG"
            return Fact(
                f"Article{'s' if len(numbers) > 1 else ''} {listed} du {of}", (Span(head.start("left"), at),)
            )
    return None


_ABOVE_CHARACTERS = 200


def derogations_of(view: View) -> Fact | None:
    """The articles of the CCAG that the contract departs from: the list of its last article where there is one, else every departure said in passing."""
    paired = _paired(view)
    if paired:
        return paired
    listing = next(
        (
            section
            for section in reversed(view.sections)
            if section.named(_TITLE) and section.body.of(view.folded).strip()
        ),
        None,
    )
    if listing:
        found = _listed(view, listing)
        if found:
            return found
    none = next(
        (
            sentence
            for sentence in view.sentences_with("derog")
            if "derog" in sentence.text
            and _NONE.search(sentence.text)
            and ("ccag" in sentence.text or "general" in sentence.text or "c.c.a.g" in sentence.text)
        ),
        None,
    )
    said = [
        sentence
        for sentence in view.sentences_with("derog")
        if _DEROGATES.search(sentence.text) and not _OTHER_LAW.search(sentence.text) and _articles([sentence])
    ]
    if said:
        return _fact(view, said)
    departs = next(
        (
            sentence
            for sentence in view.sentences_with("derog")
            if _DEPARTS.search(sentence.text) and _MENTION.search(sentence.text)
        ),
        None,
    )
    if departs:
        return Fact(view.words(departs.span), (departs.span,))
    return Fact("Aucune dérogation", (none.span,), ("aucune",)) if none else None


def _listed(view: View, section: Section) -> Fact | None:
    first = first_words(section, view) or next(iter(view.within(section)), None)
    sentences = view.within(section)
    if first is None:
        return None
    text = section.body.of(view.folded).strip()
    if _NONE.search(text[:200]) and len(text) < 400:
        heading = section.heading.span.start if section.heading else first.span.start
        return Fact(
            "Néant (aucune dérogation)",
            (
                Span(
                    heading,
                    min(
                        section.body.end,
                        heading + len(view.document.text[heading : section.body.end].rstrip()),
                    ),
                ),
            ),
            ("aucune",),
        )
    return _fact(
        view, [sentence for sentence in sentences if re.search(r"\d", sentence.text)][:_MOST_SENTENCES]
    )


def _fact(view: View, said: list[Sentence]) -> Fact | None:
    if not said:
        return None
    numbers = _articles(said) or _column(view, said)
    name = _MENTION.search(" ".join(sentence.text for sentence in said)) or _MENTION.search(
        said[0].section.body.of(view.folded)
    )
    family = _family(name.group("family")) if name else "CCAG"
    whole = Span(said[0].span.start, said[-1].span.end)
    spans = (whole,) if len(whole) <= 900 else tuple(sentence.span for sentence in said[:_MOST_SENTENCES])
    if not numbers:
        return Fact(" ; ".join(view.words(sentence.span) for sentence in said)[:600], spans)
    value = (
        f"Articles {', '.join(numbers)} du {family}"
        if len(numbers) > 1
        else f"Article {numbers[0]} du {family}"
    )
    return Fact(value, spans)


def _column(view: View, said: list[Sentence]) -> list[str]:
    """The articles of the CCAG that a table gives in the column that names it."""
    for section in {sentence.section.body.start: sentence.section for sentence in said}.values():
        rows = [
            [cell.strip() for cell in line.strip(" |").split("|")]
            for line in section.body.of(view.folded).split("\n")
            if "|" in line
        ]
        if len(rows) < 2:
            continue
        column = next(
            (at for at, title in enumerate(rows[0]) if re.search(r"ccag|c\.c\.a\.g|generales", title)), None
        )
        if column is None:
            continue
        cells = [row[column].removeprefix("article ") for row in rows[1:] if len(row) > column]
        return list(dict.fromkeys(cell for cell in cells if re.fullmatch(r"\d+(?:\.\d+)*", cell)))
    return []


def _articles(said: list[Sentence]) -> list[str]:
    """The numbers of the CCAG's own articles, in order, each once: never those of the contract that departs."""
    found: list[str] = []
    for sentence in said:
        for pattern in (_ARTICLE, _AFTER_DEROGATES):
            for match in pattern.finditer(sentence.text):
                written = re.sub(r"(?:de )?l'article |aux? articles? ", "", match.group(1)).strip(" .")
                for part in re.split(r" ?[,;] ?| et ", written.replace(" a ", " à ")):
                    if part and part not in found:
                        found.append(part.rstrip("."))
    return found
