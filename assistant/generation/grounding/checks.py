"""The checks, one function each: a trial in, the problems found out. ``CHECKS`` lists them in the order of their messages."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.datatypes import Problem, Severity
from assistant.generation.grounding import facts, wording
from assistant.generation.grounding.facts import Fact, FactType
from assistant.generation.grounding.modality import Marker, Modality
from assistant.generation.grounding.read import Clause, Reading
from assistant.orders import gives_orders


@dataclass(frozen=True, slots=True)
class Trial:
    """A claim before the sentences it points to, what the program knows of each of these (``labels``), and the sentences that follow them unquoted."""

    claim: Reading
    supports: tuple[Reading, ...]
    labels: tuple[Reading, ...] = ()
    following: tuple[Reading, ...] = ()

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of all supports."""
        return tuple(clause for support in self.supports for clause in support.clauses)

    @property
    def stems(self) -> frozenset[str]:
        """The content words of all supports."""
        return frozenset(stem for support in self.supports for stem in support.stems)

    @property
    def closest(self) -> Reading:
        """The support that shares most content words with the claim."""
        return max(
            self.supports,
            key=lambda support: (
                wording.covered(self.claim.stems, support.stems),
                wording.covered(support.stems, self.claim.stems),
            ),
        )


# A clause of fewer words is too short for its share to mean anything.
_CLAUSE_WORDS = 3
# Below this share of its content words found in its supports, a claim speaks of something else; below the second, it adds to them. Set on the cases
# `mise_au_point` of tests/generation/grounding_cases.toml.
LEAST_COVERAGE = 0.5
SAFE_COVERAGE = 0.7
# Two clauses that share fewer of the claim's words are not about the same thing, and their modality is not compared.
_SAME_SUBJECT = 0.34
# A condition is kept when this share of its words is.
_CONDITION_KEPT = 0.34


def instructions(trial: Trial) -> Iterator[Problem]:
    """A claim that speaks to its reader or of its orders, or a support that gives orders to a machine."""
    if _ADDRESSES.search(trial.claim.folded) or _ANSWERS.match(trial.claim.folded):
        yield _error(
            "addresses-reader",
            "Cette phrase s'adresse au lecteur ou parle de ses consignes au lieu d'énoncer ce que disent les extraits : elle est retirée.",
        )
    if trial.claim.folded.rstrip(" »").endswith("?"):
        yield _error(
            "asks",
            "Cette phrase pose une question au lieu d'énoncer ce que disent les extraits : elle est retirée.",
        )
    if any(gives_orders(support.text) for support in trial.supports):
        yield _error(
            "support-gives-orders",
            "L'extrait cité contient une consigne adressée à un assistant ; il ne peut fonder aucune affirmation : la phrase est retirée.",
        )


_ADDRESSES = re.compile(
    r"\b(?:je|j'|vous|votre|vos|tu|moi|veuillez|prompt|utilisateur|modele de langage|intelligence artificielle|chatbot|llm)\b|\bj'|\ben tant qu(?:e "
    r"|')(?:assistant|ia|modele)"
    r"|\b(?:instructions?|consignes?|regles?) (?:recues?|precedentes?|ci-dessus|du systeme|donnees)\b|\bignore[rz]?\b|\b(?:https?://|www\.)"
    r"|\bextraits? (?:fournis?|donnes?|ci-)"
    r"|\bs\d+\.\d+\b|[{}<>`]|\breponse\s*:"
)
_ANSWERS = re.compile(r"(?:oui|non|ok|d'accord|bien sur|absolument|certainement)\b(?![ -]\w+ement)")


def language(trial: Trial) -> Iterator[Problem]:
    """A claim is in French: its supports are, and no other check reads another language."""
    said = frozenset(word for support in trial.supports for word in support.words)
    if len(_FOREIGN & trial.claim.words - said) >= _FOREIGN_WORDS:
        yield _error("other-language", "Cette phrase n'est pas en français : elle est retirée.")


# Words of grammar, of English first, that French does not write.
_FOREIGN_GRAMMAR = """the of shall must may with which from are is to and by this that be not should has have can und nicht muss kann werden puede debe los las
    con della deve che"""
_FOREIGN = frozenset(_FOREIGN_GRAMMAR.split())
_FOREIGN_WORDS = 2


