"""What applications do, by the words that people use for it, met in a text whatever accents, plurals, short forms and slips of the pen.

The words are those of ``functions.toml`` and those of the hands that wrote for it (``wordings/``).
"""

import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

from assistant.french.folding import fold_line, fold_words

# A slip of one letter is looked for in words of this length or more: shorter ones are too often other words.
_LEAST_FOR_A_SLIP = 6
_LEAST_IN_A_PHRASE = 4
# So much of a word's beginning stands for it where one function alone has words that begin so.
_LEAST_BEGINNING = 5
# Endings that plurals and feminines add, longest first.
_ENDINGS = ("elles", "elle", "ales", "ale", "aux", "al", "es", "e")
_PLURALS = ("s", "x")
_LEAST_STEM, _LEAST_SINGULAR = 4, 3
_WORD = re.compile(r"[a-z0-9]+")
# Letters with points between: « S.I.G.B. ».
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?![a-z]{2})")
_VERSION = re.compile(r"v?\d+[a-z]?")


@dataclass(frozen=True, slots=True)
class Function:
    """What an application may do: its id, the label shown, its family, the words that say it; ``wordings``, longer ways that hands wrote."""

    id: str
    label: str
    family: str
    words: tuple[str, ...]
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """Functions bought together: its label, and the kit of clauses written for it."""

    id: str
    label: str
    kit: str


