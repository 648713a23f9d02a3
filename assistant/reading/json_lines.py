"""JSON Lines of several shapes: the first line that says what it is decides for the file."""

from assistant.errors import DamagedFileError, UnknownFormatError
from assistant.reading.content import Content
from assistant.reading.faq import is_question_and_answer, read_faq
from assistant.reading.rules import is_article, lines, read_rules

_HINT = "Formes lues : articles datés (work, num, text, valid_from, valid_to) ; questions et réponses (q, a)."


def read_json_lines(data: bytes, name: str) -> Content:
    """Reads dated articles, or questions with their answers.

    Raises:
        UnknownFormatError: JSON Lines of another shape.
        DamagedFileError: not one line is a JSON object.
    """
    keys: tuple[str, ...] = ()
    reason = ""
    for line in lines(data, name):
        if is_article(line.value):
            return read_rules(data, name)
        if is_question_and_answer(line.value):
            return read_faq(data, name)
        keys = keys or tuple(line.value)
        reason = reason or (f"ligne {line.number} : {line.reason}" if line.reason else "")
    if not keys:
        raise DamagedFileError(f"« {name} » n'est pas du JSON Lines lisible ({reason}).", _HINT)
    if "question" in keys and "targets" in keys:
        raise UnknownFormatError(
            f"« {name} » contient des questions écrites (question, targets), pas un document : elles se cherchent mais ne se citent pas.",
            "Placez ce fichier dans corpus/questions.",
        )
    raise UnknownFormatError(
        f"« {name} » est du JSON Lines d'une forme inconnue (champs : {', '.join(key[:30] for key in keys[:8])}).",
        _HINT,
    )