def links(trial: Trial) -> Iterator[Problem]:
    """Addresses and marks of layout come from no support: they would lead the reader out of the quotes."""
    said = " ".join(support.folded for support in trial.supports)
    if any(match.group() not in said for match in _LINK.finditer(trial.claim.folded)):
        yield _error(
            "link-added",
            "Cette phrase contient une adresse ou une mise en forme qui n'est pas dans les extraits cités : elle est retirée.",
        )


_LINK = re.compile(
    r"\b(?:https?|ftp|javascript|data|mailto|file):\S*|\bwww\.\S*|\S*@\S*|\b[a-z0-9-]+\.(?:fr|com|org|net|eu|io|info|cloud|tech|app|ai|dev|test)\b"
    r"|!?\[[^\]]*\]\s*\(|\*\*|__|\||^\s*#"
)


def quotations(trial: Trial) -> Iterator[Problem]:
    """What a claim puts between quotation marks is, to the letter, in one of its supports."""
    for match in _QUOTATION.finditer(trial.claim.folded):
        quoted = next(group for group in match.groups() if group is not None).strip(" .,;:")
        if quoted and not any(quoted in support.folded for support in trial.supports):
            yield _error(
                "altered-quote",
                f"« {quoted[:_SHOWN_CHARACTERS]} » est donné comme une citation et n'est pas dans les extraits cités : la phrase est retirée.",
            )


_QUOTATION = re.compile(r"«([^»]*)»|“([^”]*)”|\"([^\"]*)\"")


def empty(trial: Trial) -> Iterator[Problem]:
    """A claim with next to nothing in it."""
    if len(set(trial.claim.stems)) + len(trial.claim.facts) < _FEWEST_WORDS:
        yield _error("empty-claim", "Cette phrase ne dit rien que l'on puisse vérifier : elle est retirée.")


_FEWEST_WORDS = 2


def figures(trial: Trial) -> Iterator[Problem]:
    """Every reference, date, amount, percentage, duration and count of the claim stands in its supports, to the letter."""
    known = tuple(fact for support in trial.supports for fact in support.facts)
    labelled = tuple(fact for label in trial.labels for fact in label.facts)
    for fact in trial.claim.facts:
        if fact.type is FactType.NAME:
            continue
        if not facts.supported(fact, known + (labelled if fact.type in _LABELLED else ())):
            message = f"{fact.type.value.capitalize()} « {fact.shown.strip()[:_SHOWN_CHARACTERS]} » n'est pas dans les extraits cités : la phrase est retirée."
            yield _error(_CODES[fact.type], message)


_LABELLED = (FactType.ARTICLE, FactType.DATE)
_CODES = {
    FactType.ARTICLE: "unsupported-reference",
    FactType.DATE: "unsupported-date",
    FactType.AMOUNT: "unsupported-amount",
    FactType.PERCENTAGE: "unsupported-percentage",
    FactType.DURATION: "unsupported-duration",
    FactType.RATE: "unsupported-rate",
    FactType.COUNT: "unsupported-number",
}


def stitched(trial: Trial) -> Iterator[Problem]:
    """In a claim that joins supports, a figure stays with what its own support says it of."""
    if len(trial.supports) < _JOINED:
        return
    for clause in trial.claim.clauses:
        given = [
            fact for fact in trial.claim.facts if fact.type in _LIMITED and fact.shown.strip() in clause.text
        ]
        for fact in given:
            sayers = [support for support in trial.supports if facts.supported(fact, support.facts)]
            if (
                sayers
                and clause.stems
                and not any(wording.covered(clause.stems[:1], support.stems) for support in sayers)
            ):
                shown = fact.shown.strip()[:_SHOWN_CHARACTERS]
                yield _warning(
                    "figure-moved",
                    f"« {shown} » vient d'un extrait qui ne parle pas de ce dont parle cette phrase : à vérifier.",
                )
                return


_JOINED = 2


def counted(trial: Trial) -> Iterator[Problem]:
    """A bare number counts the same thing as in the support ("trois offres" is not "trois lots")."""
    for number, noun in _COUNTED.findall(trial.claim.folded):
        nouns = {
            wording.stem(other)
            for support in trial.supports
            for same, other in _COUNTED.findall(support.folded)
            if same == number
        }
        if nouns and not wording.covered(wording.stems(noun), nouns):
            yield _warning(
                "other-unit",
                f"Les extraits cités donnent le nombre {number}, mais pas pour « {noun} » : à vérifier.",
            )


