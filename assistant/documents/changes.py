"""What an amendment changes: its sentences and rows that give a field a new value, add to it, or take it away. Words are in ``words.toml``."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assistant import sentences
from assistant.datatypes import Document, Span
from assistant.documents import holders, words
from assistant.documents.amendments import Change, Effect, Measure, day_of, length, money
from assistant.french.amounts import amounts
from assistant.french.dates import moments
from assistant.french.durations import durations
from assistant.french.folding import fold
from assistant.lines import one_line
from assistant.reader.fields import Subject, passage
from assistant.summaries.values import Extract, extract

Read = Callable[[Sequence[str]], Sequence[Subject]]

# What the trained reader is told that the document is.
PIECE = "avenant"
# A field is what a sentence speaks of from this weight on: its share by the reader, and what its own words and those of its title add.
_LEAST, _BY_WORDS, _BY_TITLE = 0.5, 0.6, 0.3
# Words of a role stand at most so far before their value.
_BEFORE_CHARACTERS = 110
# A sentence that ends on a colon goes on with so many lines at most, until a quotation is closed.
_MOST_LINES = 8
_MEASURED = ("duree_initiale", "fin", "montant_maximum_ht", "montant_minimum_ht", "montant_ht", "delai_paiement")
# What a contract that is awarded says no more, or what no amendment changes by a sentence.
_OF_THE_TENDER = frozenset(
    ("objet", "acheteur", "numero_consultation", "type_marche", "forme", "procedure", "lots", "date_limite_remise", "criteres_attribution", "variantes")
)
_AMOUNTS = ("montant_maximum_ht", "montant_minimum_ht", "montant_ht")
# What joins two clauses that change two things.
_JOINED = re.compile(r"(?:;|,| et| ainsi que)\s+(?=(?:le|la|les|l'|son|sa|ses) ?\w)")
_QUOTED = re.compile(r"[«\"“]\s*([^»\"”]+?)\s*[»\"”]")
_OLD_QUOTED = re.compile(r"(?:au lieu (?:et place )?d[eu]s?|en lieu et place d[eu]s?|les mots|la mention|la phrase|remplace)\W*$")
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?) ?(?:%|pour cent)")
_PAST = re.compile(r"\b(?:(?:a|ont) (?:deja )?(?:ete|\w+e)|avai(?:t|ent))\b")
_ARTICLE = re.compile(r"(?:l'|aux? |des |les )articles? n?[°o]? ?(?P<number>\d{1,2}(?:[.-]\d{1,2})*)")
_DASH = re.compile(r"[\W_]*(?=\w|[«(\"])|")
_FROM_TO = re.compile(r"\bde\W*$")
_TO = re.compile(r"^[^.;]{0,12}\ba\W*$")
_FROM = re.compile(r"(?:a (?:compter|partir) du|des le|depuis le|\bdu)\W*$")
_TO_DAY = re.compile(r"(?:jusqu'au|\bau)\W*$")


@dataclass(frozen=True, slots=True)
class Part:
    """A clause of a sentence, or a row of a table: ``span`` is quoted; values are looked for within ``values``; ``label`` names them, ``new`` where a table says so."""

    span: Span
    values: Span
    label: str
    title: str
    new: bool = False


@dataclass(frozen=True, slots=True)
class _Value:
    measure: Measure
    start: int
    end: int
    role: str = ""


def changes(document: Document, number: int | None, read: Read | None) -> tuple[tuple[Change, ...], tuple[int, ...]]:
    """The changes in the order of the text, and the numbers of the amendments that it takes back.

    Args:
        document: the amendment.
        number: its own, so that what it tells of others is no change.
        read: what the trained reader of fields sees in passages, or None without it.
    """
    folded = fold(document.text)
    every = list(_parts(document, folded))
    told = [part for part in every if _tells_change(part, folded, number)]
    texts = [passage(PIECE, part.title, _words(part, document.text)) for part in told]
    subjects: Sequence[Subject | None] = read(texts) if read is not None and texts else [None] * len(told)
    found = [change for part, subject in zip(told, subjects, strict=True) for change in _changes(part, subject, document, folded)]
    return tuple(found), tuple(dict.fromkeys(_cancelled(every, folded, number)))


# ---- sentences and rows -------------------------------------------------------------------------------------------------------------------


def _parts(document: Document, folded: str) -> Iterator[Part]:
    spans = list(sentences.split(document.text))
    head: list[str] = []
    place = 0
    while place < len(spans):
        span = _line(spans[place], document.text) if "|" in _line(spans[place], document.text).of(folded) else spans[place]
        if "|" in span.of(folded):
            while place < len(spans) and spans[place].end <= span.end:
                place += 1
            cells = _cells(span, folded)
            if _is_head(cells, folded):
                head = [cell.of(folded) for cell in cells]
            else:
                yield from _of_row(span, cells, head, folded, _title(document, span))
            continue
        head = []
        end = _end(place, spans, document.text)
        whole = Span(span.start + len(_DASH.match(span.of(folded)).group()), end)  # type: ignore[union-attr]  # it matches nothing too
        yield from _clauses(whole, folded, _title(document, span))
        while place < len(spans) and spans[place].start < end:
            place += 1


def _line(span: Span, text: str) -> Span:
    end = text.find("\n", span.start)
    return Span(text.rfind("\n", 0, span.start) + 1, end if end >= 0 else len(text))


def _cells(span: Span, folded: str) -> list[Span]:
    """The cells of a row, without white space around them; empty ones too."""
    found, at = [], span.start
    for cell in span.of(folded).split("|"):
        lead = len(cell) - len(cell.lstrip())
        stripped = cell.strip()
        found.append(Span(at + lead, at + lead + len(stripped)) if stripped else Span(at, at))
        at += len(cell) + 1
    return found


def _is_head(cells: Sequence[Span], folded: str) -> bool:
    """Whether a row names the columns before and after a change."""
    said = [cell.of(folded) for cell in cells]
    new, old = (any(words.amendment("columns", name).fullmatch(cell) for cell in said[1:]) for name in ("new", "old"))
    return len(cells) > 2 and new and (old or not any(character.isdigit() for character in "".join(said)))


def _of_row(span: Span, cells: Sequence[Span], head: Sequence[str], folded: str, title: str) -> Iterator[Part]:
    """The new value that a row gives, under its label."""
    new = next((place for place, cell in enumerate(head) if place and words.amendment("columns", "new").fullmatch(cell)), None)
    if new is not None and new < len(cells):
        first = cells[0].of(folded)
        label = first if re.search(r"[a-z]{4}", first) and not amounts(first) else head[new]
        if cells[new].of(folded) != "":
            yield Part(span, cells[new], label, title, new=True)
        return
    if len(cells) >= 2:
        label = cells[0].of(folded)
        yield Part(span, Span(cells[1].start, cells[-1].end), label, title, new=words.amendment("before", "new").search(label) is not None)


def _end(place: int, spans: Sequence[Span], text: str) -> int:
    """Where what a sentence introduces ends: the close of its quotation; its own end where it introduces nothing."""
    end = spans[place].end
    said = spans[place].of(text).rstrip()
    opened = said.count("«") > said.count("»")
    if not (said.endswith(":") or opened):
        return end
    for item in spans[place + 1 : place + 1 + _MOST_LINES]:
        quoted = text[spans[place].start : item.end]
        if "|" in item.of(text) or (not opened and "«" not in quoted and item is not spans[place + 1]):
            break
        end = item.end
        if quoted.count("«") <= quoted.count("»"):
            break
    return end


def _title(document: Document, span: Span) -> str:
    """The heading above, which a sentence that is one has not."""
    before = [heading for heading in document.headings if heading.span.end <= span.start]
    return before[-1].title if before else ""


def _clauses(span: Span, folded: str, title: str) -> Iterator[Part]:
    """The clauses of a sentence that each give a value of their own; the sentence where they do not."""
    text = span.of(folded)
    cuts = [0, *(match.end() for match in _JOINED.finditer(text)), len(text)]
    pieces = [Span(span.start + start, span.start + end) for start, end in pairwise(cuts) if end > start]
    joined: list[Span] = []
    for piece in pieces:
        if joined and not (_complete(joined[-1].of(folded)) and _complete(piece.of(folded))):
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    for piece in joined:
        yield Part(span, piece, "", title)


def _complete(text: str) -> bool:
    """Whether words give a value of a field by themselves."""
    return bool(amounts(text) or durations(text) or moments(text)) and any(field.said.search(text) for field in words.amended_fields())


def _words(part: Part, text: str) -> str:
    values = part.values.of(text)
    return f"{part.label} : {values}" if part.label else values


# ---- which of them change something -------------------------------------------------------------------------------------------------------


def _tells_change(part: Part, folded: str, number: int | None) -> bool:
    text = part.span.of(folded) if part.label else part.values.of(folded)
    if words.amendment("verbs", "recital_titles").search(fold(part.title)) or words.amendment("verbs", "recitals").search(part.span.of(folded)):
        return False
    told = re.search(r"\bavenant n ?[°o]? ?(\d{1,2})\b", text)
    if told and int(told[1]) != number and _PAST.search(text):
        return False
    changed = part.new or words.amendment("verbs", "changes").search(text) or words.amendment("verbs", "ends").search(text)
    labelled = bool(part.label) or ":" in text
    if words.amendment("dates", "effect").search(text) and words.amendment("dates", "general").search(text) and len(_measures(text)) < 2:
        return False
    if words.amendment("verbs", "kept").search(text) and not _measures(text):
        return False
    return bool(changed) or (labelled and holders.named_new(text)) or _ends_on_a_day(text)


def _ends_on_a_day(text: str) -> bool:
    return bool(moments(text)) and "jusqu'au" in text


def _cancelled(parts: Sequence[Part], folded: str, number: int | None) -> Iterator[int]:
    """The numbers of the amendments that are taken back whole."""
    for part in parts:
        text = part.span.of(folded)
        if not words.amendment("verbs", "cancels").search(text) or words.amendment("verbs", "but").search(text):
            continue
        yield from (int(match[1]) for match in re.finditer(r"\bavenant n ?[°o]? ?(\d{1,2})\b", text) if int(match[1]) != number)


# ---- what they change ---------------------------------------------------------------------------------------------------------------------


def _changes(part: Part, subject: Subject | None, document: Document, folded: str) -> Iterator[Change]:
    text = part.values.of(folded)
    quote = extract(document, part.span)
    name = _field(part, subject, folded)
    article = _ARTICLE.search(part.span.of(folded))
    about = article["number"] if article else ""
    effect, until = _own_period(text, name, quote)
    if name == "titulaire":
        if holder := holders.new_holder(part.values.of(document.text), part.label):
            yield Change(name, "nouveau", holder, quote, effect=effect, until=until)
        return
    measured = list(_of_measures(part, name, folded, quote, effect, until)) if name in _MEASURED else []
    if measured:
        yield from measured
        return
    if words.amendment("verbs", "ends").search(text) and (name or about):
        yield Change(name or "clause", "supprime", "supprimé", quote, effect=effect, until=until, article=about)
    elif name not in _MEASURED and (name or about or _QUOTED.search(part.span.of(document.text))) and (value := _new_words(part, document.text, folded)):
        yield Change(name or "clause", "nouveau", value, quote, None, effect, until, about, _replaced(part, document.text))


def _field(part: Part, subject: Subject | None, folded: str) -> str:
    """The field that a part speaks of; empty for a clause of none."""
    text, title = f"{part.label} {part.values.of(folded)}", fold(part.title)
    scores = {name: share for name, share in subject.fields.items() if name not in _OF_THE_TENDER} if subject is not None else {}
    named = {field.name for field in words.amended_fields() if field.named_in(text)}
    for name in named:
        scores[name] = scores.get(name, 0.0) + _BY_WORDS
    for field in words.amended_fields():
        if field.named_in(title):
            scores[field.name] = scores.get(field.name, 0.0) + _BY_TITLE
    for name in ("montant_maximum_ht", "montant_minimum_ht"):
        if name not in named and not any(field.name == name and field.said.search(title) for field in words.amended_fields()):
            scores[name] = 0.0
    if "titulaire" in named and holders.named_new(text):
        scores["titulaire"] += 1.0
    best = max(scores, key=lambda name: scores[name], default="")
    if not best or scores[best] < _LEAST:
        return ""
    refused = next((field for field in words.amended_fields() if field.name == best and field.but and field.but.search(text)), None)
    return "" if refused and best not in named and best in ("duree_initiale", "montant_ht") else best


def _own_period(text: str, name: str, quote: Extract) -> tuple[Effect | None, date | None]:
    """The days between which a change holds, where its own words say them; a contract that is prolonged « à compter du » is so from the amendment on."""
    if name in ("duree_initiale", "fin"):
        return None, None
    since = until = None
    for moment in moments(text):
        before = text[max(0, moment.start - 24) : moment.start]
        if _FROM.search(before):
            since = Effect(moment.day, "date d'effet", quote)
        elif _TO_DAY.search(before):
            until = moment.day
    return since, until if since or words.amendment("dates", "temporary").search(text) else None


def _of_measures(part: Part, name: str, folded: str, quote: Extract, effect: Effect | None, until: date | None) -> Iterator[Change]:
    text = part.values.of(folded)
    found = [one for one in _with_roles(text, part.label) if one.role != "old"]
    if part.new:
        found = [one for one in found if one.role != "old"]
    lengths = [one for one in found if one.measure.unit in ("mois", "jour", "semaine")]
    ends = [one for one in found if one.measure.unit == "date" and _is_end(text, one, part)]
    sums = [one for one in found if one.measure.unit in ("euros", "%")]
    if name in _AMOUNTS:
        yield from (_change(name, one, quote, effect, until) for one in _chosen([one for one in sums if one.measure.unit == "euros"], sums, part.new))
    elif name == "delai_paiement":
        yield from (_change(name, one, quote, effect, until) for one in _chosen([one for one in lengths if one.measure.unit == "jour"], lengths, part.new))
    else:
        yield from (_change("duree_initiale", one, quote, effect, until) for one in _chosen(lengths, lengths, part.new))
        yield from (Change("fin", "nouveau", one.measure.written, quote, one.measure, effect, until) for one in ends[-1:])


def _chosen(values: Sequence[_Value], others: Sequence[_Value], new: bool) -> list[_Value]:
    """The value that a sentence gives: the last new one, else what is added or taken away, else the only one."""
    for role in ("new", "added", "removed"):
        found = [one for one in (values if role == "new" else others) if one.role == role]
        if found:
            return [found[-1] if role == "new" else found[0]]
    return list(values[-1:]) if new or len(values) == 1 else []


def _change(name: str, value: _Value, quote: Extract, effect: Effect | None, until: date | None) -> Change:
    measure = value.measure
    if value.role in ("added", "removed"):
        sign = -1 if value.role == "removed" else 1
        return Change(name, "ajout", measure.written, quote, Measure(sign * measure.number, measure.unit, measure.written), effect, until)
    return Change(name, "nouveau", measure.written, quote, measure, effect, until)


def _is_end(text: str, value: _Value, part: Part) -> bool:
    """Whether a day is the end of the contract: after « jusqu'au », « terme », « échéance », not where something begins."""
    before = text[max(0, value.start - _BEFORE_CHARACTERS) : value.start]
    if _FROM.search(before):
        return False
    ends = r"\b(?:jusqu'au|terme|echeance|expir\w+|fin|s'acheve\w*|termine\w*|cess\w+|report\w+ au|repouss\w+ au)\b"
    return re.search(ends, f"{part.label} {before}") is not None


