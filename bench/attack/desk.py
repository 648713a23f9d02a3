"""What one does with documents on the page: drops them, has them reviewed and summarised, drafts, looks for clauses."""

import re
import secrets
from collections.abc import Sequence
from html import unescape

from assistant.drafting.clause_files import SUBJECTS
from bench.attack.material import MADE, text, zipped
from bench.attack.seen import Seen
from bench.attack.talk import Talk, rank

# Kinds of documents that he drops, all read without another program.
_DROPPED = (".txt", ".docx", ".pdf", ".odt", ".md", ".zip")
# Those that hold a whole contract, in which the review finds something.
_FAULTY = (".txt", ".md", ".zip")
_MOST_DOCUMENTS = 6
_SOURCE, _CHOICE, _BATCH = (
    re.compile(r'data-source="(\w+)"'),
    re.compile(r'<option value="([\w-]+)"'),
    re.compile(r'data-id="([\w-]+)"'),
)


class Desk:
    """A person's documents; ``documents`` holds the word that is his alone, by the town of each."""

    def __init__(self, seen: Seen, talk: Talk, documents: dict[str, str] | None = None) -> None:
        self._seen, self._talk, self._chance = seen, talk, seen.chance
        self.documents: dict[str, str] = {} if documents is None else documents

    def made(self, endings: Sequence[str] = _DROPPED) -> tuple[str, str, str, bytes]:
        """A document: its name, the town that it is about, the word in it that is his alone, its bytes."""
        ending, word = self._chance.choice(endings), f"ZQ{secrets.token_hex(5).upper()}ZQ"
        town = f"{self._seen.name.capitalize()}ville-{secrets.token_hex(3)}"
        self._seen.shared.add(self._seen.shared.words, self._seen.name, word)
        self._seen.shared.add(self._seen.shared.towns, self._seen.name, town)
        words = (
            f"{text(town)}\n\nArticle 6 - Accès\n\nLe code d'accès du local technique de {town} est {word}.\n"
        )
        name = f"contrat-{town}{ending}"
        if ending == ".zip":
            return name, town, word, zipped({f"pieces/contrat-{town}.txt": words})
        return (
            name,
            town,
            word,
            words.encode()
            if ending in (".txt", ".md")
            else MADE[ending](f"{town}. Le code d'accès du local technique de {town} est {word}"),
        )

    def add(self) -> None:
        if len(self.documents) >= _MOST_DOCUMENTS:
            self.remove()
        name, town, word, data = self.made()
        said = self._seen.do("ajout", "ajouter", jetons=self._dropped(name, data), collection="", nature="")
        followed = said.parts.get("ajout-suivi", "")
        if 'class="succes"' not in followed:
            self._seen.fault(f"« {name} » was not added: {followed[-600:]}")
            return
        self.documents[town] = word
        for source in _sources(said.parts.get("sources", ""), town):
            self._seen.shared.add(self._seen.shared.sources, self._seen.name, source)

    def _dropped(self, name: str, data: bytes) -> list[str]:
        token, refused = self._seen.person.deposit(name, data)
        if refused:
            self._seen.fault(f"« {name} » was refused: {refused}")
        return [token]

    def ask(self) -> None:
        """A question that one of his documents answers."""
        if self.documents:
            town, word = self._chance.choice(sorted(self.documents.items()))
            said = self._talk.ask(f"Quel est le code d'accès du local technique de {town} ?")
            self._seen.noted.own_found += word in said.parts.get("fil", "")

    def remove(self) -> None:
        if self.documents:
            town = self._chance.choice(sorted(self.documents))
            self.documents.pop(town)
            for source in _sources(self.listed(), town):
                self._seen.do("sources", "retirer", source=source)

    def look(self) -> None:
        sources = _SOURCE.findall(self.listed())
        if sources:
            self._seen.do("sources", "montrer", source=self._chance.choice(sources))

    def listed(self) -> str:
        """What the library shows of his documents."""
        return self._seen.do(
            "sources", "filtrer", mots="ville-", collection="", nature="", rang=rank()
        ).parts.get("sources", "")

    def review(self) -> None:
        name, _, _, data = self.made(_FAULTY)
        said = self._seen.do("controle-depot", "controler", jetons=self._dropped(name, data), jour="")
        found = re.search(
            r'data-source="(\w+)" data-start="(\d+)" data-end="(\d+)"', said.parts.get("constats", "")
        )
        if found is None:
            self._seen.fault(f"« {name} » has no finding: {said.parts.get('controle-suivi', '')[-400:]}")
            return
        self._seen.do("constats", "ouvrir", source=found[1], start=found[2], end=found[3])
        self._seen.do("constats", "exporter")

    def summarise(self) -> None:
        name, _, _, data = self.made()
        said = self._seen.do("synthese-depot", "resumer", jetons=self._dropped(name, data), chacun="")
        if "consultation" not in said.parts.get("synthese-suivi", ""):
            self._seen.fault(f"« {name} » was not summarised: {said.parts.get('synthese-suivi', '')[-400:]}")
        for batch in dict.fromkeys(_BATCH.findall(said.parts.get("syntheses", ""))):
            self._seen.do("syntheses", "montrer", id=batch)
            self._seen.do("syntheses", "supprimer", id=batch)

    def draft(self) -> None:
        picker = self._seen.do("choix", "vider").parts.get("choix", "")
        kits = _CHOICE.findall(picker or self._seen.person.shown.get("choix", ""))
        if kits:
            said = self._seen.do("choix", "ajouter", id=self._chance.choice(kits))
            fields = dict.fromkeys(
                re.findall(r'name="(champ-[\w-]+)" type="text"', said.parts.get("formulaire", "")),
                "Saint-Rémy",
            )
            self._seen.do("formulaire", "remplir", **fields, rang=rank())
            self._seen.do("fichiers", "relire", **fields, rang=rank())
            self._seen.do("fichiers", "ecrire", **fields, rang=rank())

    def clauses(self) -> None:
        wanted = self._chance.choice(
            (
                "pénalités de retard",
                "hébergement des données en Europe",
                "code d'accès du local technique",
                *SUBJECTS,
            )
        )
        said = self._seen.do("clauses-recherche", "trouver", mots=wanted, rang=rank())
        found = _BATCH.findall(said.parts.get("clauses-trouvees", ""))
        if found:
            self._seen.do("clauses-trouvees", "lire", id=self._chance.choice(found))


def _sources(listed: str, town: str) -> list[str]:
    """The sources of a list whose row speaks of a town, each once."""
    rows = [row for row in listed.split("<tr>") if town in unescape(row)]
    return list(dict.fromkeys(source for row in rows for source in _SOURCE.findall(row)))