_COUNTED = re.compile(r"(?<![\d ,.-])(?<!\d )(?<!\d[.,])(\d{1,3}) ([a-z]{4,})")


def names(trial: Trial) -> Iterator[Problem]:
    """Every proper name, acronym and nationality of the claim stands in its supports or their labels."""
    known = frozenset(word for reading in (*trial.supports, *trial.labels) for word in reading.words)
    for fact in trial.claim.facts:
        if fact.type is FactType.NAME and not facts.named(fact, known):
            yield _error(
                "unsupported-name",
                f"Le nom « {fact.shown[:_SHOWN_CHARACTERS]} » n'est pas dans les extraits cités : la phrase est retirée.",
            )


def attribution(trial: Trial) -> Iterator[Problem]:
    """The article that the claim names is that of the support it repeats, not of another one it also points to."""
    cited = {fact.key for fact in trial.claim.facts if fact.type is FactType.ARTICLE} - {
        fact.key for support in trial.supports for fact in support.facts
    }
    own = {
        support: {fact.key for fact in label.facts}
        for support, label in zip(trial.supports, trial.labels, strict=False)
    }
    elsewhere = cited & frozenset(
        key for support, keys in own.items() if support is not trial.closest for key in keys
    )
    if elsewhere and not cited & own.get(trial.closest, set()):
        shown = ", ".join(sorted(str(key[0]) for key in elsewhere))
        yield _warning(
            "misattributed",
            f"Cette phrase attribue à {shown} ce que dit un autre des extraits cités : à vérifier.",
        )


def limits(trial: Trial) -> Iterator[Problem]:
    """A minimum is not a maximum, and neither is a value."""
    for fact in trial.claim.facts:
        sayers = [support for support in trial.supports if facts.supported(fact, support.facts)]
        bounds = {
            other.bound for support in sayers for other in support.facts if facts.supported(fact, (other,))
        }
        if fact.type not in _LIMITED or not bounds or fact.bound in bounds:
            continue
        if fact.bound and None not in bounds:
            yield _error(
                "limit-turned",
                f"« {fact.shown} » est un {_LIMIT_NAMES[fact.bound]} dans cette phrase et l'inverse dans les extraits cités : la phrase est retirée.",
            )
        elif not _limit_elsewhere(fact, trial.claim, sayers, bounds):
            yield _warning(
                "limit-changed",
                f"« {fact.shown} » est une limite dans l'un et non dans l'autre, de cette phrase et des extraits cités : à vérifier.",
            )


def _limit_elsewhere(fact: Fact, claim: Reading, sayers: list[Reading], bounds: set[str | None]) -> bool:
    """Whether the side that seems to lack the limit says it further from the number ("le seuil à partir duquel … est fixé à 600 euros")."""
    if fact.bound is None:
        return fact.type is FactType.COUNT or facts.says_limit(claim.folded, bounds)
    return any(facts.says_limit(support.folded, {fact.bound}) for support in sayers)


_LIMITED = (FactType.AMOUNT, FactType.PERCENTAGE, FactType.DURATION, FactType.COUNT)
_LIMIT_NAMES = {"min": "minimum", "max": "maximum"}


def figures_left_out(trial: Trial) -> Iterator[Problem]:
    """A threshold is a condition: a claim that keeps none of the limits of its closest support states it more widely."""
    limited = [
        fact
        for fact in trial.closest.facts
        if fact.bound and fact.type in (FactType.AMOUNT, FactType.PERCENTAGE)
    ]
    if limited and not any(facts.supported(fact, tuple(limited)) for fact in trial.claim.facts):
        yield _warning(
            "threshold-dropped",
            f"L'extrait cité pose une limite (« {limited[0].shown} ») que cette phrase ne rapporte pas : à vérifier.",
        )


def modality(trial: Trial) -> Iterator[Problem]:
    """What the support permits is not required, what it requires is not left to choice, what it forbids is not allowed."""
    for clause in trial.claim.clauses:
        aligned = nearest(clause, trial.clauses)
        if aligned is None:
            continue
        mine = modality_towards(clause, aligned)
        theirs = modality_towards(aligned, clause)
        if mine is theirs or (mine, theirs) in _COMPATIBLE:
            continue
        if mine is None and (aligned.denies == clause.denies):
            yield _warning(
                "modality-dropped",
                f"L'extrait cité énonce {_named(theirs)} ; cette phrase l'affirme sans nuance : à vérifier.",
            )
        elif not (mine is Modality.FORBID and aligned.denies):
            yield _error(
                "modality-turned",
                f"Cette phrase énonce {_named(mine)}, l'extrait cité {_named(theirs)} : elle est retirée.",
            )