@dataclass(frozen=True, slots=True)
class Match:
    """A function met in a text: its id, the words met as they are written, and the slips that were put right (written, read).

    ``weak``: the words stand in many names, and the text says something else besides. ``whole``: the words are all that the text says.
    """

    function: str
    words: str
    weak: bool
    slips: tuple[tuple[str, str], ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """A text as its stems, and the slips that were put right in it."""

    words: Sequence[str]
    slips: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A phrase of the table in a text, and the slips put right in the text."""

    phrase: tuple[str, ...]
    slips: tuple[tuple[str, str], ...]


class Functions:
    """The table of functions, ready to be met in texts."""

    def __init__(
        self,
        functions: Sequence[Function],
        families: Mapping[str, Family],
        *,
        small: Iterable[str],
        vague: Iterable[str],
        weak: Iterable[str],
        abbreviations: Mapping[str, str],
    ) -> None:
        self.by_id: Mapping[str, Function] = {function.id: function for function in functions}
        self.families = families
        self._small = frozenset(fold_words(word) for word in small)
        self._short: Mapping[str, tuple[str, ...]] = {}
        self._short = {short: self._stems(full) for short, full in abbreviations.items()}
        self._vague = frozenset(stem for word in vague for stem in self._stems(word))
        self._phrases: dict[tuple[str, ...], tuple[str, str]] = {}
        for function in functions:
            for words in (function.label, *function.words):
                self._phrases.setdefault(self._stems(words), (function.id, words))
        self._weak = frozenset(self._stems(word) for word in weak)
        self._longest = max(map(len, self._phrases), default=0)

    def match(self, text: str) -> Match | None:
        """The function that a text says: that of its strongest phrase, then of its longest, then of the first; None where it says none."""
        strict = self._best(self._read(text, _LEAST_FOR_A_SLIP), 1)
        # A slip in a short word is believed only within a phrase.
        loose = self._best(self._read(text, _LEAST_IN_A_PHRASE), 2)
        found = (
            loose
            if loose is not None and (strict is None or len(loose.phrase) > len(strict.phrase))
            else strict
        )
        if found is None:
            return None
        function, written = self._phrases[found.phrase]
        besides = set(self.key(text).split()) - set(found.phrase)
        weak = bool(besides) and (found.phrase in self._weak or self._is_shared(found.phrase))
        return Match(
            function,
            written,
            weak,
            tuple((slip, read) for slip, read in found.slips if read in found.phrase),
            not besides,
        )

    def met(self, text: str) -> Iterator[tuple[str, tuple[str, ...], bool]]:
        """Every phrase of the table in a text: its function, its stems, and whether it is weak (stands in many names); a longer one hides those within it."""
        words = self._read(text, _LEAST_FOR_A_SLIP).words
        hidden = 0
        for start in range(len(words)):
            lengths = range(min(self._longest, len(words) - start), 0, -1)
            length = next(
                (length for length in lengths if tuple(words[start : start + length]) in self._phrases), 0
            )
            if length and start + length > hidden:
                phrase = tuple(words[start : start + length])
                hidden = start + length
                yield self._phrases[phrase][0], phrase, phrase in self._weak or self._is_shared(phrase)

    def phrases(self) -> Iterator[tuple[frozenset[str], str]]:
        """The words of each phrase of the table, and of what hands wrote, that say something, and its function."""
        written = ((self._stems(said), one.id) for one in self.by_id.values() for said in one.wordings)
        for phrase, function in (*((phrase, id_) for phrase, (id_, _) in self._phrases.items()), *written):
            if stems := frozenset(stem for stem in phrase if stem not in self._vague):
                yield stems, function

    def rarity(self, stem: str) -> float:
        """How much a stem tells: the fewer functions have it in their words, the more; one that none has tells as much as the rarest."""
        return math.log(1 + len(self.by_id) / max(1, len(self._owners.get(stem, ()))))

    def _is_shared(self, phrase: tuple[str, ...]) -> bool:
        """Whether a phrase is one word that also stands in the words of other functions: « alerte », « consultations »."""
        return len(phrase) == 1 and len(self._owners[phrase[0]]) > 1

    @cached_property
    def _owners(self) -> Mapping[str, frozenset[str]]:
        """The functions in whose words each stem stands."""
        found: dict[str, set[str]] = defaultdict(set)
        for phrase, (function, _) in self._phrases.items():
            for stem in phrase:
                found[stem].add(function)
        return {stem: frozenset(functions) for stem, functions in found.items()}

    def _best(self, read: "_Read", least: int) -> "_Found | None":
        words = read.words
        found: list[tuple[bool, int, int, int]] = []
        for start in range(len(words)):
            lengths = range(min(self._longest, len(words) - start), least - 1, -1)
            longest = next(
                (length for length in lengths if tuple(words[start : start + length]) in self._phrases), None
            )
            if longest is not None:
                phrase = tuple(words[start : start + longest])
                found.append(
                    (
                        phrase not in self._weak and not self._is_shared(phrase),
                        sum(word not in self._vague for word in phrase),
                        longest,
                        -start,
                    )
                )
        if not found:
            return None
        _, _, length, before = max(found)
        return _Found(tuple(words[-before : -before + length]), read.slips)

    def _read(self, text: str, least_for_a_slip: int) -> "_Read":
        """The stems of a text, small words apart, short forms in full and slips put right."""
        read: list[str] = []
        slips: list[tuple[str, str]] = []
        for word in _WORD.findall(_DOTTED.sub(lambda letters: letters[0].replace(".", ""), fold_line(text))):
            if word in self._short:
                read += self._short[word]
                continue
            if word in self._small:
                continue
            stem = _stem(word)
            right = stem if stem in self._known else self._righted(word, stem, least_for_a_slip)
            if right != stem:
                slips.append((word, right))
            read.append(right)
        return _Read(read, tuple(slips))

    def key(self, text: str) -> str:
        """What a text says, comparable: its stems that say something, in alphabetical order, each once; empty where none does."""
        read = self._read(text, _LEAST_FOR_A_SLIP).words
        said = {stem for stem in read if stem not in self._vague and not _VERSION.fullmatch(stem)}
        # Words that say nothing alone may say something together: « site de la ville ».
        return " ".join(sorted(said)) or ("·".join(read) if tuple(read) in self._phrases else "")

    def bare(self, name: str) -> str:
        """The name of an application without versions, small words and words that say nothing; empty where nothing is left."""
        words = (
            word
            for word in _WORD.findall(fold_words(name))
            if word not in self._small and not _VERSION.fullmatch(word)
        )
        return " ".join(word for word in words if _stem(word) not in self._vague)

    def _stems(self, words: str) -> tuple[str, ...]:
        read: list[str] = []
        for word in _WORD.findall(fold_words(words)):
            # A short form stands in full in the texts where these words are looked for.
            read += (
                self._short[word] if word in self._short else () if word in self._small else (_stem(word),)
            )
        return tuple(read)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(word for phrase in self._phrases for word in phrase)

    @cached_property
    def _nearly(self) -> Mapping[str, frozenset[str]]:
        """The known words by each of their forms with one letter less."""
        found: dict[str, set[str]] = defaultdict(set)
        for word in self._known:
            if len(word) >= _LEAST_IN_A_PHRASE - 1 and word.isalpha():
                for form in (word, *_shortened(word)):
                    found[form].add(word)
        return {form: frozenset(words) for form, words in found.items()}

    @cached_property
    def _beginnings(self) -> Mapping[str, frozenset[str]]:
        """The words that alone say a function, by their beginnings."""
        found: dict[str, set[str]] = defaultdict(set)
        for phrase in self._phrases:
            if len(phrase) == 1 and len(phrase[0]) > _LEAST_BEGINNING:
                for length in range(_LEAST_BEGINNING, len(phrase[0])):
                    found[phrase[0][:length]].add(phrase[0])
        return {beginning: frozenset(words) for beginning, words in found.items()}

    def _righted(self, word: str, stem: str, least_for_a_slip: int) -> str:
        """The known word that ``word`` was meant for, itself where none is or several may be."""
        if not stem.isalpha():
            return stem
        if min(len(word), len(stem) + 1) >= least_for_a_slip:
            near = {
                known
                for form in (stem, *_shortened(stem))
                for known in self._nearly.get(form, ())
                if _one_slip(stem, known)
            }
            if len(near) == 1:
                return next(iter(near))
        # A plural is no word cut short.
        begun = self._beginnings.get(stem, frozenset()) if word == stem else frozenset()
        if begun and len({self._phrases[(known,)][0] for known in begun}) == 1:
            return min(begun)
        return stem


@cache
def wordings() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """How members may word each function, by the hand that wrote them: ``wordings/HAND.tsv``, a function a line, its wordings between bars."""
    return {
        hand.name.removesuffix(".tsv"): {
            function: tuple(said.split("|"))
            for function, said in (
                line.split("\t") for line in hand.read_text(encoding="utf-8").splitlines() if line
            )
        }
        for hand in sorted(
            resources.files("assistant.sourcing").joinpath("wordings").iterdir(), key=lambda file: file.name
        )
    }


@cache
def functions(
    leaving_out: frozenset[str] = frozenset(), hands_left_out: frozenset[str] = frozenset()
) -> Functions:
    """The table of the project with what every hand wrote for it, without some words or some hands where they are to be met as new ones."""
    read = tomllib.loads(
        resources.files("assistant.sourcing").joinpath("functions.toml").read_text(encoding="utf-8")
    )
    hands = [said for hand, said in wordings().items() if hand not in hands_left_out]
    families = {id_: Family(id_, family["label"], family["kit"]) for id_, family in read["families"].items()}
    made = [
        Function(
            id_,
            said["label"],
            said["family"],
            tuple(word for word in said["words"] if word not in leaving_out),
            tuple(one for hand in hands for one in hand.get(id_, ()) if one not in leaving_out),
        )
        for id_, said in read["functions"].items()
    ]
    words = {kind: read[kind]["words"] for kind in ("small", "vague", "weak")}
    return Functions(made, families, **words, abbreviations=read["abbreviations"])


def _stem(word: str) -> str:
    """``word`` without the ending of a plural or a feminine; short words and numbers stay whole."""
    if word.endswith(("nne", "nnes")) and len(word) > _LEAST_STEM + 2:
        return word.rstrip("s")[:-2]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return word.removesuffix(ending)
    return word[:-1] if word.endswith(_PLURALS) and len(word) > _LEAST_SINGULAR else word


def _shortened(word: str) -> Iterator[str]:
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _one_slip(word: str, known: str) -> bool:
    """Whether one letter more, less, other or two that changed places make ``known`` of ``word``; the first letter is right, or missing in a long word."""
    if word == known[1:] and len(known) > _LEAST_FOR_A_SLIP:
        return True
    if word[:1] != known[:1] or abs(len(word) - len(known)) > 1:
        return False
    start = next(
        (place for place, (one, other) in enumerate(zip(word, known, strict=False)) if one != other),
        min(len(word), len(known)),
    )
    rest, left = word[start:], known[start:]
    return (
        rest[1:] == left[1:]
        or rest[1:] == left
        or rest == left[1:]
        or (rest[:2] == left[1::-1] and rest[2:] == left[2:])
    )
