"""What one person does on the page, drawn from a seeded chance, and what is there of it at the end."""

import random
from collections.abc import Callable

from assistant.site.rights import Right, Role, may
from bench.attack.desk import Desk
from bench.attack.person import Person
from bench.attack.seen import Noted, Seen, Shared
from bench.attack.talk import Talk


class Visitor:
    """A person at work."""

    def __init__(
        self, person: Person, role: Role, shared: Shared, chance: random.Random, noted: Noted
    ) -> None:
        self.chance, self._noted, self._person = chance, noted, person
        self._seen = Seen(person, role, shared, chance, noted)
        talk = self._talk = Talk(self._seen)
        desk = self._desk = Desk(self._seen, talk)
        self._uploads = may(role, Right.UPLOAD)
        everybody = ((talk.of_the_law, 6), (talk.of_another, 4), (talk.begin_anew, 2), (talk.choose, 2), (talk.search, 2), (talk.delete, 1), (talk.export, 1),
                     (desk.clauses, 2), (desk.look, 1), (self.try_anothers, 3), (self.reload, 2), (self.sign_in_again, 1))  # fmt: skip
        who_uploads = (
            (desk.ask, 3),
            (desk.add, 3),
            (desk.remove, 1),
            (desk.review, 1),
            (desk.summarise, 1),
            (desk.draft, 1),
        )
        self._actions: list[tuple[Callable[[], None], int]] = [
            *everybody,
            *(who_uploads if self._uploads else ()),
        ]

    def begin(self) -> None:
        """Opens the page, and drops a first document."""
        self._guarded(self.reload)
        if self._uploads:
            self._guarded(self._desk.add)

    def act(self) -> str:
        """Does one thing; its name."""
        return self._guarded(
            self.chance.choices([one for one, _ in self._actions], [weight for _, weight in self._actions])[0]
        )

    def _guarded(self, action: Callable[[], None]) -> str:
        name = action.__qualname__
        try:
            action()
        except Exception as error:  # whatever it is, the trial tells it
            self._seen.fault(f"{name}: {type(error).__name__}: {error}"[:700])
        self._noted.actions[name] += 1
        return name

    def reload(self) -> None:
        """The page opened anew."""
        self._seen.looked_at(
            self._person.open(
                without=("journal",) if self._seen.name in self._seen.shared.administrators else ()
            ),
            "opened",
        )
        self._talk.leave()

    def sign_in_again(self) -> None:
        self._person.sign_out()
        self._person.sign_in()
        self.reload()

    def try_anothers(self) -> None:
        """Presses buttons that the page never drew, with ids of others."""
        shared, name = self._seen.shared, self._seen.name
        source, conversation = (
            shared.another(what, name, self.chance) for what in (shared.sources, shared.conversations)
        )
        for panel, event in (
            ("fil", "ouvrir"),
            ("sources", "montrer"),
            ("sources", "retirer"),
            ("clauses-trouvees", "lire"),
            ("marches", "montrer"),
        ):
            self._seen.do(panel, event, source=source, start="0", end="60", id=f"{source}:0")
        if conversation:
            said = self._seen.do("conversations", "choisir", id=conversation)
            self._talk.leave()
            if '<article class="tour"' in said.parts.get("fil", ""):
                self._noted.leaks.append(f"{name}: a conversation of another was opened")

    def check(self) -> None:
        """At the end: every conversation with every question, every document, in a page opened anew."""
        self._guarded(self.reload)
        for conversation in self._talk.kept:
            self._talk.expect(conversation)
        if self._uploads:
            listed = self._desk.listed()
            lost = [town for town in self._desk.documents if town not in listed]
            if lost:
                self._noted.lost.append(f"{self._seen.name}, documents: {lost}")
