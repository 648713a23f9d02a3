"""What numbers and facts show to be lawful: the trained reader, which does not count, is not heard against them.

Ground: CCP L2125-1, R2123-5, R2142-7, R2142-24, R2161-2, R2161-3, R2191-3, R2192-10, R2192-11.
"""

from collections.abc import Callable
from itertools import pairwise

from assistant.datatypes import Span
from assistant.figures import ceiling
from assistant.french.amounts import amounts
from assistant.french.dates import moments
from assistant.french.durations import durations
from assistant.review.limits import is_too_long
from assistant.review.text import Text
from assistant.tender.facts.payment import payment_delays

# What says that offers come by electronic means: five days fewer (R2161-3).
_ELECTRONIC = ("electroni", "dematerialis", "profil d'acheteur", "plateforme")

# So many characters lie at most between a word and the sum that is its own.
_BESIDE = 30
# What says that a grouping may be joint, and does not ask it.
_IF_JOINT = ("cas de groupement conjoint", "s'il est conjoint", "si le groupement est conjoint")
# What denies the word that follows it.
_WITHOUT = ("aucun ", "ni ", "ni de ", "pas de ", "sans ")

# What bears the colours of a country, and what says that a thing comes from one.
_FLAGS = ("drapeau", "pavillon", "blason", "cocarde")
_ORIGIN = (
    "assembl",
    "confection",
    "fabri",
    "made in",
    "manufactur",
    "origine",
    "produi",
    "provenan",
    "provien",
    "tissa",
    "tisse",
    "usine",
)


def payment_delay(text: Text, span: Span) -> bool:
    """Every delay of payment there is one that the buyer may give."""
    found = [one for one in payment_delays(text.view) if one.span.overlaps(span)]
    return bool(found) and not any(is_too_long(one, text) for one in found)


def time_to_answer(text: Text, span: Span) -> bool:
    """Two days there leave the time that any procedure asks for."""
    words = span.of(text.folded)
    days = sorted(one.day for one in moments(words))
    if not days[1:]:
        return False
    figure = "ao-ouvert-30" if any(word in words for word in _ELECTRONIC) else "ao-ouvert-papier-35"
    least = ceiling(figure, text.day)
    return all((after - before).days >= least for before, after in pairwise(days))


def turnover(text: Text, span: Span) -> bool:
    """A turnover of so many euros is no more times the one other sum of the text, its estimated value, than the law allows that day."""
    asked: set[float] = set()
    others: set[float] = set()
    for sentence in text.sentences:
        named = sentence.words.find("d'affaires")
        for amount in amounts(sentence.words):
            (asked if 0 <= named < amount.start else others).add(amount.euros)
    least = ceiling("chiffre-affaires-minimal", text.day)
    return bool(asked) and len(others) == 1 and max(asked) <= least * min(others)


def no_advance(text: Text, span: Span) -> bool:
    """Every sum before taxes in the text is under the one from which an advance is due; that one itself only names the rule."""
    found = [amount.euros for amount in amounts(text.folded) if amount.tax == "HT"]
    return bool(found) and max(found) < ceiling("abo-avance-obligatoire-50000", text.day)


def framework_of_networks(text: Text, span: Span) -> bool:
    """A contracting entity's framework agreement, which is not renewed, lasts the eight years that it may."""
    found = [length for duration in durations(text.folded) if (length := duration.months) is not None]
    renewed = any(word in text.folded.replace("sans reconduction", "") for word in ("reconduct", "renouvel"))
    most = 12 * ceiling("accord-cadre-entite-8-ans", text.day)
    return "entite adjudicatrice" in text.folded and not renewed and bool(found) and sum(found) <= most


def flags(text: Text, span: Span) -> bool:
    """What is French or European there is what a flag shows: nothing says where a thing comes from."""
    words = span.of(text.folded)
    return any(word in words for word in _FLAGS) and not any(word in text.folded for word in _ORIGIN)


def in_the_list(text: Text, span: Span) -> bool:
    """The list of the articles of the code is whole: what it does not find absent there (``cited_law``) exists."""
    return True


def maximum(text: Text, span: Span) -> bool:
    """A sum in euros is called the most: the framework agreement has its maximum."""
    return any(
        not before.endswith(_WITHOUT) and any(amount.start < _BESIDE for amount in amounts(after))
        for before, after in pairwise(span.of(text.folded).split("maxim"))
    )


def adapted(text: Text, span: Span) -> bool:
    """In an adapted procedure, and no other, the buyer may negotiate."""
    return "procedure adaptee" in text.folded and "appel d'offres" not in text.folded


def joint_agent(text: Text, span: Span) -> bool:
    """The agent of a grouping that is joint may be held liable for its members: no form is imposed."""
    words = span.of(text.folded)
    held = "mandataire" in words and "solidaire" in words
    return held and any(condition in words for condition in _IF_JOINT)


SETTLED: dict[str, Callable[[Text, Span], bool]] = {
    "accord-cadre-trop-long": framework_of_networks,
    "accord-cadre-sans-maximum": maximum,
    "article-inexistant": in_the_list,
    "avance-refusee": no_advance,
    "chiffre-affaires-disproportionne": turnover,
    "delai-paiement-excessif": payment_delay,
    "delai-reponse-trop-court": time_to_answer,
    "groupement-forme-imposee": joint_agent,
    "negociation-appel-offres": adapted,
    "origine-produits": flags,
}
"""By rule, whether a part of a document is lawful by its numbers or facts."""
