"""Questions: a conversation, its answers with their marks, and the source of each mark beside it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import gradio as gr

from assistant.datatypes import Answer, Claim, Position
from assistant.documents.workbook import workbook
from assistant.errors import AssistantError
from assistant.export import position_label
from assistant.kept_answer import KeptAnswer, KeptClaim, KeptProblem
from assistant.page import answers, copies, downloads, proofs, scope, sources
from assistant.page.context import Site, number, word
from assistant.page.days import day, day_field
from assistant.page.events import UNCHANGED, Event, Events, Part, Visit
from assistant.page.markup import (
    EMPTY,
    Content,
    Markup,
    button,
    element,
    empty,
    error,
    tag,
    taken,
    text,
    typeset,
)
from assistant.site import conversation_export
from assistant.site.access import without_paths
from assistant.site.conversations import Conversation, Turn
from assistant.site.journal import Action
from assistant.site.rights import Right

EXAMPLES = (
    "Peut-on exclure un fournisseur américain parce qu'il est soumis au Cloud Act ?",
    "Comment imposer que les données et le support restent dans l'Union européenne ?",
    "Une collectivité est-elle obligée d'exiger SecNumCloud ?",
)
HOW_TO_CHECK = "Cliquez sur la marque d'une réponse : la phrase citée s'ouvre à côté, surlignée sur sa page, ou dans le texte de son article."
NO_CONVERSATION = "Vos conversations seront gardées ici : vous pourrez les renommer, les chercher, les exporter et les supprimer."
LONGEST_QUESTION = 4_000
# What a follow-up leans on was said just before; older turns only lead astray.
_TURNS_IN_MIND = 4
_OPEN = ("focusOn", "source")
_SHOW = ("showLast", "#fil .tour")


def screen(site: Site, events: Events) -> Part:
    """Builds the screen in its tab; returns the part where sources are opened."""
    asks = _Screen(site)
    current = events.state("conversation", "", carried=True)
    with gr.Row(elem_classes="trois-colonnes"):
        with gr.Column(scale=2, min_width=210):
            listed = events.part(EMPTY, "conversations")
        with gr.Column(scale=6, min_width=380):
            thread = events.part(_welcome(), "fil")
            workbook = events.part(EMPTY, "classeur-de-liste")
            copied = events.part(EMPTY, "copie")
            scopes = events.part(EMPTY, "portee")
            composer = events.part(_composer(), "composer")
        with gr.Column(scale=5, min_width=340):
            events.part(tag("h2", "Source"), "titre-de-source")
            source = events.part(EMPTY, "source")
    composer.on("demander", asks.ask, [current], [thread, current, listed], then=_SHOW)
    thread.on("exemple", asks.ask, [current], [thread, current, listed], then=_SHOW)
    thread.on("arreter", asks.stop, [current], [thread], stops=["composer/demander", "fil/exemple"])
    thread.on("ouvrir", asks.open, shows=[source], then=_OPEN)
    thread.on("juger", asks.judge, [current], [thread])
    thread.on("utile", asks.useful, [current], [thread])
    thread.on("renommer", asks.rename, [current], [thread, listed])
    thread.on("supprimer", asks.delete, [current], [thread, current, listed, source])
    thread.on("exporter", asks.export, [current], [thread])
    thread.on(proofs.EVENT, asks.proof, [current], [thread], then=_SHOW)
    thread.on("copier", asks.copied, [current], [copied], then=("copy", copied.id))
    thread.on("classeur", asks.workbook, [current], [workbook], then=downloads.saves(workbook.id))
    source.on("ouvrir", asks.open, shows=[source], then=_OPEN)
    source.on("tourner", asks.open, shows=[source], then=_OPEN)
    source.on("fermer", lambda: EMPTY, shows=[source], then=("giveBack",))
    listed.on("choisir", asks.choose, shows=[thread, current, listed, source])
    listed.on("nouvelle", asks.new, shows=[thread, current, listed, source])
    listed.on("chercher", asks.search, [current], [listed], latest=True)
    events.at_opening(asks.opened, [thread, current, listed], given=[current], then=_SHOW)
    events.at_opening(asks.scopes, [scopes])
    events.when_chosen(
        "questions", asks.scopes, [], [scopes]
    )  # documents may have come, gone or been put together on another screen
    return source


# What the file of judgements says of an answer that served.
_USEFUL = "utile"
# The fields of a judgement: why, the position that would be right, the article that says so.
_JUDGEMENT = ("pourquoi", "attendu", "article")


class _Screen:
    """What the screen does when it is asked."""

    def __init__(self, site: Site) -> None:
        self._site = site

    # ---- asking -----------------------------------------------------------------------------------------------------------------

    def ask(self, current: str, event: Event, visit: Visit) -> Iterator[tuple[Any, Any, Any]]:
        """Yields the thread as the answer arrives: the place in the queue, the extracts, each claim, the whole."""
        data = event.data
        question = " ".join(word(data, "question", LONGEST_QUESTION + 1).split())
        kept = self._site.conversations
        conversation, asked, unkept = Conversation.empty(), _question(question), EMPTY
        try:
            user = self._site.person(visit, Right.ASK)
            conversation = kept.open(user.name, current) or conversation
            listed = self._list(user.name, current)
            if not question:
                raise AssistantError("La question est vide.", "Écrivez-la, puis Entrée.")
            as_of, where = (
                day(word(data, "jour", 20)),
                scope.chosen(self._site, user, word(data, scope.FIELD, 120)),
            )
            with self._site.turns.taken(user.name) as turn:
                said = 0
                while before := turn.wait():
                    # What is shown already is not sent again; a step all the same, at which a stop takes effect.
                    unchanged = (UNCHANGED, UNCHANGED, UNCHANGED)
                    yield (
                        unchanged
                        if before == said
                        else (self._thread(conversation, asked, _waiting(before)), current, listed)
                    )
                    said = before
                yield (
                    self._thread(conversation, asked, _working("Recherche dans les textes indexés…")),
                    current,
                    listed,
                )
                for shown, final in self._answering(question, as_of, where, conversation):
                    if final is None:
                        yield (
                            self._thread(
                                conversation,
                                asked,
                                shown,
                                _working("La réponse s'écrit, chaque affirmation est contrôlée…"),
                            ),
                            current,
                            listed,
                        )
                    else:
                        conversation, unkept = self._kept(user.name, conversation, Turn(question, final))
                        current = current if unkept else conversation.id
        except AssistantError as failure:
            again = _again(question) if question else None
            yield (
                self._thread(
                    conversation, asked if question else None, error(failure.message, failure.hint), again
                ),
                current,
                self._list(visit.name, current),
            )
            return
        yield self._answered(conversation, unkept), current, self._list(user.name, current)

    def _kept(self, owner: str, conversation: Conversation, turn: Turn) -> tuple[Conversation, Markup]:
        """The conversation with one more turn; what was answered is shown even where it cannot be kept, and why."""
        try:
            self._site.journal.record(owner, Action.ASK, question=turn.question, answer=turn.answer)
            return self._site.conversations.add(owner, conversation, turn), EMPTY
        except AssistantError as failure:
            said = error(
                f"Cette réponse n'est pas gardée : elle disparaîtra avec la page. {without_paths(failure.message)}",
                failure.hint,
            )
            return replace(conversation, turns=(*conversation.turns, turn)), said

    def _answering(
        self, question: str, as_of: date | None, where: scope.Scope, conversation: Conversation
    ) -> Iterator[tuple[Markup, KeptAnswer | None]]:
        found: list[KeptClaim] = []
        previous = tuple(turn.question for turn in conversation.turns[-_TURNS_IN_MIND:])
        answerer = self._site.workspace.answerer()
        for event in answerer.stream(
            question, as_of=as_of, collections=where.collections, previous=previous, scope=where.files
        ):
            if isinstance(event, Answer):
                yield EMPTY, _within(KeptAnswer.of(event), where)
            elif isinstance(event, Claim):
                found.append(KeptClaim.of(event))
                yield answers.claims(found), None
            else:
                yield tag("p", f"{len(event)} extraits trouvés."), None

    def stop(self, current: str, visit: Visit) -> Markup:
        """The thread once the answer was stopped: what was asked is not kept."""
        conversation = self._site.conversations.open(visit.name, current) or Conversation.empty()
        return self._thread(
            conversation,
            tag(
                "p",
                "Réponse arrêtée à votre demande. Rien n'en est gardé.",
                class_="avertissement",
                role="status",
            ),
        )

    # ---- sources ----------------------------------------------------------------------------------------------------------------

    def open(self, event: Event, visit: Visit) -> Markup:
        """A quote where it stands."""
        return sources.opened(self._site, event, visit)

    # ---- conversations ----------------------------------------------------------------------------------------------------------

    def choose(self, event: Event, visit: Visit) -> tuple[Markup, str, Markup, Markup]:
        """A kept conversation, opened."""
        owner = visit.name
        conversation = (
            self._site.conversations.open(owner, word(event.data, "id", 64)) or Conversation.empty()
        )
        return self._thread(conversation), conversation.id, self._list(owner, conversation.id), EMPTY

    def new(self, visit: Visit) -> tuple[Markup, str, Markup, Markup]:
        """An empty conversation."""
        return _welcome(), "", self._list(visit.name, ""), EMPTY

    def search(self, current: str, event: Event, visit: Visit) -> Markup:
        """The conversations that hold some words."""
        return self._list(visit.name, current, word(event.data, "mots", 200))

    def opened(self, current: str, visit: Visit) -> tuple[Markup, str, Markup]:
        """The conversation that the page had open, as it is loaded again, and every one of the visitor."""
        try:
            conversation = self._site.conversations.open(visit.name, current) or Conversation.empty()
        except AssistantError:
            conversation = Conversation.empty()  # the list says why
        return self._answered(conversation), conversation.id, self._list(visit.name, conversation.id)

    def rename(self, current: str, event: Event, visit: Visit) -> tuple[Markup, Markup]:
        """The conversation under another name."""
        owner = visit.name
        self._site.conversations.rename(owner, current, word(event.data, "titre", 120))
        return self._thread(
            self._site.conversations.open(owner, current) or Conversation.empty()
        ), self._list(owner, current)

    def delete(self, current: str, visit: Visit) -> tuple[Markup, str, Markup, Markup]:
        """The conversation erased."""
        self._site.conversations.delete(visit.name, current)
        return self.new(visit)

    def export(self, current: str, visit: Visit) -> Markup:
        """The conversation with the links that save it."""
        conversation = self._site.conversations.open(visit.name, current) or Conversation.empty()
        try:
            self._site.journal.record(visit.name, Action.EXPORT, detail="conversation")
            return self._thread(
                conversation, tag("div", _exports(conversation), role="status", class_="exports")
            )
        except AssistantError as failure:
            return self._thread(conversation, error(failure.message, failure.hint))

    def proof(self, current: str, event: Event, visit: Visit) -> Markup:
        """The thread with the file of evidence of one of its answers."""
        conversation = self._site.conversations.open(visit.name, current) or Conversation.empty()
        turn = _turn_of(conversation, event)
        try:
            if turn is None:
                raise AssistantError("Cette réponse n'est plus là.", "Rouvrez la conversation.")
            user = self._site.person(visit, Right.ASK)
            packed = self._site.workspace.proof_of_answer(turn.answer, self._site.searchable(user))
            self._site.journal.record(user.name, Action.EXPORT, detail="dossier de preuve d'une réponse")
            return self._thread(
                conversation, tag("div", proofs.given(packed, turn.question), role="status", class_="exports")
            )
        except AssistantError as failure:
            return self._thread(conversation, error(failure.message, failure.hint))

    def copied(self, current: str, event: Event, visit: Visit) -> Markup:
        """An answer as text, which the browser copies."""
        turn = _turn_of(self._site.conversations.open(visit.name, current) or Conversation.empty(), event)
        if turn is None:
            return error("Cette réponse n'est plus là.", "Rouvrez la conversation.")
        return copies.given(conversation_export.note(turn), "La réponse et ses références sont copiées.")

    def workbook(self, current: str, event: Event, visit: Visit) -> Markup:
        """The workbook of a list."""
        owner = visit.name
        conversation = self._site.conversations.open(owner, current) or Conversation.empty()
        turn = _turn_of(conversation, event)
        if turn is None or turn.answer.rows is None:
            return error("Cette liste n'est plus là.", "Posez de nouveau la question.")
        try:
            self._site.journal.record(owner, Action.EXPORT, detail="liste")
        except AssistantError as failure:
            return error(failure.message, failure.hint)
        name = downloads.file_name(turn.question, ".xlsx")
        return downloads.saved_at_once(name, workbook(turn.question, turn.answer.rows), downloads.XLSX)

    def scopes(self, visit: Visit) -> Markup:
        """Where a question may be looked for, as the library is now."""
        try:
            return scope.choice(self._site, self._site.person(visit, Right.ASK))
        except AssistantError:
            return EMPTY  # the question itself says why

    def judge(self, current: str, event: Event, visit: Visit) -> Markup:
        """« Ce n'est pas juste »: the question joins the evaluation set, or waits for someone to say what the answer is."""
        data = event.data
        thanks = "Merci : votre avis est gardé, et cette question servira à mesurer l'assistant."
        return self._judged(
            current,
            event,
            visit,
            word(data, "attendu", 40),
            word(data, "article", 80),
            word(data, "pourquoi", 2_000),
            thanks,
        )

    def useful(self, current: str, event: Event, visit: Visit) -> Markup:
        """« Utile »: the position that was answered is held for right."""
        turn = _turn_of(self._site.conversations.open(visit.name, current) or Conversation.empty(), event)
        position = turn.answer.position.value if turn else ""
        return self._judged(
            current, event, visit, position, "", _USEFUL, "Merci : cette réponse est notée utile."
        )

    def _judged(
        self, current: str, event: Event, visit: Visit, expected: str, article: str, why: str, thanks: str
    ) -> Markup:
        owner = visit.name
        conversation = self._site.conversations.open(owner, current) or Conversation.empty()
        turn = _turn_of(conversation, event)
        if turn is None:
            return self._thread(
                conversation, error("Cette réponse n'est plus là.", "Rouvrez la conversation.")
            )
        self._site.journal.record(owner, Action.QUESTION, question=turn.question)
        self._site.judgements.add(owner, turn.question, turn.answer, expected, article, why)
        said = tag("p", thanks, class_="succes", role="status")
        place, values = number(event.data, "tour"), (why, expected, article)
        fields = (_judged_in(conversation.id, place, field) for field in _JUDGEMENT)
        return self._thread(conversation, said, taken(dict(zip(fields, values, strict=True))))

    # ---- showing ----------------------------------------------------------------------------------------------------------------

    def _list(self, owner: str, current: str, words: str = "") -> Markup:
        try:
            kept = self._site.conversations.listed(owner, words)
        except AssistantError as failure:
            return text((tag("h2", "Conversations"), error(without_paths(failure.message), failure.hint)))
        entries = [
            tag(
                "li",
                button(
                    one.title,
                    "choisir",
                    {"id": one.id},
                    class_="conversation",
                    aria_current="true" if one.id == current else None,
                ),
                tag("span", one.when, class_="discret"),
            )
            for one in kept
        ]
        nothing = "Aucune conversation ne contient ces mots." if words else NO_CONVERSATION
        return text(
            (
                tag("h2", "Conversations"),
                button("Nouvelle conversation", "nouvelle", class_="secondaire large"),
                element(
                    "form",
                    {"data-changes": "chercher", "data-event": "chercher", "role": "search"},
                    tag("label", "Chercher dans mes conversations", for_="mots"),
                    tag("input", id="mots", name="mots", type="search", value=words, maxlength=200),
                ),
                tag("ul", entries, class_="liste") if entries else tag("p", nothing, class_="vide"),
            )
        )

    def _answered(self, conversation: Conversation, unkept: Markup = EMPTY) -> Markup:
        """The thread once the last question has its answer: only then is it taken out of the field where it was typed."""
        asked = taken({"question": conversation.turns[-1].question}) if conversation.turns else EMPTY
        return text((self._thread(conversation, unkept), asked))

    def _thread(self, conversation: Conversation, *more: Content) -> Markup:
        if not conversation.turns and not any(more):
            return _welcome()
        turns = [_turn(conversation.id, place, turn) for place, turn in enumerate(conversation.turns)]
        last = tag("div", more, class_="tour en-cours") if any(more) else None
        return _scrolled(
            _head(conversation) if conversation.id else tag("h2", "Questions et réponses"), turns, last
        )