# (claim, support). French law states a duty in the plain indicative ("l'acheteur accorde une avance").
_COMPATIBLE = {(Modality.OBLIGE, None), (None, Modality.OBLIGE)}


def _named(modality: Modality | None) -> str:
    return modality.value if modality else "une règle ou un fait"


def nearest(clause: Clause, others: tuple[Clause, ...]) -> Clause | None:
    """The clause of ``others`` that speaks of the same thing as ``clause``, or None."""
    if len(set(clause.stems)) < _FEWEST_WORDS or not others:
        return None
    best = max(others, key=lambda other: _alike(clause, other))
    return best if wording.covered(clause.stems, best.stems) >= _SAME_SUBJECT else None


def _alike(one: Clause, other: Clause) -> float:
    """How much two clauses have of each other's words, what the modal verbs act on counting half as much again.

    A harmonic mean: a long clause that happens to hold all the words is not the nearest.
    """
    mine, theirs = wording.covered(one.stems, other.stems), wording.covered(other.stems, one.stems)
    action = [stem for marker in one.markers for stem in marker.action]
    return (2 * mine * theirs / (mine + theirs) if mine + theirs else 0.0) + (
        wording.covered(action, other.stems) / 2 if action else 0.0
    )


def modality_towards(clause: Clause, other: Clause) -> Modality | None:
    """The modality of ``clause`` where it speaks of what ``other`` does."""
    if not clause.markers:
        return None
    subject: tuple[str, ...] = other.markers[0].action if len(other.markers) == 1 else other.stems

    def closeness(marker: Marker) -> float:
        return wording.covered(marker.action, subject) + wording.covered(subject, marker.action)

    return max(clause.markers, key=closeness).modality


def negation(trial: Trial) -> Iterator[Problem]:
    """What the support denies is not affirmed, nor the other way round."""
    for clause in trial.claim.clauses:
        aligned = nearest(clause, trial.clauses)
        if aligned is not None and clause.denies != aligned.denies:
            yield _error(
                "negation-turned",
                "Cette phrase nie ce que l'extrait cité affirme, ou affirme ce qu'il nie : elle est retirée.",
            )
        elif aligned is None and clause.denies and not any(other.denies for other in trial.clauses):
            yield _error(
                "negation-added",
                "Cette phrase contient une négation que rien ne fonde dans les extraits cités : elle est retirée.",
            )


def absences(trial: Trial) -> Iterator[Problem]:
    """``sans publicité`` is not ``avec publicité``."""
    absent = frozenset(stem for support in trial.supports for stem in support.without)
    turned = [
        stem
        for stem in trial.claim.stems
        if stem in absent - trial.claim.without and not _denied(stem, trial.claim)
    ]
    added = trial.claim.without & (trial.stems - absent)
    if turned or (added and not any(_denied(stem, support) for stem in added for support in trial.supports)):
        yield _error(
            "absence-turned",
            "Cette phrase dit « avec » où l'extrait cité dit « sans », ou l'inverse : elle est retirée.",
        )


def outside(trial: Trial) -> Iterator[Problem]:
    """``hors de l'Union`` is not ``dans l'Union``."""
    added = _OUTSIDE.search(trial.claim.folded)
    if added and not any(_OUTSIDE.search(support.folded) for support in trial.supports):
        yield _error(
            "outside-turned",
            f"« {added.group()} » dit le contraire de l'extrait cité : la phrase est retirée.",
        )
    lost = _OUTSIDE.search(trial.closest.folded)
    if lost and not _OUTSIDE.search(trial.claim.folded):
        yield _warning(
            "outside-dropped",
            f"L'extrait cité dit « {lost.group()} », que cette phrase ne rapporte pas : à vérifier.",
        )


_OUTSIDE = re.compile(
    r"\b(?:hors(?! taxes?\b| tva\b| ht\b)|en dehors|a l'exterieur|excepte|hormis|a l'exclusion)\b"
)


def _denied(stem: str, reading: Reading) -> bool:
    return any(clause.denies and stem in clause.stems for clause in reading.clauses)


