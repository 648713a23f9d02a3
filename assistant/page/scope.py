"""Where a question is looked for: in the law and all that one may read, in a collection, or in the pieces of a market."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.datatypes import Source
from assistant.documents.consultations import Consultation
from assistant.errors import AssistantError, NotIndexedError
from assistant.lines import beginning
from assistant.page.context import Site, collection_label
from assistant.page.markup import EMPTY, Markup, element, tag
from assistant.site import access
from assistant.site.rights import Right, may
from assistant.site.users import User

# The form of the question, which takes along the list, drawn outside of it.
QUESTION_FORM = "question-posee"
FIELD = "ou"
_COLLECTION, _MARKET = "c:", "m:"
_LONGEST_LABEL = 90


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question may look into: ``collections``, and of the buyer's documents those of ``files``, by their origins (empty: all).

    ``said``: what it is limited to, in French; empty where it is not.
    """

    collections: tuple[str, ...]
    files: tuple[str, ...] = ()
    said: str = ""


def chosen(site: Site, user: User, value: str) -> Scope:
    """The scope that a value of the list stands for.

    Raises:
        NotIndexedError: nothing is indexed, or what was chosen is not there any more, for that user at least.
        ForbiddenError: no collection is open to him.
    """
    collections = site.searchable(user)
    if value.startswith(_COLLECTION):
        name = value.removeprefix(_COLLECTION)
        if name not in collections:
            raise _gone("Cette collection")
        return Scope(
            (name,),
            _origins(site.workspace.shelf.sources((name,))),
            f"la collection « {collection_label(name)} »",
        )
    if value.startswith(_MARKET):
        market = with_piece(site.workspace.markets(collections), value.removeprefix(_MARKET))
        if market is None:
            raise _gone("Ce marché")
        return Scope(
            collections,
            _origins([piece.source for piece in market.pieces]),
            f"le marché « {beginning(market.name, _LONGEST_LABEL)} »",
        )
    return Scope(collections)


def with_piece(markets: Sequence[Consultation], source_id: str) -> Consultation | None:
    """The market that holds a document, or None."""
    return next(
        (market for market in markets if any(piece.source.id == source_id for piece in market.pieces)), None
    )


def within(site: Site, user: User, collection: str) -> tuple[str, ...]:
    """The collections that a screen looks into: those that the user may read, or the one of them that was chosen. Raises as ``Site.searchable``."""
    readable = site.searchable(user)
    return (collection,) if collection in readable else readable


def keeps(site: Site, user: User, ids: Collection[str]) -> bool:
    """Whether the user may say something of those documents for everybody who reads them: they are his own, or he keeps the library."""
    if may(user.role, Right.INDEX):
        return True
    own = {access.collection_of(user.name)}
    return bool(ids) and {
        held.source.id for held in site.workspace.all_sources() if set(held.collections) == own
    }.issuperset(ids)


def filter_by_collection(screen: str, chosen: str, names: Sequence[str], *others: Markup) -> Markup:
    """The form by which a screen is limited to a collection, and what else it is limited by."""
    options = [
        tag("option", "Toutes", value=""),
        *(tag("option", collection_label(name), value=name, selected=name == chosen) for name in names),
    ]
    field = tag("select", options, id=f"{screen}-collection", name="collection")
    return element(
        "form",
        {"data-changes": "filtrer", "data-event": "filtrer", "aria-label": "Choisir ce qui est montré"},
        tag("div", tag("label", "Collection", for_=f"{screen}-collection"), field, class_="portee")
        if len(names) > 1
        else None,
        *others,
    )


def choice(site: Site, user: User) -> Markup:
    """The list of what a question may be limited to; nothing where there is nothing to choose."""
    try:
        collections = site.searchable(user)
        markets = site.workspace.markets_at_hand(collections)
    except AssistantError:
        return EMPTY  # the question itself says what is missing
    if len(collections) < 2 and not markets:
        return EMPTY
    named = [tag("option", collection_label(name), value=f"{_COLLECTION}{name}") for name in collections]
    known = [
        tag("option", beginning(market.name, _LONGEST_LABEL), value=f"{_MARKET}{market.pieces[0].source.id}")
        for market in markets
    ]
    options = (
        tag("option", "le droit et tous mes documents", value=""),
        tag("optgroup", named, label="Une collection"),
        tag("optgroup", known, label="Un marché") if known else None,
    )
    field = element("select", {"id": "ou", "name": FIELD, "form": QUESTION_FORM, "data-kept": True}, options)
    return tag("div", tag("label", "Chercher dans", for_="ou"), field, class_="portee")


def _origins(sources: Sequence[Source]) -> tuple[str, ...]:
    return tuple(source.origin for source in sources)


def _gone(what: str) -> NotIndexedError:
    return NotIndexedError(
        f"{what} n'est plus dans la bibliothèque.",
        "Choisissez où chercher dans la liste, au-dessus de la question, puis posez-la de nouveau.",
    )