def _turn_of(conversation: Conversation, event: Event) -> Turn | None:
    """The turn that a button of the thread speaks of, None once it is gone."""
    place = number(event.data, "tour", -1)
    return conversation.turns[place] if 0 <= place < len(conversation.turns) else None


def _within(answer: KeptAnswer, where: scope.Scope) -> KeptAnswer:
    """An answer that says what it was limited to, where it was."""
    if not where.said:
        return answer
    return replace(
        answer, problems=(*answer.problems, KeptProblem("portee", f"Cherché seulement dans {where.said}."))
    )


def _scrolled(*content: Content) -> Markup:
    """The thread: it scrolls by itself, so that the field where one writes stays in sight."""
    return tag("div", content, class_="defilant", tabindex="0", role="region", aria_label="Conversation")


def _exports(conversation: Conversation) -> Markup:
    name = downloads.file_name(conversation.title, "")
    return text(
        (
            downloads.link(
                "Enregistrer en ODT",
                f"{name}.odt",
                conversation_export.office_file(conversation, "odt"),
                downloads.ODT,
            ),
            downloads.link(
                "Enregistrer en DOCX",
                f"{name}.docx",
                conversation_export.office_file(conversation, "docx"),
                downloads.DOCX,
            ),
            downloads.link(
                "Enregistrer en Markdown",
                f"{name}.md",
                conversation_export.markdown(conversation).encode(),
                downloads.MARKDOWN,
            ),
        )
    )