def _replaced(part: Part, text: str) -> str:
    """The words that others take the place of: « les mots « 200 € » sont remplacés par les mots « 350 € » »."""
    quoted = list(_QUOTED.finditer(part.values.of(text)))
    return one_line(quoted[0][1]) if len(quoted) == 2 and "les mots" in fold(part.values.of(text)) else ""


def _new_words(part: Part, text: str, folded: str) -> str:
    """The new words of a clause: those quoted after « par », « lire », « suivant » …, else the whole of what is said."""
    said = part.values.of(text)
    quoted = list(_QUOTED.finditer(said))
    quoted = [one for one in quoted if not _OLD_QUOTED.search(fold(said[: one.start()]))] or quoted
    if quoted and words.amendment("before", "new").search(fold(said[: quoted[-1].start()])):
        return one_line(quoted[-1][1])
    if not part.new and not words.amendment("verbs", "changes").search(fold(said)):
        return ""
    return one_line(said)


# ---- values and their roles ---------------------------------------------------------------------------------------------------------------


def _measures(text: str) -> list[_Value]:
    """Lengths of time, sums before tax, shares and days of a folded text, in order."""
    found = [_Value(_as_length(one.number, one.unit), one.start, one.end) for one in durations(text) if one.unit != "heure"]
    sums = [one for one in amounts(text) if not text[max(0, one.start - 25) : one.start].rstrip(" :(|").endswith(("tva", "t.v.a.", "ttc"))]
    before_tax = [one for one in sums if one.tax != "TTC"]
    found += [_Value(money(one.euros), one.start, one.end) for one in before_tax]
    found += [_Value(Measure(float(match[1].replace(",", ".")), "%", match.group()), *match.span()) for match in _PERCENT.finditer(text)]
    found += [_Value(day_of(one.day), one.start, one.end) for one in moments(text)]
    return sorted(found, key=lambda one: one.start)


def _as_length(number: int, unit: str) -> Measure:
    return length(number * 12, "mois") if unit == "an" else length(number, unit)


def _with_roles(text: str, label: str) -> Iterator[_Value]:
    found = _measures(text)
    passed = False
    for place, one in enumerate(found):
        start = found[place - 1].end if place else 0
        before = text[max(start, one.start - _BEFORE_CHARACTERS) : one.start]
        if not place and label:
            before = f"{label} : {before}"
        following = [other for other in found[place + 1 :] if other.measure.unit == one.measure.unit][:1]
        after = text[one.end : following[0].start if following else one.end + 60]
        role = "new" if passed and _TO.search(before) else _role(before, after)
        passed = bool(following) and _FROM_TO.search(before) is not None and _TO.search(after) is not None
        yield _Value(one.measure, one.start, one.end, "old" if passed else role)


def _role(before: str, after: str) -> str:
    """What a value is in a change, by the nearest words; by the longest of those that end together."""
    for role in ("added", "old", "new"):
        if words.amendment("after", role).match(after.lstrip(" ,(|")):
            return role
    found = [(match.end(), -match.start(), role) for role in ("new", "added", "removed", "old") for match in words.amendment("before", role).finditer(before)]
    return max(found)[2] if found else ""
