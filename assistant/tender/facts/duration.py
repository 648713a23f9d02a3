"""How long the contract runs before it is renewed. Times to deliver, to pay, to keep an offer open and to guarantee are other matters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.datatypes import Span
from assistant.french.dates import Moment, days_said, french_date, moments, months_between
from assistant.french.durations import Duration, durations
from assistant.french.folding import fold
from assistant.french.forms import Forms
from assistant.french.months import MONTH
from assistant.french.numbers import NUMBER, number
from assistant.tender.by_lot import lots_above, of_lots
from assistant.tender.fact import Fact
from assistant.tender.labels import labelled
from assistant.tender.rows import LOT, grouped_rows, numbered_rows, rows_beside
from assistant.tender.selection import is_blank_form
from assistant.tender.view import Sentence, View, clean

_CONTRACT = r"(?:marches?|accords?[- ]cadres?|contrat|convention|prestations?|travaux|consultation|il|elle|celui-ci|mission|ensemble)"
_TITLE = re.compile(
    r"^(?:la |les? |pour )?(?:(?:quelle )?duree|combien de temps|delais?(?: d'execution| et duree| global|$)|terme$|quand\b|"
    r"prise d'effet|date d'effet|periode(?: d'execution)?$)"
    r"(?!.*(?:validite(?! d[eu] (?:l'accord|marche|contrat|present))|paiement|garantie|livraison|conservation|offre))|"
    r"duree (?:et|du|de l'accord|des? (?:prestation|contrat|marche))"
)
_ENDS = r"\b(?:s'acheve\w*|prend\w* fin|se termin\w+|expir\w+|cess\w+(?: de produire)?|arriv\w+ a (?:son )?(?:terme|echeance))\b"
# "s'engage à exécuter les travaux dans un délai de 4 mois": the whole of them, so the contract's own time.
_CARRIED_OUT = (
    r"(?:execut|realis|achev|termin)\w+ (?:les|la totalite des|l'ensemble des|tous les) (?:travaux|prestations)\b[^.;\n]{0,30} (?:delai|"
    r"duree) (?:maxim\w+ )?de|"
    rf"\b(?:travaux|chantier|prestations)\b[^.;\n]{{0,30}}\b(?:execut|realis|achev|termin)\w+ (?:en|sous) {NUMBER} mois|"
    rf"\b(?:etude|mission|rapport final|ensemble)\b[^.;\n]{{0,30}}\b(?:a rendre|rendue?|remise?|achevee?) (?:dans un delai de|sous|en) {NUMBER} mois"
)
_STATED = re.compile(
    rf"\b{_CONTRACT}\b[^.;\n]{{0,160}}?(?:conclu|passe|prend (?:effet|fin)|a une duree|d'une duree|est etabli|est signe|court|execut|s'etend|"
    rf"dure\b|debute|commence|attribue|notifi|est de|est valable|reconduct|valable)"
    r"[^;\n]{0,140}?(?:duree|periode|pour|jusqu|de |du \d)|duree[^.;\n]{0,80}(?:du|de l'|des?) (?:present )?(?:marche|accord|contrat|travaux|"
    r"prestations?|mission|chantier|convention|lots?)|"
    rf"^\W*duree(?: ferme| initiale)? ?[:|]|\b{_CONTRACT} de {NUMBER} (?:mois|ans?)\b|\bles {NUMBER} (?:mois|ans) d(?:u|e l[a']) ?{_CONTRACT}\b|"
    rf"\b{_CONTRACT}\b[^.;\n]{{0,40}}?\b(?:commenc\w+|debut\w+|prend effet|prendra effet|court|entre en vigueur|demarr\w+|est conclu) [^.;\n]{{3,60}}?{_ENDS}|"
    rf"\b{_CONTRACT}\b[^.;\n]{{0,80}}, d(?:e |'){NUMBER} (?:mois|ans?)\b|^\W*{NUMBER} (?:mois|ans?) fermes?\b|"
    r"delai (?:global |total )?d'execution (?:des travaux|du marche|global|de l'ensemble|est (?:de|fixe a))|(?:sa|la|leur) duree (?:initiale |"
    r"globale |totale |"
    rf"ferme )?(?:est|sera|du|de)|"
    rf"\b{_CONTRACT}\b[^.;\n]{{0,40}}?\b(?:dure|durera|vit|vivra|couvre|s'etend sur|porte sur|court sur|est valable) (?:une (?:duree|"
    rf"periode) de )?{NUMBER} (?:mois|ans?)\b|"
    rf"\b{_CONTRACT}\b[^.;\n]{{0,20}}{_ENDS} (?:le |au )?\d|"
    rf"\bengag\w+ [^.;\n]{{0,40}}pour (?:une duree de )?{NUMBER} (?:mois|ans?)\b|{_CARRIED_OUT}"
)
_FORMS = Forms("assistant.tender.facts", "duration.toml")
_OTHER_TIME = re.compile(_FORMS.family("other_time"))
# Under a title that speaks of duration these still speak of something else.
_HARD_OTHER_TIME = re.compile(_FORMS.family("hard_other_time"))
# A convention of buyers lasts as long as what it buys: « s'achève à l'expiration du dernier marché ».
_LAST_BOUGHT = re.compile(r"\bdu dernier (?:marche|contrat|accord-cadre)\b")
_ANOTHER_CONTRACT = re.compile(
    rf"{_LAST_BOUGHT.pattern}|confidentialite|contrats? d'assurance|nouveau (?:marche|contrat)|prestations similaires|"
    r"^\W*(?:[\d.]+ )?(?:les|le|chaque|un|tout|des) (?:marches? subsequents?|bons? de commandes?)|"
    r"duree (?:propre|d'execution|maximale)? ?(?:des|d'un|du|de chaque) (?:marches? subsequents?|bons? de commandes?)"
)
_RENEWAL = re.compile(r"reconduct|reconduit|renouvel|prorog|tacite")
_AFTER = re.compile(
    r"[ ,]{0,2}(?:(?:maximum|maximale?|fermes?|calendaires?|ouvres?)[ ,]*)?(?:\([^)\n]{2,60}\) ?)?(?:a (?:compter|partir|dater) (?:de |"
    r"du )[^.;,\n]{3,110}|des (?:sa|la) notification[^.;,\n]{0,40}|et (?:s'acheve|prend fin|expire)[^.;\n]{3,60}|(?:renouvelable|"
    r"reconductible)[^.;\n]{0,40})"
)
_UNTIL = re.compile(
    # « Pour deux campagnes »
    rf"\bpour {NUMBER} (?:campagne|saison|exercice)s?\b|"
    # « Années scolaires 2025-2026 à 2028-2029 »
    r"\b(?:annees? scolaires?|saisons?|campagnes?|exercices?|annees?) 20\d\d(?:[-/]20\d\d)? a 20\d\d(?:[-/]20\d\d)?\b|"
    r"(?:du |a compter d[eu]\w* [^.;\n]{0,80}?|de sa notification[^.;\n]{0,40}?|allant de [^.;\n]{0,70}?|"
    r"depuis [^.;\n]{0,60}?)?(?:et )?jusqu(?:'|e )(?:a|au|a l'|a la|'a)? ?(?:l'|la |le |aux? )?"
    r"(?P<end>achevement|fin|reception|expiration|\d|terme|realisation|livraison|extinction|parfait)[^.;\n]{0,140}|"
    r"(?:de sa notification|a compter d[eu][^.;\n]{3,60}|\bdu \d[^.;\n]{3,40}|notification)[^.;\n]{0,30}? au \d{1,2}(?:er)? "
    rf"{MONTH} \d{{4}}|\bdu \d{{1,2}}/\d{{1,2}}/\d{{4}} au \d{{1,2}}/\d{{1,2}}/\d{{4}}|"
    rf"(?:debut\w+|commenc\w+|conclu|prend effet|prendra effet|court|entre en vigueur|demarr\w+) [^.;\n]{{3,60}}?{_ENDS} [^.;,\n]{{3,60}}|"
    rf"{_ENDS} (?:le |au )?\d{{1,2}}(?:er)?[ /][^.;,\n]{{3,30}}|"
    r"(?:conclu|court|s'etend|dure) de [^.;\n]{3,40} a (?:la |l')(?:reception|admission|livraison|achevement|fin|remise)\b[^.;\n]{0,80}"
)
_LABEL = (
    r"(?:duree (?:du marche|de l'accord[- ]cadre|du contrat|initiale|de la concession|d'execution|de la mission|des prestations|totale|"
    r"globale)(?: ou delai d'execution)?(?: \([^)\n]{2,40}\))?|"
    r"(?:duree )?en (?P<unit>mois|jours)|duree du marche \(en mois\)|duree|delai (?:global )?d'execution(?: des travaux| du marche)?|"
    r"duree previsionnelle(?: du marche| de la mission)?|periode d'execution)"
)
# A letter is no verb nor article: « le lot a une durée », « les lots d'études ».
_LOT_LETTER = r"(?:[b-h]\b(?!')|a(?= ?[:,;()|–-]| et [b-h]\b| (?:dure|est|court|s'etend)\b))"
_LOT_NUMBERS = rf"(?:\d{{1,2}}(?:(?: ?, ?| et | a )\d{{1,2}}(?!\d| (?:mois|ans?|annees|semaines|jours)\b))*|{_LOT_LETTER}(?:(?: ?, ?| et )[b-h]\b)*)"
_RENEWAL_CHARACTERS = 80
_LOT_BEFORE = re.compile(rf"{LOT}-?0*(\d{{1,3}}|(?<=[ |°])[a-z])\b(?=[ .:–-])")
# How far above its duration a lot's number may stand.
_LOT_CHARACTERS = 600


def duration_of(view: View) -> Fact | None:
    """The duration of the contract before any renewal: by lot where lots have their own, as a length of time, or as the event that ends it."""
    if view.piece in ("BPU", "DQE"):
        return _of_price_sheet(view)
    found = _labelled(view) or _by_rows(view) or _of_lots(view) or _dated(view)
    if found is None:
        found = (
            _total(view)
            or _of_tranches(view)
            or ((stated := _stated(view)) and (in_table(view, stated) or stated))
        )
    return _with_others(view, found) if found else None


# What a price sheet says of it in passing, before the renewals.
_FIRST_PERIOD = re.compile(r" (?:fermes?|initiales?)\b(?=[^.;\n]{0,40}\b(?:reconduct|renouvel))")


def _of_price_sheet(view: View) -> Fact | None:
    """« Multiplié par quatre (une année ferme et trois reconductions d'un an) »."""
    for sentence in view.sentences_with("reconduct", "renouvel"):
        length = _first_duration(sentence.text)
        if length and (first := _FIRST_PERIOD.match(sentence.text, length.end)):
            start = sentence.span.start
            return Fact(
                view.words(Span(start + length.start, start + first.end())),
                (sentence.span,),
                (length.normal,),
            )
    return None


_TRANCHES_HEAD = re.compile(r"[^|]*\btranches?\b[^|]*\|(?:.*\|)? ?(?:delai|duree)[^|]*")
_OWN_LABEL = re.compile(r"\bduree\b|\bdelais? (?:global|d'execution|total)|^\W*(?:periode d')?execution\b")
_FEWEST_PARTS, _MOST_PARTS = 2, 10


def _of_tranches(view: View) -> Fact | None:
    """The times of a table of tranches, all of them."""
    heads = (line for line in view.lines_with("tranche") if _TRANCHES_HEAD.fullmatch(line.of(view.folded)))
    return next((found for head in heads if (found := _parts(view, rows_beside(view, head)))), None)


def in_table(view: View, stated: Fact) -> Fact | None:
    """A time read in one row of a table, with those of the other parts: « Études | 5 semaines », « Fabrication | 16 semaines »."""
    line = view.line_at(stated.spans[0].start)
    label, bar, _ = line.of(view.folded).strip(" |").partition("|")
    return _parts(view, rows_beside(view, line)) if bar and not _OWN_LABEL.search(label) else None


def _parts(view: View, rows: list[Span]) -> Fact | None:
    """What rows that have a time say of their parts, each under the first words of its row."""
    told: list[tuple[str, Span]] = []
    for row in rows:
        if _HARD_OTHER_TIME.search(row.of(view.folded)):
            continue
        label, *cells = row.of(view.document.text).strip(" |").split("|")
        times = [clean(cell).strip(" –—-") for cell in cells if _first_duration(fold(cell))]
        if times and label.strip():
            told.append((f"{label.strip(' •:')} : {', '.join(times)}", row))
    if not _FEWEST_PARTS <= len(told) <= _MOST_PARTS:
        return None
    return Fact(" ; ".join(words for words, _ in told), tuple(row for _, row in told))


# What is said of all the lots together, and what of one beside them.
_OF_ALL = re.compile(
    r"\b(?:tous(?: les)? lots|toutes entreprises|tous corps d'etat)[ ,]*confondue?s\b|\b(?:delai|duree) global\w* (?:de l'operation|du chantier|des lots)"
)
_OF_ONE = re.compile(
    r"^\W*(?:[a-z\d.]+[ :–-]+)?(?:(?:pour )?le|cel(?:le|ui) du) lot (?:n ?° ?)?(?:\d|[a-z]\b)|\bpropre (?:au|a ce) lot\b"
)
_LONGEST_OTHER = 200
# What is said of one lot is told after what is said of the contract.
_OF_ONE_LOT = 3.5
# A row of a table of delays says less than a sentence that names the contract.
_OF_A_ROW = 1.5


def _lasts(folded: str) -> bool:
    """Whether words say a length of time that a contract may have: days and hours are delays."""
    length = _first_duration(folded)
    return length is not None and length.unit in ("mois", "an", "semaine")


def _with_others(view: View, found: Fact) -> Fact:
    """What is said of all the lots first, then what was found, then what is said of one lot beside them."""
    near = [
        sentence
        for sentence in view.sentences_with(*_TIME_WORDS)
        if not any(sentence.span.overlaps(span) for span in found.spans)
        and (_lasts(sentence.text) or _UNTIL.search(sentence.text))
        and not _is_of_another(sentence)
        and not _HARD_OTHER_TIME.search(sentence.text)
    ]
    home = view.sentence_at(found.spans[0].end - 1)
    before = [one for one in near if _OF_ALL.search(one.text) and _lasts(one.text)][:1]
    after = [
        one
        for one in near
        if one not in before and home and one.section is home.section and _OF_ONE.search(one.text)
    ][:2]
    if not (before or after):
        return found
    words = (
        *(view.words(one.span)[:_LONGEST_OTHER] for one in before),
        found.value,
        *(view.words(one.span)[:_LONGEST_OTHER] for one in after),
    )
    spans = (*(one.span for one in before), *found.spans, *(one.span for one in after))
    return Fact(" ; ".join(map(str, words)), spans, () if before else found.normal)


_LOTS_HEAD = re.compile(
    r"(?P<head>[^\n]*\blots?\b[^\n|]*\|[^\n]*(?:\bduree|\bdelai d'execution|\btranche ferme)[^\n]*"
    # a PDF may leave no bar in it
    r"|[ ]*(?:n ?° ?)?(?:de )?lots?\b[^\n.;:|]{0,60}(?:\bduree|\bdelai d'execution)[^\n.;:|]{0,40}$)"
)


def _by_rows(view: View) -> Fact | None:
    """The durations of a table by lot, the first that each row gives."""
    for head in (
        match
        for line in view.lines_with("duree", "delai d'execution", "tranche ferme")
        if (match := _LOTS_HEAD.match(view.folded, line.start, line.end))
    ):
        rows = numbered_rows(view, head.end()) or grouped_rows(view, head.end())
        lengths = [
            _first_duration(row.rest.of(view.folded)) or _first_duration(row.title.of(view.folded))
            for row in rows
        ]
        found = [
            (row, length)
            for row, length in zip(rows, lengths, strict=True)
            if length and length.unit in ("mois", "an", "jour", "semaine")
        ]
        if not found or len(found) != len(rows):
            continue
        span = Span(head.start("head"), rows[-1].rest.end)
        if len({length.normal for _, length in found}) == 1:
            return Fact(_written(found[0][1]), (span,), (found[0][1].normal,))
        value = " ; ".join(
            f"lot{'s' if ' ' in row.number else ''} {row.number} : {_written(length)}"
            for row, length in found
        )
        return Fact(value[:1].upper() + value[1:], (span,))
    return None


_FIRST_DAY = r"date de (?:debut|commencement|prise d'effet)(?: de (?:la )?duree| du (?:marche|contrat)| d'execution| prevue)?"
_LAST_DAY = (
    r"(?:date de fin|fin|echeance|terme)(?: de (?:la )?duree| du (?:marche|contrat)| d'execution| prevue)?"
)
_DAYS_APART_CHARACTERS = 160


def _dated(view: View) -> Fact | None:
    """The first and the last day, each after its label, close together."""
    if not any(
        label in view.folded for label in ("date de debut", "date de commencement", "date de prise d'effet")
    ):
        return None
    for first in labelled(view, _FIRST_DAY):
        for last in labelled(view, _LAST_DAY):
            begins, ends = moments(first.span.of(view.folded)), moments(last.span.of(view.folded))
            if (
                begins
                and ends
                and 0 <= last.whole.start - first.whole.end <= _DAYS_APART_CHARACTERS
                and begins[0].day < ends[0].day
            ):
                value = f"du {french_date(begins[0].day)} au {french_date(ends[0].day)}"
                return Fact(value, (Span(first.whole.start, last.whole.end),), (ends[0].day.isoformat(),))
    return None


# "Lot 1 : vingt-quatre mois. Lot 2 : douze mois.", "24 mois pour le lot n° 1 et 12 mois pour le lot n° 2".
_LOT_FIRST = re.compile(
    rf"\blots? (?:n ?° ?)?(?P<lots>{_LOT_NUMBERS})[^.;\n\d]{{0,60}}?(?:\d{{1,2}}(?:er)? [a-z]{{3,9}} 20\d\d[^.;\n\d]{{0,20}})?$"
)
_LOT_AFTER = re.compile(
    rf"(?: fermes?| maximum)?,? ?\(?(?:pour|s'agissant d[eu]|concernant)? ?(?:le |les )?lots? (?:n ?° ?)?(?P<lots>{_LOT_NUMBERS})"
)


def _of_lots(view: View) -> Fact | None:
    """The durations that a clause gives lot by lot, where they differ."""
    for section in filter(lambda section: section.under(_TITLE), view.sections):
        said = [
            sentence
            for sentence in view.within(section)
            if not _is_of_another(sentence) and not _HARD_OTHER_TIME.search(sentence.text)
        ]
        found = [
            (lot, length, sentence.span)
            for sentence in said
            for lot, length in _lengths_by_lot(sentence.text)
        ]
        if (
            len({lot for lot, _, _ in found}) == len(found)
            and len({length.normal for _, length, _ in found}) > 1
        ):
            value = " ; ".join(f"lot {lot} : {_written(length)}" for lot, length, _ in found)
            return Fact(value[:1].upper() + value[1:], tuple(dict.fromkeys(span for _, _, span in found)))
    return None


def is_of_another(folded: str) -> bool:
    """Whether words tell how long another contract lasts, or one that this one leads to."""
    return _ANOTHER_CONTRACT.search(folded) is not None


def _is_of_another(sentence: Sentence) -> bool:
    return sentence.of_another_contract or is_of_another(sentence.text)


def _lengths_by_lot(text: str) -> Iterator[tuple[str, Duration]]:
    """Each length of time with the lots that it is said of, before it or after it."""
    last = 0
    for length in durations(text):
        before, after = _LOT_FIRST.search(text[last : length.start]), _LOT_AFTER.match(text, length.end)
        last = after.end() if after and not before else length.end
        clause = max(text.rfind(";", 0, length.start), length.start - _RENEWAL_CHARACTERS, 0)
        renewed = _RENEWAL.search(text, clause, length.end)
        match = before or after
        if match and length.unit in ("mois", "an") and not renewed:
            lots = match.group("lots")
            named = re.findall(r"\d+", lots) or re.findall(r"\b[a-h]\b", lots)
            yield from ((lot.upper(), length) for lot in named)


# The form of the Union, where a PDF leaves the label within its line.
_MONTHS_OF_A_FORM = re.compile(r"\bduree en mois ?: ?(?P<months>\d{1,3})\b")


def _labelled(view: View) -> Fact | None:
    found: list[tuple[Duration | Moment | None, Span, Span]] = []
    for one in labelled(view, _LABEL, stop=r"[;\n]|\.(?= ?[a-z\n]|$)"):
        text = one.span.of(view.folded)
        label = view.folded[one.whole.start : one.span.start]
        context = view.folded[max(0, one.whole.start - 130) : one.span.end]
        if (
            "compter de la date limite" in text
            or "maintenir son offre" in context
            or "validite" in context
            or is_blank_form(text)
            or len(text) > 260
        ):
            continue
        if _RENEWAL.search(label) or (label.strip(" :-\n") == "duree" and "formation" in context):
            continue
        if _is_of_others(view, text, one.whole.start):
            continue
        length = _first_duration(text)
        if re.search(r"\ben (?:mois|jours)\b", label) and length is None:
            count = number(text)
            length = (
                Duration(count, "mois" if "mois" in label else "jour", "", 0, len(text))
                if count and re.match(r"\d+ *(?:$|\()", text)
                else None
            )
        ends = moments(text)
        if length or (ends and re.search(r"jusqu|au\b|du\b", text)) or _UNTIL.search(text):
            found.append((length or (ends[-1] if ends else None), one.span, one.whole))
    inside = _MONTHS_OF_A_FORM.search(view.folded) if view.piece == "avis" and not found else None
    if inside:
        length = Duration(
            int(inside["months"]), "mois", "", inside.end() - inside.start(), inside.end() - inside.start()
        )
        return Fact(_written(length), (Span(*inside.span()),), (length.normal,))
    if not found:
        return None
    by_lot = [
        (lot, length, whole)
        for length, _, whole in found
        if isinstance(length, Duration)
        and (lot := lots_above(view, whole.start) or _lot_before(view, whole.start))
    ]
    if len({lot for lot, _, _ in by_lot}) > 1 and len({length.normal for _, length, _ in by_lot}) > 1:
        each = [(lot, _written(length), whole) for lot, length, whole in by_lot]
        each = sorted([*each, *_of_lots_left(view, each)], key=lambda one: one[2].start)
        value = " ; ".join(f"{of_lots(lot)} : {words}" for lot, words, _ in each)
        return Fact(value[:1].upper() + value[1:], tuple(whole for _, _, whole in each))
    main, span, whole = max(found, key=lambda one: isinstance(one[0], Duration))
    value = _value(view, span, main)
    rest = Span(span.start, view.line_at(span.start).end)
    if (longer := _with_lots_behind(value, rest.of(view.folded), main)) != value:
        value, whole = longer, Span(whole.start, rest.end)
    stated = _stated(view)  # the sentence of a notice that tells the same at length
    extra = stated.spans if stated and isinstance(main, Duration) and main.normal in stated.normal else ()
    dated = tuple(other for moment, _, other in found if isinstance(moment, Moment) and other != whole)[:1]
    more = (
        f" ({'; '.join(view.words(other).split(':', 1)[-1].strip() for other in dated)})"
        if dated and isinstance(main, Duration)
        else ""
    )
    return Fact(
        value + more, (whole, *dated, *(one for one in extra if not one.overlaps(whole))), _normal(main)
    )


def _of_lots_left(view: View, told: list[tuple[str, str, Span]]) -> Iterator[tuple[str, str, Span]]:
    """What sentences of the same clauses say of lots that no label has: « d'une durée de 9 mois », « comme le lot 1 »."""
    known = {lot for lot, _, _ in told}
    homes = [one.section for _, _, whole in told if (one := view.sentence_at(whole.start))]
    for sentence in view.sentences_with("duree"):
        lot = lots_above(view, sentence.span.start)
        if lot is None or lot in known or sentence.section not in homes or _is_of_another(sentence):
            continue
        length, same = _first_duration(sentence.text), _AS_ANOTHER.search(sentence.text)
        if length and not _HARD_OTHER_TIME.search(sentence.text):
            yield lot, _written(length), sentence.span
        elif same:
            start = sentence.span.start
            yield lot, view.words(Span(start + same.start(), start + same.end())), sentence.span


_AS_ANOTHER = re.compile(r"\b(?:comme|(?:celle|identique) (?:du|au|a)) (?:le )?lot (?:n ?° ?)?\w{1,2}\b")
# What has a duration of its own beside the contract; a table of personal data says how long they are kept.
_OF_OTHERS = ("du groupement", "de l'adhesion", "de l'habilitation")
_DATA_TABLE = re.compile(r"\n\W*(?:finalites?|personnes concernees)\b[^\n|]*\|")


def _lot_before(view: View, at: int) -> str | None:
    matches = list(_LOT_BEFORE.finditer(view.folded, max(0, at - _LOT_CHARACTERS), at))
    return matches[-1].group(1) if matches else None


# What lasts after the contract: secrecy, engagements not to hire.
_AFTER_THE_END = re.compile(
    r" (?:a compter|a partir|apres|suivant)(?: d[eu])? [^.;,\n]{0,25}\b(?:cessation|fin|resiliation|expiration|terme|"
    r"rupture)\b(?! de la (?:periode|garantie))"
)


def _first_duration(text: str) -> Duration | None:
    """The first length of time that is not a renewal's, a delay's or an hour's."""
    for length in durations(text):
        before = text[max(0, length.start - 60) : length.start]
        if (
            length.unit == "heure"
            or re.search(
                (
                    r"(?:recondui?c?t|renouvel)\w*[^.]{0,45}$|periodes? de ?$(?<=reconduction)|totale? (?:maximale? )?de $|"
                    r"maximale? de $|depasse|excede|preavis|(?:infer|super)ieure? a "
                ),
                before,
            )
            or re.match(r" (?:au moins )?avant (?:la|le|l'|son|sa|chaque|cette)?\b", text[length.end :])
            or _AFTER_THE_END.match(text, length.end)
        ):
            continue
        return length
    return None


# One of these stands in every length of time and in every day that ends one.
_TIME_WORDS = (
    "mois",
    " an",
    "jour",
    "semaine",
    "heure",
    "jusqu",
    "20",
    "court de",
    "s'etend de",
    "dure de",
    "achev",
    "prend fin",
    "expir",
    "termin",
    "cesse",
    "deux mille",
    "campagne",
    "saison",
    "exercice",
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that says how long the contract lasts, or until when (``length`` None).

    ``score``: how plainly. ``is_full``: in its own words, and not by the title above it alone.
    """

    sentence: Sentence
    length: Duration | None
    score: float
    is_full: bool

    @property
    def months(self) -> tuple[int, ...]:
        """Of its length, and from one of its days to the other."""
        said = (self.length, period_in(self.sentence.text))
        return tuple(one.months for one in said if one and one.months is not None)


@dataclass(frozen=True, slots=True)
class Period:
    """Months from one day to another, at ``start``–``end`` of the folded text."""

    months: int
    start: int
    end: int


_DAY = rf"(?<!\d)(?:1er|\d{{1,2}}) {MONTH}"
_PERIOD = re.compile(
    rf"{_DAY}[^.;]{{0,60}}?(?:\bau\b|jusqu'au|s'acheve|prend(?:ra)? fin|expire|se termine|fin\b|echeance)[^.;]{{0,20}}?{_DAY} 20\d\d"
)


def period_in(folded: str) -> Period | None:
    """« Du 1er janvier au 31 décembre 2027 »: the first period between two days."""
    match = _PERIOD.search(folded)
    days = days_said(match[0], 0) if match else ()
    return Period(months_between(days[0], days[-1]), *match.span()) if match and len(days) > 1 else None


def statements(view: View) -> Iterator[Statement]:
    """What sentences say of the duration of the contract, in text order."""
    for sentence in view.sentences_with(*_TIME_WORDS):
        titled = sentence.section.under(_TITLE)
        said = _STATED.search(sentence.text)
        if not (titled or said) or re.search(r"\b(?:x{2,}|\.{4,})\b", sentence.text):
            continue
        length = _first_duration(sentence.text)
        if length is None and is_blank_form(sentence.text):
            continue
        until = _UNTIL.search(sentence.text)
        if _is_of_another(sentence) or _labels_another(view, sentence):
            continue
        if length is None and not until:
            continue
        other = _HARD_OTHER_TIME if titled else _OTHER_TIME
        if other.search(_around(sentence.text, length, until)) and not re.search(
            rf"\bconclu|duree (?:du|de l')(?: present)? ?(?:marche|accord|contrat)|delai (?:global |total )?d'execution|{_CARRIED_OUT}|"
            rf"{_ENDS}[^.;\n]{{0,60}}parfait",
            sentence.text,
        ):
            continue
        if (
            length is not None
            and length.unit in ("jour", "semaine")
            and not titled
            and not re.search(rf"duree|delai (?:global |total )?d'execution|{_CARRIED_OUT}", sentence.text)
        ):
            continue
        score = (
            (3.0 if titled else 0.0)
            + (2.0 if said else 0.0)
            + (1.0 if length or (until and moments(until.group())) else 0.0)
            + (1.0 if re.search(r"conclu|duree initiale|ferme", sentence.text) else 0.0)
        )
        # « Curage | 15 jours » below « Délais »
        score -= (
            _OF_A_ROW
            if not said and "|" in sentence.text and length and length.unit in ("jour", "heure", "semaine")
            else 0.0
        )
        score -= _OF_ONE_LOT if _OF_ONE.search(sentence.text) else 0.0
        score -= (
            2.0 if _RENEWAL.search(sentence.section.title) and "duree" not in sentence.section.title else 0.0
        )
        yield Statement(sentence, length, score, said is not None)


def _is_of_others(view: View, value: str, start: int) -> bool:
    """Whether what a label of duration at ``start`` gives is not the contract's."""
    table = _DATA_TABLE.search(view.folded, max(0, start - _LOT_CHARACTERS), start)
    return table is not None or value.startswith(_OF_OTHERS) or _LAST_BOUGHT.search(value) is not None


def _labels_another(view: View, sentence: Sentence) -> bool:
    """« Durée | du groupement | … », « Durée | Rendez-vous : six mois » in a table of personal data."""
    label, bar, value = sentence.text.strip(" |").partition("|")
    return bool(bar and label.startswith("duree")) and _is_of_others(view, value.strip(), sentence.span.start)


# Below this a sentence speaks of time and may not mean the contract's.
_PLAIN = 2.5


_WHOLE = re.compile(r"\bduree (?:maximale|totale|globale) de (?=\d|[a-z-]+ (?:mois|ans?)\b)")


def _total(view: View) -> Fact | None:
    """How long a contract that is carried out in parts lasts in all, where it says so and is not renewed."""
    for sentence in view.sentences_with("duree maximale de", "duree totale de", "duree globale de"):
        whole = _WHOLE.search(sentence.text)
        if (
            whole is None
            or not _STATED.search(sentence.text)
            or _RENEWAL.search(sentence.text)
            or _is_of_another(sentence)
        ):
            continue
        if length := next((one for one in durations(sentence.text) if one.start == whole.end()), None):
            return Fact(_value(view, sentence.span, length), (sentence.span,), (length.normal,))
    return None


def _stated(view: View) -> Fact | None:
    plain = [stated for stated in statements(view) if stated.score >= _PLAIN]
    best = max(plain, key=lambda stated: stated.score, default=None)
    if best is None:
        return None
    value = _with_lots_behind(_value(view, best.sentence.span, best.length), best.sentence.text, best.length)
    return Fact(value, (best.sentence.span,), _normal(best.length) or end_of(best.sentence.text))


def _with_lots_behind(value: str, text: str, length: Duration | Moment | None) -> str:
    """« Un an pour tous les lots, dix-huit mois pour le lot 3 »: what is said of lots after what was found."""
    if not isinstance(length, Duration):
        return value
    every = list(_lengths_by_lot(text))
    others = [
        f"lot {lot} : {_written(other)}"
        for lot, other in every
        if other.start > length.end and other.normal != length.normal
    ]
    own = [f"lot {lot} : {_written(length)}" for lot, other in every if other.start == length.start]
    if own and others:
        return " ; ".join((f"L{own[0][1:]}", *own[1:], *others))
    return " ; ".join((value, *others))


def end_of(text: str) -> tuple[str, ...]:
    """The day that a sentence without a length of time ends the contract on, where it names one ("jusqu'au 30 juin 2027")."""
    until = _UNTIL.search(text)
    days = moments(text[until.start() : until.end()]) if until else ()
    return (days[-1].day.isoformat(),) if days else ()


def _around(text: str, length: Duration | None, until: re.Match[str] | None) -> str:
    start, end = (length.start, length.end) if length else until.span() if until else (0, 0)
    return text[max(0, start - 90) : end + 40]


def _value(view: View, span: Span, length: Duration | Moment | None) -> str:
    text = span.of(view.folded)
    if isinstance(length, Duration) and length.end <= len(text):
        after = _AFTER.match(text, length.end)
        tail = (
            view.words(Span(span.start + length.end, span.start + after.end()))
            if after and "reconduct" not in after.group() and "renouvel" not in after.group()
            else ""
        )
        return f"{_written(length)} {tail}".strip()
    until = _UNTIL.search(text)
    return (
        view.words(Span(span.start + until.start(), span.start + until.end())) if until else view.words(span)
    )


def _written(length: Duration) -> str:
    plural = "s" if length.number > 1 and length.unit != "mois" else ""
    return f"{length.number} {length.unit}{plural}{length.kind}{'s' if length.kind and length.number > 1 else ''}"


def _normal(length: Duration | Moment | None) -> tuple[str, ...]:
    return (
        (length.normal,)
        if isinstance(length, Duration)
        else (length.day.isoformat(),)
        if isinstance(length, Moment)
        else ()
    )
