"""What a list asks beside whether a field is there: one side of it (« plafonnées », « tacites »), or what no field holds (a visit). See ``facets.toml``."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.documents import words
from assistant.documents.values import Candidate
from assistant.french.folding import fold, fold_words, words_of
from assistant.french.forms import Forms
from assistant.reader.fields import Subject
from assistant.summaries.fields.summary import FIELDS, Field, shown

_FORMS = Forms("assistant.documents", "facets.toml")
# A question asks one side of a field that the trained reader sees in it with this share.
_FIELD_SHARE = 0.2
# So many characters before a sentence tell what it speaks of.
_ABOVE = 250
# What is said so many characters after a field was read goes on about it: « Elles sont plafonnées, chaque année, à 25 % ».
_GOES_ON = 600
_FIGURE = re.compile(r"\d")
# A field is what a question asks for from this share on; below it, the sentences that speak of its words are.
FIELD_SHARE = 0.6
CAPITAL = re.compile(r"\b[A-ZÀ-Þ][\w-]{2,}")
_LONGEST_ACRONYM = 6
# A first name and a name: who bears them is called by the second too, after « Mme » or « M. ».
_PERSON = re.compile(rf"[A-ZÀ-Þ][a-zà-ÿ-]+ {CAPITAL.pattern}")
# A word is a name where documents write it with a capital so many times as often as without.
_HARDLY_EVER = 3
# « plafonnées à 20 % ; le seuil d'exonération ne joue pas » says two things.
_BETWEEN_CLAUSES = "; "
# « qui parlent de batteries ou de recharge ? »
_BETWEEN_THINGS, _END_OF_THINGS = re.compile(r"\b(?:ou|et)\b|,"), re.compile(r"[?.;:()]")


@dataclass(frozen=True, slots=True)
class Facet:
    """A side of a field, or a subject of its own.

    Attributes:
        field: the field of the summaries, empty where none holds it.
        label: in a reader's words.
        asked: what a question asks it with.
        near: what a sentence must speak of; None where only the field's value says it.
        said: what says it.
        but: what says, in the same clause, that it is not so.
        sure: what asks it whatever field the trained reader sees; None where nothing does.
        within: what it speaks of is told by the sentence itself or its title, not by the words before.
        denies: its own words deny (« interdite »): a question that asks it with « pas » asks for what says it.
        denied: what says, beside a word of ``said``, that there is none of it; None where ``but`` tells.
        everywhere: it is looked for in whole texts, and not in what is found: a name.
        holder: it is said where a document names the contractor.
        only_named: it is denied by its name alone: « l'huile de palme est exclue » is a clause.
    """

    field: str
    label: str
    asked: re.Pattern[str]
    near: re.Pattern[str] | None
    said: re.Pattern[str]
    but: re.Pattern[str] | None
    sure: re.Pattern[str] | None = None
    within: bool = False
    denies: bool = False
    denied: re.Pattern[str] | None = None
    only_named: bool = False
    everywhere: bool = False
    holder: bool = False

    def says(self, folded: str, before: str = "") -> bool:
        """Whether folded words say it; ``before``: the folded words above them, which may tell what they speak of."""
        if self.near is not None and self.near.search(f"{before} {folded}") is None:
            return False
        return any(
            self.said.search(clause) is not None and (self.but is None or self.but.search(clause) is None)
            for clause in folded.split(_BETWEEN_CLAUSES)
        )

    def held(self, field: Field) -> bool:
        """Whether the value of the field says it."""
        return field.value is not None and self.says(fold(shown(field.value)))

    def among(
        self, sentences: Iterable[Candidate], of_field: Callable[[Candidate], bool] = lambda _: True
    ) -> Candidate | None:
        """The first sentence that says it with a figure, else one that denies it, else the first that says it.

        ``of_field``: whether the reader sees its field in a sentence that only the words before connect with it.
        """
        saying = [
            one
            for one in sentences
            if self.says(fold(one.text), fold(self._above(one))) and (self._is_near(one) or of_field(one))
        ]
        denying = [one for one in saying if self.says_none(one.text)]
        counting = (one for one in saying if _FIGURE.search(one.text) and one not in denying)
        return next(counting, next(iter(denying), next(iter(saying), None)))

    def says_none(self, text: str) -> bool:
        """Whether a sentence denies it: « il n'est pas versé d'avance »."""
        return self.denied is not None and self.denied.search(fold(text)) is not None

    def _is_near(self, said: Candidate) -> bool:
        """Whether a sentence or its title speaks of it by itself."""
        return not self.field or self.near is None or self.says(fold(said.text), fold(said.title))

    def _above(self, said: Candidate) -> str:
        """The title over a sentence and the words just before it; the name of the field, where its value was read a little above."""
        if self.within:
            return said.title
        start = said.span.start - said.passage.span.start
        before = f"{said.title} {said.passage.text[max(0, start - _ABOVE) : max(0, start)]}"
        read = said.known.summary.field(self.field).extracts if self.field else ()
        goes_on = any(0 <= said.span.start - one.end <= _GOES_ON for one in read)
        return f"{FIELDS[self.field]} {before}" if goes_on else before

    @property
    def of_value(self) -> bool:
        """Whether only the value of the field tells: its words elsewhere speak of other things."""
        return bool(self.field) and self.near is None


@cache
def facets() -> tuple[Facet, ...]:
    """All of them, those of fields first."""
    return tuple(_facet(row) for row in _FORMS.whole["facet"])


@cache
def spoken() -> dict[str, Facet]:
    """Of some fields, what speaks of them wherever it stands: looked for where no summary says anything of them."""
    before, after = (_FORMS.any_of(_FORMS.whole["denial"][place]) for place in ("before", "after"))
    return {
        row["field"]: Facet(
            row["field"],
            FIELDS[row["field"]],
            _FORMS.words(row.get("asked", row["said"])),
            None,
            _FORMS.words(row["said"]),
            _FORMS.words(row["but"]) if "but" in row else None,
            denied=_FORMS.words(f"{before}{said}|{said}{after}" for said in (_FORMS.any_of(row["said"]),)),
            only_named=row.get("only_named", False),
        )
        for row in _FORMS.whole["spoken"]
    }


def named_field(question: str) -> str | None:
    """The field that a question names by its own word, where it names one alone."""
    folded = fold_words(question)
    named = [name for name, facet in spoken().items() if facet.asked.search(folded)]
    return named[0] if len(named) == 1 else None


def naming(question: str, subject: Subject, texts: Callable[[], Sequence[str]]) -> Facet | None:
    """What names whom or what a question asks documents about; None where it asks for something else or no document names it.

    ``texts``: what documents say, read only where a name is asked for.
    """
    folded = fold_words(question)
    likely = max(subject.fields, key=lambda name: subject.fields[name])
    without = _naming("without").search(folded) is not None
    of_field = subject.fields[likely] >= FIELD_SHARE and likely not in _FORMS.stored("naming.fields")
    if named_field(question) or (of_field and not without and not _naming("asked").search(folded)):
        return None
    if (thing := _naming("thing").search(folded)) and not asked_of(question, subject):
        word = next(filter(None, thing.groups()))
        return Facet("", f"qui nomme « {word} »", thing.re, None, _forms(word), None, everywhere=True)
    if not CAPITAL.search(question):
        return None
    folded_texts = [fold(text) for text in texts()]
    speaker = _naming("speaker").match(folded)
    names = _names(question[speaker.end() :], texts(), folded_texts) if speaker else []
    names = names or _names(question, texts(), folded_texts)
    if not names:
        return None
    # « L'EHPAD des Tilleuls »: the name that fewest documents hold.
    name = min(names, key=lambda name: sum(_forms(name).search(text) is not None for text in folded_texts))
    if not without:
        return Facet("", f"qui nomme « {name} »", _forms(name), None, _forms(name), None, everywhere=True)
    asked = _FORMS.words((fold(name), *_FORMS.stored("naming.without")))
    label, denied = f"qui écarte « {name} »", _naming("denied")
    return Facet("", label, asked, _forms(name), denied, None, denies=True, everywhere=True)


def mentioning(question: str, subject: Subject, told: Mapping[str, float]) -> Facet | None:
    """What documents are asked for that speak of something no field holds, by the rarest word of each thing named; None where it asks for something else.

    ``told``: the beginnings of the question's words with their rarity.
    """
    folded = fold_words(question)
    match = words.pattern("listing.mentions").search(folded)
    if match is None or max(subject.fields.values()) >= FIELD_SHARE or named_field(question):
        return None
    asked = []
    for thing in _BETWEEN_THINGS.split(_END_OF_THINGS.split(folded[match.end() :])[0]):
        rare = {word: told.get(word[: words.BEGINNING], 0.0) for word in words_of(thing)}
        known = [word for word in rare if rare[word] and word[: words.BEGINNING] not in words.common()]
        if known:
            asked.append(max(known, key=lambda word: rare[word]))
    if not asked:
        return None
    said = _FORMS.words(rf"{re.escape(word[: words.BEGINNING])}\w*" for word in asked)
    return Facet("", f"qui parle de « {' », « '.join(asked)} »", match.re, None, said, None, everywhere=True)


def _names(question: str, texts: Sequence[str], folded: Sequence[str]) -> list[str]:
    """The words of a question with a capital that documents hardly ever write without; or that name with the words that follow: « Maison de l'emploi »."""
    usual = _FORMS.stored("naming.usual")
    names = []
    for match in CAPITAL.finditer(question):
        more = _naming("more").match(fold(question), match.end() + 1)
        longer = question[match.start() : more.end()] if more else ""
        person = _PERSON.match(question, match.start())
        if longer and any(fold(longer) in text for text in folded):
            names.append(longer)
        elif (
            person
            and any(fold(person.group()) in text for text in folded)
            and _is_name(match.group(), texts, folded)
        ):
            names.append(person.group())
        elif fold(match.group()) not in usual and _is_name(match.group(), texts, folded):
            names.append(match.group())
    return [name for name in names if not any(name != other and name in other for other in names)]


