"""LEGI XML as DILA publishes it (« Licence Ouverte 2.0 »): one file for each wording of an article, with its dates and its place in the text.

The base's description (« LEGI : description des DTD », DILA) gives the elements: ``META_ARTICLE`` (NUM, ETAT, DATE_DEBUT, DATE_FIN), ``CONTEXTE/TEXTE``
(TITRE_TXT, then nested TM with TITRE_TM, each with the dates between which the title held), ``BLOC_TEXTUEL/CONTENU`` (HTML). An open end is 2999-01-01;
2222-02-22 stands for a day that is not known yet. A file that puts several ARTICLE elements under one root is read too.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from lxml import etree

from assistant.datatypes import Problem, Severity
from assistant.errors import DamagedFileError, UnknownFormatError
from assistant.lines import one_line
from assistant.reading.characters import storable
from assistant.reading.code_mirror import SHORT_NAMES
from assistant.reading.content import Content
from assistant.reading.html import read_html
from assistant.reading.notice_xml import notice_in, read_notice
from assistant.reading.package import MAX_XML_BYTES, broken_is_damaged, local, parsed
from assistant.reading.rules import Article, normalise_number, tile

LICENCE = "Licence Ouverte 2.0"
_KIND = "un fichier XML"
_OPEN_ENDS = frozenset((date(2999, 1, 1), date(2222, 2, 22)))
# Roots of the base's other files: they say how texts and sections are made up, and hold no words of an article.
_STRUCTURES = frozenset(("TEXTELR", "TEXTE_VERSION", "SECTION_TA", "TEXTEKALI", "ID", "VERSIONS"))
_NATURES = {
    "LOI": "LOI",
    "LOI_ORGANIQUE": "LOI",
    "DECRET": "DÉCRET",
    "ORDONNANCE": "ORDONNANCE",
    "ARRETE": "ARRÊTÉ",
}
_BLANK_LINES = re.compile(r"[ \t]*\n\s*")
_HINT = "Formats lus sous ce nom : les articles de la base LEGI de la DILA (élément ARTICLE)."


def read_legi(data: bytes, name: str) -> Content:
    """Reads articles of the LEGI base; a notice of a tender (eForms, BOAMP) is told by its elements and read as one.

    Raises:
        UnknownFormatError: XML of another kind, or a file of the base without any article.
        DamagedFileError: not XML, or articles without any text.
    """
    if len(data) > MAX_XML_BYTES:
        raise UnknownFormatError(f"« {name} » est trop gros pour un article de la base LEGI.", _HINT)
    with broken_is_damaged(name, _KIND):
        root = parsed(data)
    notice = notice_in(root)
    if notice is not None:
        return read_notice(notice)
    elements = [root] if root.tag == "ARTICLE" else list(root.iter("ARTICLE"))
    elements = [element for element in elements if element.find("META") is not None]
    if not elements:
        raise _no_article(root, name)
    with broken_is_damaged(name, _KIND):
        articles = [article for element in elements if (article := _article(element)) is not None]
    if not articles:
        raise DamagedFileError(
            f"« {name} » contient un article sans texte.",
            "Prenez-en une version qui a un texte, ou laissez ce fichier de côté.",
        )
    text, provisions = tile(articles)
    return Content(
        text,
        title=_title(articles),
        provisions=provisions,
        problems=tuple(_doubts(articles, len(elements), name)),
        metadata=_metadata(elements, articles),
    )


def _no_article(root: Any, name: str) -> UnknownFormatError:
    if local(root) in _STRUCTURES:
        return UnknownFormatError(
            f"« {name} » est un fichier de structure de la base LEGI ({local(root)}) : il ne contient le texte d'aucun article.",
            "Donnez le dossier « article » de la base : il suffit.",
        )
    return UnknownFormatError(
        f"« {name} » est du XML d'une forme inconnue (élément {one_line(local(root))[:40]}).", _HINT
    )


def _article(element: Any) -> Article | None:
    text = _words(element)
    if not text:
        return None
    # Some texts leave their only article without a number: the base's identifier then stands for it.
    number = _text(element, "META/META_SPEC/META_ARTICLE/NUM") or _text(element, "META/META_COMMUN/ID")
    begin = _day(_text(element, "META/META_SPEC/META_ARTICLE/DATE_DEBUT"))
    end = _day(_text(element, "META/META_SPEC/META_ARTICLE/DATE_FIN"))
    context = element.find("CONTEXTE/TEXTE")
    work, title = _work(context, begin)
    return Article(
        work=work,
        work_title=title,
        number=normalise_number(number),
        headings=tuple(_sections(context, begin)),
        text=text,
        valid_from=begin,
        valid_to=None if end in _OPEN_ENDS else end,
        source=_text(element, "META/META_COMMUN/ID"),
        licence=LICENCE,
    )


def _text(element: Any, path: str) -> str:
    return one_line(storable(element.findtext(path) or ""))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _words(element: Any) -> str:
    content = element.find("BLOC_TEXTUEL/CONTENU")
    if content is None:
        return ""
    # The wording is HTML that is also XML: <p>, <br/>, <table>.
    page = (
        b"<html><body>"
        + etree.tostring(content, encoding="utf-8", method="html", with_tail=False)
        + b"</body></html>"
    )
    return _BLANK_LINES.sub("\n", read_html(page, "CONTENU").text).strip()


def _work(context: Any | None, day: date | None) -> tuple[str, str]:
    """Short name and title of the text: ``CCP``, ``LOI 2024-449``, else the base's own identifier."""
    if context is None:
        return "LEGI", "LEGI"
    titled = _in_force(context.findall("TITRE_TXT"), day)
    title = (
        ""
        if titled is None
        else one_line(storable("".join(titled.itertext())) or titled.get("c_titre_court", ""))
    )
    identifier = context.get("cid", "") or ("" if titled is None else titled.get("id_txt", ""))
    nature, number = _NATURES.get(context.get("nature", "").upper()), context.get("num", "").strip()
    work = SHORT_NAMES.get(identifier) or (f"{nature} {number}" if nature and number else identifier)
    return one_line(storable(work or title)), title or one_line(storable(work))