def _welcome() -> Markup:
    return _scrolled(
        tag("h2", "Questions et réponses"),
        empty(
            "Posez une question de commande publique.",
            "L'assistant répond avec les mots exacts des textes indexés. Par exemple :",
        ),
        tag(
            "ul",
            [
                tag("li", button(one, "exemple", {"question": one, "form": "composer"}, class_="exemple"))
                for one in EXAMPLES
            ],
            class_="exemples",
        ),
        tag("p", typeset(HOW_TO_CHECK), class_="discret"),
    )


def _composer() -> Markup:
    fields = (
        tag(
            "div",
            tag("label", "Votre question", for_="question"),
            tag("span", "Attendez la fin de la réponse, ou arrêtez-la.", role="status", class_="attente"),
            tag(
                "span", "Entrée pour envoyer, Maj + Entrée : à la ligne", id="question-aide", class_="discret"
            ),
            class_="intitule",
        ),
        tag(
            "div",
            tag(
                "textarea",
                id="question",
                name="question",
                rows=2,
                required=True,
                maxlength=LONGEST_QUESTION,
                data_enter=True,
                data_kept=True,
                aria_describedby="question-aide",
            ),
            tag("button", "Envoyer", type="submit", class_="principal"),
            class_="ecrire",
        ),
        day_field("jour", "jour", "Droit en vigueur le", left_empty="aujourd'hui", is_kept=True),
    )
    sends = {
        "id": scope.QUESTION_FORM,
        "data-event": "demander",
        "data-after": "#fil [data-event=arreter]",
        "aria-label": "Poser une question",
    }
    return element("form", sends, fields)