def conditions(trial: Trial) -> Iterator[Problem]:
    """A rule and its condition go together: ``sauf``, ``à condition``, ``si``, ``lorsque``."""
    if _HEDGED.search(trial.claim.folded):
        return
    for match in _CONDITION.finditer(trial.closest.folded):
        words = wording.stems(match.group("words"))
        if words and wording.covered(words, trial.claim.stems) < _CONDITION_KEPT:
            shown = f"{match.group('opening')}{match.group('words')}".strip()[:_SHOWN_CHARACTERS]
            yield _warning(
                "condition-dropped",
                f"L'extrait cité pose une condition (« {shown} … ») que cette phrase ne rapporte pas : à vérifier.",
            )
            return


_CONDITION = re.compile(
    r"(?P<opening>\b(?:sauf|a (?:la )?condition|a moins|sous reserve|des lors que|dans la mesure ou|dans la limite|tant que|(?<!y compris )lorsqu[e']"
    r"|(?<!indique )(?<!precise )\bsi|s'ils?|en cas"
    r"|dans (?:le|les) cas|a l'exception|dans les conditions|pourvu|des cas exceptionnels)\b)(?P<words>.*?)"
    r"(?=[;:.]\s|$|,\s(?=l'|le |la |les |il |ils |elle |un |une |celui)|\b(?:sauf|et dans la mesure|et si|lorsqu[e']|a condition)\b)"
)


def turned_conditions(trial: Trial) -> Iterator[Problem]:
    """``sauf si`` is not ``si``: where the words of a condition are kept, so is whether it makes the rule or sets it aside."""
    mine = [
        (bool(_EXCLUDING.match(one.group("opening"))), wording.stems(one.group("words")))
        for one in _CONDITION.finditer(trial.claim.folded)
    ]
    for match in _CONDITION.finditer(trial.closest.folded):
        excludes, words = bool(_EXCLUDING.match(match.group("opening"))), wording.stems(match.group("words"))
        kept = [
            opening
            for opening, said in mine
            if said and words and wording.covered(words, said) >= _CONDITION_COPIED
        ]
        if kept and excludes not in kept:
            shown = f"{match.group('opening')}{match.group('words')}".strip()[:_SHOWN_CHARACTERS]
            yield _error(
                "condition-turned",
                f"Cette phrase retourne la condition de l'extrait cité (« {shown} … ») : elle est retirée.",
            )
            return


_EXCLUDING = re.compile(r"sauf|a moins|a l'exception")
# Two conditions that share fewer words are not the same one.
_CONDITION_COPIED = 0.6
_HEDGED = re.compile(
    r"\b(?:sous (?:certaines )?conditions?|dans (?:certaines|les) conditions|sauf exceptions?|certains cas|sous reserve des? exceptions?)\b"
)
# Enough of a condition to recognise it in a message.
_SHOWN_CHARACTERS = 80


def exceptions(trial: Trial) -> Iterator[Problem]:
    """The sentence that follows the support takes part of it back, and is not cited."""
    for reading in trial.following:
        if _EXCEPTION.match(reading.folded):
            yield _warning(
                "exception-dropped",
                f"La phrase qui suit l'extrait cité y apporte une exception (« {reading.text[:_SHOWN_CHARACTERS]} … ») : à vérifier.",
            )


_EXCEPTION = re.compile(
    r"(?:toutefois|cependant|neanmoins|par (?:derogation|exception)|sauf|a l'exception|ce delai|ce seuil|cette (?:interdiction|obligation|faculte|regle"
    r"|disposition)|ces dispositions ne)\b"
)


def quantifiers(trial: Trial) -> Iterator[Problem]:
    """``tous``, ``toujours``, ``seul`` are neither added nor lost."""
    said = " ".join(support.folded for support in trial.supports)
    for pattern, name in _QUANTIFIERS:
        mine = pattern.search(trial.claim.folded)
        if mine and not pattern.search(said):
            yield _warning(
                "quantifier-added",
                f"« {mine.group().strip()} » n'est pas dans les extraits cités ({name}) : à vérifier.",
            )
    lost = _ONLY.search(trial.closest.folded)
    if lost and not _ONLY.search(trial.claim.folded):
        yield _warning(
            "restriction-dropped",
            f"L'extrait cité porte une restriction (« {lost.group().strip()} ») que cette phrase ne rapporte pas : à vérifier.",
        )


