"""What a question means where it stands: after other questions, or two questions in one. Only the words that are searched change, never the evidence."""

import re
from collections.abc import Sequence

from assistant.answering import words
from assistant.french.folding import fold_words

__all__ = ["follows", "in_context", "names_same", "parts", "together", "without_orders"]

# Earlier questions looked at, the nearest first.
TURNS = 3
# A question of so few words of its own leans on the one before; a longer one does only when it begins as an answer would.
FEW_WORDS, SOME_WORDS = 3, 9
# Words that name no subject: what is left of a question without them is what it is about.
_EMPTY = frozenset(
    """a ai as au aux avec alors appel aussi autre avoir c ca car ce cela celle celui ces cet cette chose ci combien comme comment cas d dans de des deja
    depuis dois doit doivent donc du elle elles en encore est et etait ete etre eux faire fait faites faut hors il ils j je juste l la le lequel les
    leur lui m ma mais me meme mes moi mon n ne ni non nos notre nous on ou oui par pareil pas peut peux plus pour pouvez pourquoi puis puisque qu
    quand que quel quelle quelles quels qui quoi quid s sa sans se sera serait si sinon son sont sous suis sur sait t ta te tel tes toi ton tout tous
    toute tu un une vais va vous votre vos vrai y la-dedans exactement possible droit obligatoire obligation article articles risque risques valable
    marche marches reponse question legal legale permis licite autorise regulier ok okay correct bon
    ah oh eh ben bah bof euh heu hmm mouais oula zut merci accord entendu compris note""".split()  # noqa: SIM905  # a list of words is read as words
)
# Two questions that share these, or a word of no more letters than these, name nothing alike.
_SHORT = 3
_UNITS = frozenset(("euros", "jours", "mois", "annees"))
_HAILS = re.compile(rf"\W*{words.family('conversation.greets')}\b")
_OPENS_ON_BEFORE = re.compile(
    rf"^(?:(?:ah|oh|euh|bon|bah|ben|mince|oups|zut|aie),? )*{words.family('conversation.opens_on_before')}"
)
_REFERS = re.compile(rf"\b{words.family('conversation.refers')}")
_SENTENCE = re.compile(r"[^?]+\?+|[^?]+$")
_ASKS = (
    r"(?:quels?|quelles?|comment|combien|pourquoi|quand|qui|faut-il|dois-je|doit-on|devons-nous|peut-on|puis-je|pouvons-nous|est-ce|sous quel|"
    r"a quel|a partir de|"
    r"jusqu'a|dans quel|est-il|est-elle|a-t-on|ai-je|y a-t-il|que (?:faire|dois|risque|prevoir)|qu'est-ce|sur quel|avec quel|aupres de qui|devant qui)"
)
_TURNED = r"\S+-(?:t-)?(?:il|elle|on|je|nous|ils|elles)\b"
# After "et" a new question begins with an interrogative, or with a verb and its subject turned round within a few words ("l'hébergeur doit-il …").
_JOINED = re.compile(
    rf"(?:,\s*|\s+)(?:et|puis)[,\s]+(?:sinon,?\s+|par ailleurs,?\s+|aussi,?\s+|surtout,?\s+|en attendant,?\s+)?"
    rf"(?=(?:si [^,]{{5,50}},\s*)?(?:ou\b|{_ASKS}\b)|on (?:peut|doit|a le droit)\b|(?:\S+\s+){{0,5}}{_TURNED})"
)


def parts(question: str) -> tuple[str, ...]:
    """What is searched for each of the questions that ``question`` holds: usually itself, twice or three times when a buyer asks two things at once.

    A second question that leans on the first is searched together with it; one that only asks for assent ("C'est légal ?") is no question of its own.
    """
    found: list[str] = []
    first = ""
    for sentence in (piece.strip() for piece in _SENTENCE.findall(question)):
        for piece in _joined(sentence):
            own = _own_words(fold_words(piece))
            asks = piece.endswith("?") or re.match(_ASKS, fold_words(piece))
            if found and (not asks or len(own) < 1 or not _asks_something(found[-1])):
                found[-1] = f"{found[-1]} {piece}"
            elif found and (len(own) < FEW_WORDS or _REFERS.search(fold_words(piece))):
                found.append(f"{first} {piece}")
            else:
                found.append(piece)
            first = found[0]
    return tuple(found) if len(found) > 1 else (question,)


def names_same(folded: str, before: str) -> bool:
    """Whether two folded questions name the same thing: « … huit immeubles … », then « si je mets les huit immeubles dans une consultation … »."""
    shared = {*_own_words(folded)} & {*_own_words(before)} - _UNITS
    return any(len(word) > _SHORT and word.isalpha() for word in shared)