def _is_name(word: str, texts: Sequence[str], folded: Sequence[str]) -> bool:
    written = {form: re.compile(rf"(?<![\w@.]){form}\b") for form in (word, word.upper(), word.lower())}
    counts = {form: sum(len(pattern.findall(text)) for text in texts) for form, pattern in written.items()}
    small = counts.pop(word.lower())
    initials = small == 0 and word.isupper() and any(map(_forms(word).search, folded))
    return initials or sum(counts.values()) > _HARDLY_EVER * small


@cache
def _forms(name: str) -> re.Pattern[str]:
    """A name as folded texts have it: itself, or the words that its letters begin."""
    forms = [fold(name)]
    if _PERSON.fullmatch(name):
        forms += [f"{title} {fold(name).partition(' ')[2]}" for title in _FORMS.stored("naming.titles")]
    if name.isupper() and len(name) <= _LONGEST_ACRONYM:
        forms.append(_FORMS.stored("naming.between").join(rf"{letter}\w+" for letter in fold(name)))
    return _FORMS.words(forms)


@cache
def _naming(key: str) -> re.Pattern[str]:
    return _FORMS.words(_FORMS.stored(f"naming.{key}"))


def asked_of(question: str, subject: Subject) -> Facet | None:
    """What a question asks: a side of the field that it is about, else what no field holds."""
    folded = fold_words(question)
    named = named_field(question)
    of_field = max(
        (
            one
            for one in facets()
            if one.field
            and (
                (one.sure and one.sure.search(folded))
                or (
                    one.asked.search(folded)
                    and (subject.fields[one.field] >= _FIELD_SHARE or one.field == named)
                )
            )
        ),
        key=lambda one: subject.fields[one.field],
        default=None,
    )
    return of_field or next(
        (
            one
            for one in facets()
            if not one.field and one.asked.search(folded) and not (one.everywhere and named)
        ),
        None,
    )


def _facet(row: dict[str, Any]) -> Facet:
    return Facet(
        row.get("field", ""),
        row["label"],
        _FORMS.words(row["asked"]),
        _FORMS.words(row["near"]) if "near" in row else None,
        _FORMS.words(row["said"]),
        _FORMS.words(row["but"]) if "but" in row else None,
        _FORMS.words(row["asked"] if row["sure"] is True else row["sure"]) if "sure" in row else None,
        row.get("within", False),
        row.get("denies", False),
        everywhere=row.get("everywhere", False),
        holder=row.get("holder", False),
    )