_ONLY = re.compile(
    r"\b(?:uniquement|seulement|exclusivement|seule?s?|strictement)\b(?! lot)|\bn(?:e |')(?:[a-z]+ ){1,3}qu(?:e\b|')"
)
_QUANTIFIERS = (
    (re.compile(r"\btou(?:s|t|tes?) (?!au long|ou partie|de meme|moyens?\b|e fait)"), "portée étendue"),
    (
        re.compile(
            r"\b(?:toujours|systematique\w*|automatique\w*|sans exception|en toute\w* \w+|dans tous les cas|de plein droit|quel(?:le)?s? que soi\w+"
            r"|inconditionnel\w*|librement|discretionnaire\w*|a sa guise|sans (?:aucune? )?(?:condition|limite|justification|restriction|motif|formalite)s?)"
        ),
        "portée absolue",
    ),
    (_ONLY, "portée exclusive"),
    (re.compile(r"\b(?:jamais|en aucun cas|aucunement|nullement)\b"), "négation absolue"),
)


def actors(trial: Trial) -> Iterator[Problem]:
    """Who does it to whom: the actors of the claim are those of its supports, in the same order."""
    mine = _cast(trial.claim.folded)
    known = {name for reading in (*trial.supports, *trial.labels) for name, _ in _cast(reading.folded)}
    for name, shown in mine:
        if name not in known:
            yield _warning(
                "other-actor", f"« {shown} » n'est pas désigné dans les extraits cités : à vérifier."
            )
            return
    theirs = _cast(trial.closest.folded)
    shared = {name for name, _ in mine} & {name for name, _ in theirs}
    order = [[name for name, _ in cast if name in shared] for cast in (mine, theirs)]
    if order[0] != order[1] and _voices(trial.claim.folded) == _voices(trial.closest.folded):
        yield _warning(
            "actors-swapped",
            "Cette phrase ne donne pas le même rôle que l'extrait cité à ceux qu'elle nomme : à vérifier.",
        )


_ACTORS = re.compile(
    r"\b(?:(?P<acheteur>acheteurs?|personnes? publiques?)|(?P<titulaire>titulaires?)|(?P<soustraitant>sous-traitants?)|(?P<candidat>candidats?"
    r"|soumissionnaires?)"
    r"|(?P<operateur>operateurs?(?: economiques?)?|entreprises?|fournisseurs?|societes?|prestataires?)|(?P<pouvoir>pouvoirs? adjudicateurs?)"
    r"|(?P<entite>entites? adjudicatrices?)"
    r"|(?P<responsable>responsables? (?:de|du) traitement)|(?P<concedant>autorites? concedantes?)|(?P<concessionnaire>concessionnaires?)|(?P<juge>juges?"
    r"|tribunal|juridictions?)"
    r"|(?P<administration>administrations?)|(?P<collectivite>collectivites?(?: territoriales?)?)|(?P<ministre>ministres?)|(?P<comptable>comptables?)"
    r"|(?P<creancier>creanciers?)"
    r"|(?P<personnes>personnes? concernees?)|(?P<client>clients?|commanditaires?))\b"
)
_VOICE = re.compile(rf"\bpar (?:l'|le |la |les |un |une )?(?:{_ACTORS.pattern.replace('?P<', '?P<by_')})")


def _cast(folded: str) -> list[tuple[str, str]]:
    """Who is named, in order of first appearance, with the words that name them."""
    seen: dict[str, str] = {}
    for match in _ACTORS.finditer(folded):
        seen.setdefault(str(match.lastgroup), match.group())
    return list(seen.items())


def _voices(folded: str) -> int:
    return len(_VOICE.findall(folded))


def opposites(trial: Trial) -> Iterator[Problem]:
    """A word of the claim whose opposite, and not itself, is in the supports."""
    said = " ".join(support.folded for support in trial.supports)
    for pair in _OPPOSITES:
        for mine, theirs in (pair, pair[::-1]):
            found = mine.search(trial.claim.folded)
            if (
                found
                and not mine.search(said)
                and theirs.search(said)
                and not theirs.search(trial.claim.folded)
            ):
                yield _error(
                    "opposite",
                    f"« {found.group()} » dit le contraire de l'extrait cité : la phrase est retirée.",
                )
    for one, other in (("avant", "apres"), ("apres", "avant")):
        if _moments(trial.claim.folded, one) & (_moments(said, other) - _moments(said, one)):
            yield _error(
                "opposite",
                f"« {_ACCENTED[one]} » dit le contraire de l'extrait cité : la phrase est retirée.",
            )