def _sections(context: Any | None, day: date | None) -> Iterator[str]:
    while context is not None and (context := context.find("TM")) is not None:
        titled = _in_force(context.findall("TITRE_TM"), day)
        title = "" if titled is None else one_line(storable("".join(titled.itertext())))
        if title:
            yield title


def _in_force(titles: list[Any], day: date | None) -> Any | None:
    """The title that held when the wording began, else the last one."""
    dated = ((title, _day(title.get("debut", "")), _day(title.get("fin", ""))) for title in titles)
    held = (title for title, begin, end in dated if day and begin and end and begin <= day < end)
    return next(held, titles[-1] if titles else None)


def _title(articles: list[Article]) -> str:
    first = articles[0]
    if len(articles) > 1:
        return first.work_title
    since = f" ({first.valid_from.isoformat()})" if first.valid_from else ""
    return f"{first.work_title}, article {first.number}{since}"


def _doubts(articles: list[Article], wanted: int, name: str) -> Iterator[Problem]:
    undated = [article.number for article in articles if article.valid_from is None]
    if undated:
        message = f"« {name} » ne dit pas depuis quand valent ses articles {', '.join(undated[:10])} : ils sont tenus pour toujours valables avant leur fin."
        yield Problem("undated-articles", message, severity=Severity.WARNING)
    if wanted > len(articles):
        yield Problem(
            "articles-without-text",
            f"{wanted - len(articles)} articles de « {name} » n'ont pas de texte (abrogés ou transférés) : ils manquent.",
        )


def _metadata(elements: list[Any], articles: list[Article]) -> tuple[tuple[str, str], ...]:
    pairs = [
        (key, value)
        for article in articles
        for key, value in (("work", article.work), ("source", article.source), ("licence", article.licence))
    ]
    pairs += [("state", _text(element, "META/META_SPEC/META_ARTICLE/ETAT")) for element in elements]
    return tuple(dict.fromkeys(pair for pair in pairs if pair[1]))