def _head(conversation: Conversation) -> Markup:
    rename = element(
        "form",
        {"data-event": "renommer"},
        tag("label", "Nom de la conversation", for_="titre-conversation"),
        tag(
            "input",
            id="titre-conversation",
            name="titre",
            value=conversation.title,
            maxlength=120,
            required=True,
        ),
        tag("button", "Renommer", type="submit", class_="secondaire"),
    )
    sure = "Supprimer cette conversation ? Elle ne pourra pas être retrouvée."
    return text(
        (
            tag("h2", conversation.title),
            tag(
                "div",
                button("Exporter", "exporter", class_="secondaire"),
                tag("details", tag("summary", "Renommer"), rename),
                button("Supprimer", "supprimer", {"confirm": sure}, class_="secondaire"),
                class_="rangee outils",
            ),
        )
    )


def _turn(conversation: str, place: int, turn: Turn) -> Markup:
    return tag(
        "article",
        _question(turn.question),
        answers.answer(turn.answer, place),
        _deeds(place),
        _judgement(conversation, place),
        class_="tour",
    )


def _deeds(place: int) -> Markup:
    """What is done with an answer."""
    copy, useful = (
        button(label, event, {"tour": place}, class_="secondaire")
        for label, event in (("Copier", "copier"), ("Utile", "utile"))
    )
    return tag("p", copy, useful, proofs.ask({"tour": place}), class_="actions-en-ligne")