_ACCENTED = {"avant": "avant", "apres": "après"}


def _moments(folded: str, word: str) -> frozenset[str]:
    """What a text places before or after something: the first content word after each ``word``."""
    return frozenset(
        stem
        for match in re.finditer(rf"\b{word}\b(.{{0,40}})", folded)
        for stem in wording.stems(match.group(1))[:1]
    )


_OPPOSITES = tuple(
    (re.compile(rf"\b(?:{one})"), re.compile(rf"\b(?:{other})"))
    for one, other in (
        (r"gratui\w+", r"payant\w*|onereu\w+"),
        (r"accept(?!ation)\w+", r"refus\w+|rejet\w*"),
        (r"augment\w+", r"dimin\w+|redui\w+"),
        (r"electronique\w*|dematerialis\w+", r"papier|oral\w*"),
        (r"ecrit\w*", r"oral\w*|verbal\w*"),
        (r"public\b|publics\b|publique\w*", r"prives?\b|privee\w*"),
        (r"ouverte?s?\b", r"fermee?s?\b|restreinte?s?\b"),
        (r"inclu\w+|comprend\w*", r"exclu\w+"),
        (r"prealable\w*|anterieur\w*", r"posterieur\w*|ulterieur\w*"),
        (r"directement", r"indirectement"),
        (r"plus (?:avantageu|favorable|eleve)\w*", r"moins (?:avantageu|favorable|eleve)\w*"),
        (r"initial\w*", r"final\w*|definiti\w+"),
        (r"anormalement basse", r"anormalement (?:haute|elevee)"),
        (
            r"avec (?:mise en demeure|publicite|mise en concurrence|preavis|indemnit\w+)",
            r"sans (?:mise en demeure|publicite|mise en concurrence|preavis|indemnit\w+)",
        ),
    )
)


def near_copies(trial: Trial) -> Iterator[Problem]:
    """A claim that repeats its support but for a small word (``peut`` for ``doit``, ``avec`` for ``sans``) was changed there."""
    claim, support = trial.claim, trial.closest
    mine, theirs = wording.covered(claim.stems, support.stems), wording.covered(support.stems, claim.stems)
    if min(mine, theirs) < _COPY:
        return
    if _said(_SMALL_WORDS, claim) != _said(_SMALL_WORDS, support) or _said(_ACTORS, claim) - _said(
        _ACTORS, support
    ):
        yield _warning(
            "small-words-changed",
            "Cette phrase recopie l'extrait cité à un petit mot près, qui peut en changer le sens : à vérifier.",
        )


# Both ways; a paraphrase keeps fewer of its support's words.
_COPY = 0.85
_SMALL_WORDS = re.compile(
    r"\b(?:(?P<negation>ne|n(?='))|(?P<can>peu(?:t|vent)|pourr\w+|faculte|possib\w+|permet\w*|autoris\w+)|(?P<must>doi(?:t|vent)|devr\w+|tenu\w*|oblig\w+)"
    r"|(?P<without>sans)|(?P<with>avec)"
    r"|(?P<before>avant)|(?P<after>apres)|(?P<forbid>interdi\w+)|(?P<less>moins)|(?P<more>plus))\b"
)


def _said(pattern: re.Pattern[str], reading: Reading) -> Counter[str]:
    """How often a text says each of the named words of ``pattern``."""
    return Counter(str(match.lastgroup) for match in pattern.finditer(reading.folded))


def qualifiers(trial: Trial) -> Iterator[Problem]:
    """``le montant initial`` is not ``le montant``: a word that narrows what is counted is kept."""
    for noun, narrowing in _NARROWED.findall(trial.closest.folded):
        if wording.stem(noun) in trial.claim.stems and wording.stem(narrowing) not in trial.claim.stems:
            yield _warning(
                "qualifier-dropped",
                f"L'extrait cité dit « {noun} {narrowing} » ; cette phrase ne garde pas « {narrowing} » : à vérifier.",
            )
            return


_NARROWED = re.compile(
    r"\b([a-z]{4,}) ((?:initia|fina|annue|mensue|tota|globa|partie|princip|origina)(?:l|le|ls|les|ux|lle|lles)|estimee?s?|restante?s?|cumulee?s?"
    r"|ecrite?s?|motivee?s?|expres\w*|definiti\w+|equivalente?s?)\b"
)


