"""The words of a sentence, made comparable: folded, stemmed, cut into clauses."""

import re
import unicodedata
from collections.abc import Iterable

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_WORD = re.compile(r"[a-z]+")
# Words that carry no content of their own. Modal verbs and negations are here too: they are judged apart.
_EMPTY_WORDS = """a ai ait alors apres au aucun aucune aussi autre autres aux avec avoir avant ayant c ce ceci cela celle celles celui ces cet cette ceux
chaque ci comme comment d dans de des
    dont du donc elle elles en entre est et etaient etait etant etc ete etre eux il ils j je jamais l la le les leur leurs lors lorsque lui m mais me meme
    memes mes moins n ne ni non
    nos notre nous on ont ou par pas pendant peut peuvent pourra pourront plus plusieurs point pour puis qu quand que quel quelle quelles quels qui quoi s
    sa sans sauf se selon sera seront
    ses si soient soit son sont sous sur t tandis tant tel telle telles tels tout toute toutes tous toutefois tres un une vers y dit dite ainsi afin
    notamment doit doivent devra devront dois
    vous votre vos faire fait font fasse cas echeant article articles alinea droit peux contre chez depuis jusqu jusque lequel laquelle lesquels dudit
    ledit ladite lesdits
    permet permettent permis possible autorise autorisee autorises autorisees interdit interdite interdits interdites tenu tenue tenus tenues obligatoire
    condition conditions reserve
    euro euros ht ttc taxe taxes hors comprises uniquement seulement exclusivement seul seule seuls seules toujours systematiquement prevu prevue prevus prevues
    superieur superieure superieurs superieures inferieur inferieure inferieurs inferieures depasse depasser depassent excede exceder egal egale egaux
    minimal minimale maximal maximale
    lorsqu puisqu quoiqu jusqu million millions milliard milliards
    minimum maximum jour jours mois an ans annee annees heure heures semaine semaines"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
# Two ways of saying one thing, in the trade's usage. By stem; each row's first word stands for the others.
_SAME = (
    ("exige", "impos", "exigen", "impose"),
    ("conclu", "passer", "passe", "passes", "passat", "conclur"),
    ("precis", "identi"),
    ("sousse", "justif"),
    ("contra", "marche"),
    ("delai", "duree", "dure", "durer"),
    ("modifi", "modif"),
    ("exclu", "exclur", "exclus", "ecarte", "elimin"),
    ("fourni", "produi", "remett"),
    ("rembou", "restit"),
    ("choisi", "choix"),
    ("pertin", "adapt"),
    ("plusie", "plural"),
    ("pays", "territ"),
    ("menti", "refere"),
)
_FIRST = {word: row[0] for row in _SAME for word in row[1:]}
_STEM_LETTERS = 6
_ENDINGS = re.compile(r"(?:ements?|ement|ations?|ation|ees|ee|es|er|ent|ant|s|e|x)$")

_CONNECTORS = (
    r"lorsqu[e']|si\b|s'ils?\b|sauf|a (?:la )?condition|a moins|sous reserve|sous condition|des lors|dans la mesure ou|dans la limite|tant que|toutefois"
    r"|mais\b|tandis|alors que|"
    r"y compris|ce qui|dans les cas|en cas|pourvu|a l'exception|et (?:ne |n'|peut|peuvent|doit|doivent|est|sont)"
)
_CLAUSE = re.compile(rf"[;:.!?](?:\s|$)|,?\s(?=(?:{_CONNECTORS}))")

# "Lorsque …, l'acheteur …": a condition in front ends at the comma before the subject of the main clause.
_OPENS_CONDITION = r"(?:lorsqu[e']|si\b|s'ils?\b|sauf|des lors|tant que|dans l'hypothese|a moins)"
_SUBJECT = r"(?:l'|les? |la |ils? |elles? |sa |son |ce |cet |cette |ces |celui|un |une )"
_FRONTED = re.compile(
    rf"^({_OPENS_CONDITION}[^,]*(?:, (?:et|ou|en|dans|au|notamment)[^,]*)*),\s(?={_SUBJECT})"
)


def plain(text: str) -> str:
    """One kind of space, dash, apostrophe; case and accents kept."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("œ", "oe").replace("Œ", "OE")
    return re.sub(r"\s+", " ", _DASHES.sub("-", text)).strip()


def words(folded_text: str) -> tuple[str, ...]:
    """The words of a folded text, digits stuck to letters included."""
    return tuple(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", folded_text)) + tuple(
        re.findall(r"[a-z0-9]+", folded_text)
    )


def stem(word: str) -> str:
    """A crude stem of a folded word: its usual endings off, then its first six letters. Two forms of one word meet; that is all it is for."""
    short = _ENDINGS.sub("", word) if len(word) > _STEM_LETTERS - 1 else word.rstrip("sx")
    short = (short if len(short) >= 3 else word)[:_STEM_LETTERS]
    return _FIRST.get(short, short)


def stems(folded_text: str) -> tuple[str, ...]:
    """Stems of the words with a content, in order."""
    return tuple(stem(word) for word in _WORD.findall(folded_text) if word not in _EMPTY and len(word) > 2)


def clauses(folded_text: str) -> tuple[str, ...]:
    """The clauses of a folded text: cut at strong punctuation, before what opens a condition or an opposition, after a condition that comes first."""
    pieces = (piece.strip() for piece in _CLAUSE.split(folded_text) if piece)
    return tuple(part for piece in pieces for part in _FRONTED.sub(r"\1\n", piece).split("\n") if part)


def covered(words: Iterable[str], by: Iterable[str]) -> float:
    """Share (0 to 1) of the distinct stems ``words`` that stand in ``by``, a common beginning of five letters being enough. 1 for no words."""
    distinct, known = set(words), set(by)
    if not distinct:
        return 1.0
    beginnings = {word[:5] for word in known if len(word) >= 5}
    return sum(word in known or (len(word) >= 5 and word[:5] in beginnings) for word in distinct) / len(
        distinct
    )