def _question(question: str) -> Markup:
    return tag("h3", tag("span", "Question : ", class_="invisible"), question, class_="question")


def _waiting(before: int) -> Markup:
    people = "Une personne passe" if before == 1 else f"{before} personnes passent"
    return tag(
        "div",
        tag("p", f"{people} avant vous ; votre question est gardée dans la file.", role="status"),
        button("Arrêter", "arreter", class_="secondaire"),
    )


def _working(what: str) -> Markup:
    return tag(
        "div",
        tag("p", what, role="status", class_="travail"),
        button("Arrêter", "arreter", class_="secondaire"),
    )


def _again(question: str) -> Markup:
    return tag(
        "p",
        button(
            "Poser de nouveau cette question",
            "exemple",
            {"question": question, "form": "composer"},
            class_="secondaire",
        ),
    )


def _judged_in(conversation: str, place: int, field: str) -> str:
    """The id of a field of a judgement: what was typed of an answer stays with it."""
    return f"{field}-{conversation}-{place}"


def _judgement(conversation: str, place: int) -> Markup:
    why, expected, article = (_judged_in(conversation, place, field) for field in _JUDGEMENT)
    options = [
        tag("option", "Je ne sais pas", value=""),
        *(tag("option", position_label(one), value=one.value) for one in Position),
    ]
    form = element(
        "form",
        {"data-event": "juger", "data-tour": place},
        tag("label", "Qu'est-ce qui n'est pas juste ?", for_=why),
        tag("textarea", id=why, name="pourquoi", rows=2, required=True, maxlength=2_000, data_kept=True),
        tag("label", "La bonne réponse serait", for_=expected),
        tag("select", options, id=expected, name="attendu", data_kept=True),
        tag(
            "label",
            "Article qui le dit, si vous le connaissez (par exemple CCP L2112-4)",
            for_=article,
        ),
        tag("input", id=article, name="article", maxlength=80, data_kept=True),
        tag("button", "Envoyer cet avis", type="submit", class_="secondaire"),
    )
    return tag("details", tag("summary", "Ce n'est pas juste"), form, class_="avis")
