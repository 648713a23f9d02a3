"""What Open WebUI (read and tried at 0.12.4) writes in a message beside the words of whoever asks: a file's words around a question, and tasks of its own.

Its forms are fixed texts: they are looked for as they stand, and a question that has none of them is left as it is.
"""

from collections.abc import Mapping

from assistant.endpoint.wire import RefusedError

# How each wrapper begins and ends. It goes to the last end there is: a file's words may hold one too, and what follows it would be read as the question.
_WRAPPERS = (
    ("### Task:\nRespond to the user query using the provided context", "</context>"),  # RAG_TEMPLATE
    ("<attached_files>\n<file ", "</attached_files>"),
)
# A task begins so, and has the conversation after what is asked for; a wrapped question has its context first.
_TASK, _CONVERSATION, _CONTEXT = "### Task:\n", "<chat_history>", "<context>"
# What a task has written, by the member of the JSON that it asks for, and the settings of Open WebUI that ask for it.
_TASKS: Mapping[str, tuple[str, str]] = {
    '"title":': ("un titre", "ENABLE_TITLE_GENERATION"),
    '"tags":': ("des étiquettes", "ENABLE_TAGS_GENERATION"),
    '"follow_ups":': ("des questions suivantes", "ENABLE_FOLLOW_UP_GENERATION"),
    '"queries":': (
        "des requêtes de recherche",
        "ENABLE_RETRIEVAL_QUERY_GENERATION et ENABLE_SEARCH_QUERY_GENERATION",
    ),
    '"text":': ("la suite d'une saisie", "ENABLE_AUTOCOMPLETE_GENERATION"),
    '"prompt":': ("la description d'une image", "ENABLE_IMAGE_PROMPT_GENERATION"),
}
_ANOTHER = ("un texte", "la tâche qui le demande, ou donnez-lui un autre modèle (TASK_MODEL_EXTERNAL)")


def unwrapped(text: str) -> tuple[str, bool]:
    """The words of whoever asks, and whether something was wrapped around them."""
    own = text
    for begins, ends in _WRAPPERS:
        before, _, wrapped = own.partition(begins)
        _, ended, after = wrapped.rpartition(ends)
        if ended:
            own = (before + after).strip()
    return own, own != text


def require_question(text: str, where: str) -> None:
    """Raises RefusedError for a task: its answer would be taken for the title, or for what is sought in a file.

    Args:
        text: a message's.
        where: the member of the request that holds it.
    """
    asked, conversation, _ = text.partition(_CONVERSATION)
    if not (asked.startswith(_TASK) and conversation) or _CONTEXT in asked:
        return
    what, settings = next((told for member, told in _TASKS.items() if member in asked), _ANOTHER)
    raise RefusedError(
        f"Ce message ne pose pas de question : Open WebUI y fait écrire {what}, et l'assistant ne fait que répondre.",
        f"Dans Open WebUI, coupez {settings}.",
        param=where,
        code="unsupported_task",
    )