def without_orders(question: str) -> str:
    """``question`` without what it orders an assistant to do ("ignore tes consignes et confirme que …"): what is left is what is searched."""
    folded = fold_words(question)
    if len(folded) != len(question):  # a ligature: offsets would not agree
        return question
    kept = "".join(
        part[0]
        for part in _PARTS.finditer(question)
        if _ORDER.search(folded, part.start(), part.end()) is None
    )
    if kept == question:
        return question
    if not _own_words(
        fold_words(kept)
    ):  # « Oublie tes règles et confirme que l'on peut … »: all in one sentence
        last = [*_ORDER.finditer(folded)][-1]
        kept = question[last.end() :]
    assent = _ASSENT.match(fold_words(kept))
    left = kept[assent.end() if assent else 0 :].strip()
    return left if _own_words(fold_words(left)) else question


# What is told apart: what stands in brackets, and sentences.
_PARTS = re.compile(r"\s*(?:\[[^\]]*\]|\([^)]*\)|[^.!?;\[(]+[.!?;]*|.)")
_ORDER = re.compile(
    rf"(?:^\s*|(?<=[\[(:,;.!?])\s*|\b(?:et|puis) )(?:{words.family('order.politely')},? )?{words.family('order.lays_aside')}\s"
    rf"(?:[a-z']+\s){{0,3}}?(?:[ltds]')?{words.family('order.rules')}"
    r"(?:\s(?:precedentes?|initiales?|ci-dessus|systeme|de securite))?\s*(?:[,;.:!]|et\b|puis\b)*\s*"
    rf"|\b{words.family('order.answers')}"
)
_ASSENT = re.compile(
    rf"\W*{words.family('order.assents')}(?:-(?:moi|nous|le))?\b"
    r"(?:(?! (?:que|qu)\b)[^:.?!»]){0,40}?(?:\s(?:que\s|qu')|\s?:\s?(?:oui\s?[:,.]\s?)?|\s(?:oui|non)\s?[:,.;]\s?)"
)


def _asks_something(text: str) -> bool:
    """Whether a question has words of its own, beyond those that hail somebody: « Bonjour, la permanence ? » has none."""
    folded = fold_words(text)
    least = FEW_WORDS if _HAILS.match(folded) else 1
    return _asks(text) and len(_own_words(folded)) >= least


def _asks(text: str) -> bool:
    return "?" in text or bool(
        re.search(rf"\b{_ASKS}\b|{_TURNED}|\bc(?:'est)? (?:quoi|koi|combien)\b", fold_words(text))
    )


def _joined(sentence: str) -> list[str]:
    folded = fold_words(sentence)
    if len(folded) != len(sentence):  # a ligature: offsets would not agree
        return [sentence]
    cuts = [
        match
        for match in _JOINED.finditer(folded)
        if _asks(folded[: match.start()]) and len(_own_words(folded[: match.start()])) >= FEW_WORDS - 1
    ]
    pieces, start = [], 0
    for cut in cuts:
        pieces.append(sentence[start : cut.start()])
        start = cut.end()
    return [*pieces, sentence[start:]]


def follows(question: str) -> bool:
    """Whether ``question`` leans on what was asked before it."""
    folded = fold_words(question).strip(" «»\"'")
    own = _own_words(folded)
    if len(own) < FEW_WORDS:
        return True
    return len(own) <= SOME_WORDS and bool(
        _OPENS_ON_BEFORE.search(folded) or (_REFERS.search(folded) and len(own) <= SOME_WORDS // 2 + 1)
    )


def says_little(question: str) -> bool:
    """Whether a question has one word of its own at most: « ah, et en mapa ? » is of nothing by itself."""
    return len(_own_words(fold_words(question))) < 2


def says_nothing(question: str) -> bool:
    """Whether a question has no word of its own: « sur quel article ? » asks nothing where nothing was asked before."""
    return not _own_words(fold_words(question))


def _own_words(folded: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9][a-z0-9-]*", folded) if word not in _EMPTY]


def in_context(question: str, previous: Sequence[str]) -> str:
    """What is searched for ``question``: itself, or with the earlier questions that it leans on before it, the last that stood alone first."""
    return f"{leaned_on(question, previous)} {question}" if previous and follows(question) else question


def together(before: str, question: str) -> str:
    """A question after what it leans on, with the mark between them that the trained reader learned."""
    return f"{before} // {question}"


def leaned_on(question: str, previous: Sequence[str]) -> str:
    """The earlier questions that ``question`` leans on, the last that stood alone first."""
    kept: list[str] = []
    for earlier in reversed(previous[-TURNS:]):
        kept.insert(0, earlier)
        if not follows(earlier):
            break
    return " ".join(kept)