def tenses(trial: Trial) -> Iterator[Problem]:
    """What is so today is not only to come."""
    mine = _FUTURE.search(trial.claim.folded)
    if mine and not any(_FUTURE.search(support.folded) for support in trial.supports):
        yield _warning(
            "tense-changed",
            f"« {mine.group()} » est au futur, et les extraits cités au présent : à vérifier.",
        )


# "devra" and "pourra" are the trade's own present.
_FUTURE = re.compile(r"\b(?!devr|pourr)[a-z]+(?:er|ir|dr|tr|vr|ser|aur|ier)(?:a|ont)\b")


def standings(trial: Trial) -> Iterator[Problem]:
    """Whether a text is in force is known from its dates, never from a claim."""
    said = " ".join(support.folded for support in trial.supports)
    for match in _STANDING.finditer(trial.claim.folded):
        if match.group() not in said:
            yield _warning(
                "standing-added",
                f"« {match.group()} » n'est pas dans les extraits cités, qui ne disent pas l'état de ce texte : à vérifier.",
            )
            return


_STANDING = re.compile(
    r"\b(?:en vigueur|abrog\w+|promulgu\w+|caduc\w*|caduque\w*|transpos\w+|(?:s'applique|applicables?)(?: deja| desormais| aujourd'hui| depuis)|desormais"
    r"|depuis peu|recemment|prochainement|bientot)\b"
)


def added_words(trial: Trial) -> Iterator[Problem]:
    """A claim that repeats its support and slips in a word of its own; or that names, in lower case, one whom nothing names ("par nuagia")."""
    known = [
        *(stem for support in trial.supports for stem in support.stems),
        *(stem for label in trial.labels for stem in label.stems),
    ]
    beginnings = frozenset(stem[:_BEGINNING] for stem in known)
    new = frozenset(stem for stem in trial.claim.stems if stem[:_BEGINNING] not in beginnings)
    if not new:
        return
    copies = max(wording.covered(support.stems, trial.claim.stems) for support in trial.supports) >= _REPEATED
    for word in re.findall(r"[a-z]+", trial.claim.folded) if copies else _BY_WHOM.findall(trial.claim.folded):
        if wording.stem(word) in new:
            yield _warning(
                "added-word",
                f"« {word[:_SHOWN_CHARACTERS]} » n'est pas dans les extraits cités : à vérifier.",
            )
            return


# Faithful claims of tests/generation/grounding_cases.toml that keep this share of their support's words bring none of their own.
_REPEATED = 0.7
_BEGINNING = 4
_BY_WHOM = re.compile(
    r"\b(?:par|chez|avec|via|selon|aupres de|comme|nomm\w+|appel\w+|dit) (?!l[ae]s?\b|des?\b|un\b|une\b|tout\w*\b)([a-z]{3,})"
)


def coverage(trial: Trial) -> Iterator[Problem]:
    """The content words of a claim, and of each of its clauses, come from its supports or their labels."""
    known = trial.stems | {stem for label in trial.labels for stem in label.stems}
    share = wording.covered(trial.claim.stems, known)
    if any(
        len(set(clause.stems)) >= _CLAUSE_WORDS and wording.covered(clause.stems, known) < LEAST_COVERAGE
        for clause in trial.claim.clauses
    ):
        yield _warning(
            "added-clause",
            "Un membre de cette phrase parle d'autre chose que les extraits cités : à vérifier.",
        )
    if share < LEAST_COVERAGE:
        yield _error(
            "far-wording", "Cette phrase parle d'autre chose que les extraits cités : elle est retirée."
        )
    elif share < SAFE_COVERAGE:
        yield _warning(
            "added-wording",
            "Une bonne part des mots de cette phrase ne viennent pas des extraits cités : à vérifier.",
        )


def _error(code: str, message: str) -> Problem:
    return Problem(code, message, severity=Severity.ERROR)


def _warning(code: str, message: str) -> Problem:
    return Problem(code, message)


CHECKS: tuple[Callable[[Trial], Iterator[Problem]], ...] = (
    instructions,
    language,
    links,
    quotations,
    empty,
    figures,
    stitched,
    counted,
    names,
    attribution,
    limits,
    figures_left_out,
    modality,
    negation,
    absences,
    outside,
    conditions,
    turned_conditions,
    exceptions,
    quantifiers,
    actors,
    opposites,
    near_copies,
    qualifiers,
    tenses,
    standings,
    added_words,
    coverage,
)
