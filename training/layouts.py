"""Documents whose titles are known, printed in many layouts: what ``training.titles`` learns from.

The documents are the HTML of ``corpus/synthese/documents*``, each folder by another hand; their ``h2`` to ``h4`` are the titles. A layout numbers these anew
or not at all, dresses them, and sets around them what looks like a title and is none: covers, running lines, tables of contents, captions, boxes, forms,
signatures.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

from assistant.reading.numbering import as_roman, parse
from training.browser import CHROMIUM

DOCUMENTS = Path("corpus/synthese")
# A document of fewer titles in its tags has some elsewhere.
_FEWEST_TITLES = 6
_COLOURS = ("#1f4e79", "#9c1f2e", "#2e6b3a", "#5b3a8c", "#b35900", "#006d77", "#444444", "#c2185b", "#7a7a7a")
_SERIF = ("Liberation Serif", "DejaVu Serif", "Georgia", "serif")
_SANS = ("Liberation Sans", "DejaVu Sans", "Carlito", "sans-serif")

_STYLE = re.compile(r"<style.*?</style>", re.DOTALL | re.IGNORECASE)
_BODY = re.compile(r"<body[^>]*>(?P<body>.*)</body>", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(
    r"<h(?P<level>[1-4])(?P<told>[^>]*)>(?P<inner>.*?)</h(?P=level)>", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<[^>]+>")
_PARAGRAPH = re.compile(r"<p>(?P<words>[^<]{60,})</p>")
_BEFORE_TEXT = re.compile(r'<div class="(?P<kind>outer|inner)">(?P<title>[^<]*)</div>\s*<p[^>]*>(?=[A-ZÀ-Ý])')
_TABLE = re.compile(r"<table")


@dataclass(frozen=True, slots=True)
class Made:
    """A document in one layout: its HTML and its titles as they are printed (number and words), in their order, each with its level."""

    hand: str
    name: str
    layout: str
    html: str
    titles: tuple[tuple[str, int], ...]


Numbering = Callable[[Sequence[int]], str]


def _decimal(separator: str) -> Numbering:
    return lambda counters: ".".join(map(str, counters)) + separator


def _outer(first: Numbering, others: Numbering) -> Numbering:
    return lambda counters: first(counters) if len(counters) == 1 else others(counters)


def _by_level(*levels: Callable[[int], str]) -> Numbering:
    return lambda counters: levels[min(len(counters), len(levels)) - 1](counters[-1])


def _capital(count: int) -> str:
    return chr(ord("A") + (count - 1) % 26)


_NUMBERINGS: dict[str, Sequence[Numbering]] = {
    "none": (lambda counters: "",),
    "decimal": (_decimal(" "), _decimal(". "), _outer(_decimal(". "), _decimal(" ")), _decimal(" – ")),
    "article": (
        _outer(lambda counters: f"Article {counters[0]} – ", _decimal(" ")),
        _outer(lambda counters: f"ARTICLE {counters[0]} : ", _decimal(" – ")),
        _outer(lambda counters: f"Article {counters[0]}. ", lambda counters: ""),
    ),
    "form": (
        _outer(
            lambda counters: f"{_capital(counters[0])} - ",
            lambda counters: f"{_capital(counters[0])}{counters[-1]} - ",
        ),
        _outer(lambda counters: f"{_capital(counters[0])} – ", lambda counters: ""),
        lambda counters: "",
    ),
    "letters": (
        _by_level(
            lambda count: f"{as_roman(count)}. ",
            lambda count: f"{_capital(count)}. ",
            lambda count: f"{count}) ",
        ),
        _by_level(lambda count: f"{_capital(count)} – ", lambda count: f"{count}. "),
        _by_level(lambda count: f"{count}) ", lambda count: f"{chr(96 + count)}) "),
        _by_level(lambda count: f"Chapitre {count} : ", lambda count: ""),
        _by_level(lambda count: f"{count}/ ", lambda count: ""),
    ),
}


@dataclass(frozen=True, slots=True)
class _Layout:
    """``outer`` and ``inner`` are the dress of titles of the first and of further levels (``COL`` is a colour, ``BIG`` and ``MID`` sizes, drawn).

    ``beside`` and ``run_in`` name those that stand in the margin beside their text, and on the line of their text.
    """

    numberings: tuple[str, ...]
    outer: str
    inner: str
    body: str = ""
    banded: bool = False
    beside: tuple[str, ...] = ()
    run_in: tuple[str, ...] = ()


LAYOUTS: dict[str, _Layout] = {
    "charter": _Layout(
        ("none",),
        "font-variant:small-caps;color:COL;font-weight:400;font-size:MID",
        "font-weight:700;font-style:italic;font-size:1em",
    ),
    "capitals": _Layout(
        ("none",), "font-variant:small-caps;font-weight:700;font-size:1.05em", "font-weight:700;font-size:1em"
    ),
    "guide": _Layout(
        ("none",), "color:COL;font-size:BIG;font-weight:700", "color:COL;font-size:1em;font-weight:400"
    ),
    "coloured": _Layout(
        ("none",),
        "color:COL;font-size:1em;font-weight:400;margin-top:1.2em",
        "color:COL;font-size:1em;font-style:italic;font-weight:400",
    ),
    "act": _Layout(
        ("none", "letters"),
        "background:#ddd;text-align:center;text-transform:uppercase;font-size:1em;padding:3px",
        "text-decoration:underline;font-size:1em",
    ),
    "spaced": _Layout(
        ("none",),
        "letter-spacing:.15em;text-transform:uppercase;font-weight:400;font-size:.95em",
        "letter-spacing:.06em;font-size:1em;font-weight:700",
    ),
    "wide": _Layout(
        ("none",),
        "letter-spacing:.3em;font-size:MID;color:COL;text-align:center",
        "font-size:1em;font-weight:700;color:COL",
    ),
    "bold": _Layout(
        ("none", "decimal"),
        "font-size:1em;font-weight:700;margin:1em 0 .2em",
        "font-size:1em;font-weight:700;margin:.7em 0 .1em",
    ),
    "tight": _Layout(
        ("none", "decimal"),
        "font-size:1em;font-weight:700;margin:.4em 0 0",
        "font-size:1em;font-weight:700;margin:.3em 0 0",
    ),
    "articles": _Layout(
        ("article",),
        "font-size:MID;font-weight:700;text-align:center",
        "font-size:1em;font-weight:700;text-decoration:underline",
    ),
    "columns": _Layout(
        ("none", "decimal"),
        "color:COL;font-size:1.1em;font-weight:700",
        "font-weight:700;font-size:1em",
        "column-count:2;column-gap:9mm",
    ),
    "bands": _Layout(
        ("none", "decimal"),
        "font-size:1em;font-weight:700;background:COL;color:white",
        "font-size:1em;font-weight:700",
        banded=True,
    ),
    "rule": _Layout(
        ("none", "decimal"),
        "font-size:BIG;font-weight:300;border-bottom:1px solid COL",
        "font-size:MID;font-weight:300",
    ),
    "plain": _Layout(
        ("decimal", "letters"),
        "font-size:1em;font-weight:400;text-transform:uppercase",
        "font-size:1em;font-weight:400;margin-top:1em",
    ),
    "quiet": _Layout(
        ("none",),
        "font-size:1em;font-weight:400;text-transform:uppercase;margin-top:1.4em",
        "font-size:1em;font-style:italic;font-weight:400",
    ),
    "letters": _Layout(
        ("letters",), "font-size:MID;font-weight:700", "font-size:1em;font-weight:700;font-style:italic"
    ),
    "underlined": _Layout(
        ("none", "letters"),
        "font-size:1.1em;font-weight:700;text-decoration:underline",
        "font-size:1em;font-weight:400;text-decoration:underline",
    ),
    "large": _Layout(("none",), "font-size:BIG;font-weight:400", "font-size:MID;font-weight:400"),
    "margin": _Layout(
        ("none", "decimal"),
        "font-size:1em;font-weight:700;color:COL",
        "font-size:1em;font-weight:700",
        beside=("outer",),
    ),
    "margins": _Layout(
        ("none", "article"),
        "font-size:MID;font-weight:700",
        "font-size:.95em;font-style:italic;color:COL",
        beside=("inner",),
    ),
    "aside": _Layout(
        ("none",),
        "font-size:BIG;font-weight:400;color:COL",
        "font-size:.9em;font-weight:400;text-align:right",
        beside=("inner",),
    ),
    "run-in": _Layout(
        ("none", "decimal", "letters"), "font-size:MID;font-weight:700", "font-weight:700", run_in=("inner",)
    ),
    "led": _Layout(("none",), "font-weight:700;color:COL", "font-style:italic", run_in=("outer", "inner")),
    "led-numbers": _Layout(
        ("decimal", "article"),
        "font-weight:700",
        "font-weight:700;font-style:italic",
        run_in=("outer", "inner"),
    ),
    "form": _Layout(
        ("form",),
        "font-size:MID;font-weight:700;background:#cde",
        "font-size:1em;font-weight:700",
        banded=True,
    ),
}

_BUYERS = (
    "Ville de Saint-Rémy-des-Bois",
    "Communauté de communes du Haut-Lignon",
    "Département de la Vaure",
    "CENTRE HOSPITALIER DE MONTFERRAN",
    "Syndicat mixte des Trois-Rives",
)
_KINDS = (
    "Cahier des clauses administratives particulières",
    "CAHIER DES CHARGES",
    "Règlement de la consultation",
    "ACTE D'ENGAGEMENT",
    "Guide de l'acheteur",
)
_LABELS = (
    "Pouvoir adjudicateur",
    "Objet",
    "Référence",
    "Date limite de remise",
    "Service",
    "Affaire suivie par",
    "Titulaire",
    "Comptable assignataire",
    "Adresse",
    "Tél.",
)
_BOXES = ("À noter", "Important", "Attention", "Rappel", "Point de vigilance", "À retenir")
_CAPTIONS = (
    "Tableau {n} – Récapitulatif des quantités",
    "Tableau {n} : répartition par site",
    "Figure {n} – Organisation",
    "Liste des sites concernés :",
)
_LABELLED = (
    "Caractéristiques techniques",
    "Mise en œuvre",
    "Localisation",
    "Pièces particulières",
    "Pièces générales",
    "Tolérances",
    "Finitions",
    "Mode de métré",
    "Support",
)
_INTRODUCED = (
    "Il s'agit notamment de",
    "Le titulaire assure dans ce cadre",
    "Sont compris dans le prix",
    "À ce titre, il doit fournir",
    "Pour le mois de juin",
    "Comprenant",
)
_SIGNED = (
    "Fait à Montferran, le 12 mars 2026",
    "Le représentant du pouvoir adjudicateur",
    "Lu et approuvé",
    "Signature et cachet de l'entreprise",
    "Pour le titulaire",
)


def made(seed: int, each: int) -> Iterator[Made]:
    """Every document of every hand, in ``each`` layouts drawn from ``seed``."""
    drawn = random.Random(seed)
    for path in sorted(DOCUMENTS.glob("documents*/*.html")):
        source = path.read_text(encoding="utf-8")
        body = _BODY.search(_STYLE.sub("", source))
        titles = list(_TITLE.finditer(body["body"])) if body else []
        if body and len(titles) >= _FEWEST_TITLES:
            for layout in drawn.sample(sorted(LAYOUTS), each):
                yield _in_layout(path, body["body"], layout, random.Random(f"{seed} {path} {layout}"))


def _words(inner: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", inner)).split())


def _in_layout(path: Path, body: str, layout: str, drawn: random.Random) -> Made:
    dress = LAYOUTS[layout]
    number = drawn.choice(_NUMBERINGS[drawn.choice(dress.numberings)])
    end = "" if dress.run_in else drawn.choice(("", "", "", "", "", "", " :", " :", " ?"))
    found = list(_TITLE.finditer(body))
    single = sum(match["level"] == "1" for match in found) == 1 and found[0]["level"] == "1"
    levels = sorted({match["level"] for match in found[single:]})
    counters: list[int] = []
    titles: list[tuple[str, int]] = []

    def again(match: re.Match[str]) -> str:
        if single and match["level"] == "1":
            return f'<div class="own">{match["inner"]}</div>'
        depth = levels.index(match["level"]) + 1
        counters[depth:] = []
        counters.extend([0] * (depth - len(counters)))
        counters[-1] += 1
        parsed = parse(_words(match["inner"]))
        words = parsed[1] if parsed and parsed[1] else _words(match["inner"])
        words = words[:1].upper() + words[1:]
        printed = f"{number([max(1, count) for count in counters])}{words}".strip() + end
        titles.append((printed, depth))
        kind = "outer" if depth == 1 else "inner"
        if dress.banded and depth == 1:
            return f'<table class="band"><tr><td class="{kind}">{escape(printed)}</td></tr></table>'
        return f'<div class="{kind}">{escape(printed)}</div>'

    parted = drawn.choice((". ", ". ", " – ", " : ", ".&ensp;", " "))

    def run_in(match: re.Match[str]) -> str:
        kind, title = match["kind"], match["title"]
        return f'<p><span class="{kind}">{title}{parted}</span>' if kind in dress.run_in else match[0]

    text = _BEFORE_TEXT.sub(run_in, _TITLE.sub(again, body))
    text = _with_decoys(text, drawn, numbered=number((1, 1)) != "", led=bool(dress.run_in))
    html = (
        f"<html lang=fr><head><meta charset=utf-8><style>{_css(dress, drawn)}</style></head>"
        f"<body>{_running(drawn)}{_cover(drawn)}{_contents(titles, drawn)}<main>{text}</main>{_signature(drawn)}</body></html>"
    )
    return Made(path.parent.name, path.stem, layout, html, tuple(titles))


def _css(dress: _Layout, drawn: random.Random) -> str:
    font = drawn.choice((*_SERIF[:2], *_SANS[:3]))
    size = drawn.choice((9, 9.5, 10, 10.5, 11, 12))
    colour, big, mid = (
        drawn.choice(_COLOURS),
        f"{drawn.choice((1.3, 1.45, 1.7))}em",
        f"{drawn.choice((1.08, 1.15, 1.22))}em",
    )
    outer, inner = (
        text.replace("COL", colour).replace("BIG", big).replace("MID", mid)
        for text in (dress.outer, dress.inner)
    )
    title_font = drawn.choice((font, font, *_SANS[:2]))
    gap = drawn.choice((0.5, 0.8, 1.2))
    wide = drawn.choice((38, 45, 52, 60))
    beside = "".join(
        f"div.{kind}{{float:left;clear:left;width:{wide - drawn.choice((4, 8))}mm;margin:0 0 .5em -{wide}mm!important}}"
        for kind in dress.beside
    )
    return (
        f"@page{{size:A4;margin:{drawn.choice((14, 18, 24))}mm {drawn.choice((16, 20, 25))}mm}}"
        f"body{{font:{size}pt '{font}';line-height:{drawn.choice((1.15, 1.3, 1.5))}}}"
        f"p{{margin:{drawn.choice((0.1, 0.3, 0.6, 0.9))}em 0;text-align:{drawn.choice(('left', 'justify'))}}} main{{{dress.body}}}"
        f"{f'main{{padding-left:{wide}mm}}{beside}' if beside else ''}"
        f".outer{{font-family:'{title_font}';margin:{gap + 0.2}em 0 {gap / 2}em;break-after:avoid;{outer}}}"
        f".inner{{font-family:'{title_font}';margin:{gap}em 0 {gap / 3}em;break-after:avoid;{inner}}}"
        ".band{width:100%;margin:.6em 0} table{border-collapse:collapse;width:100%}"
        "main table:not(.band) td,main table:not(.band) th{border:1px solid #888;padding:2px 4px}"
        f".own{{font-size:{drawn.choice((1.3, 1.6, 2))}em;font-weight:{drawn.choice((400, 700))};text-align:{drawn.choice(('left', 'center'))};"
        f"margin:1em 0;color:{drawn.choice(('black', colour))}}}"
        f".cover{{{'break-after:page;' if drawn.random() < 0.6 else ''}text-align:{drawn.choice(('center', 'left'))}}}"
        ".cover p{text-align:inherit;margin:1em 0}"
        ".head,.foot{position:fixed;left:0;right:0;font-size:.75em} .head{top:-8mm} .foot{bottom:-8mm}"
        ".toc div{display:flex;justify-content:space-between} .box{border:1px solid #999;padding:4px;margin:.5em 0} .sign{margin-top:2em}"
    )


def _running(drawn: random.Random) -> str:
    if drawn.random() < 0.5:
        return ""
    return f'<div class="head"><b>{drawn.choice(_BUYERS)}</b></div><div class="foot">{drawn.choice(_KINDS)}</div>'


def _cover(drawn: random.Random) -> str:
    if drawn.random() < 0.4:
        return ""
    sizes = (1, 1.2, 1.5, 2)
    lines = [
        (drawn.choice(_BUYERS), drawn.choice(sizes)),
        (drawn.choice(_KINDS), drawn.choice(sizes)),
        ("Marché n° 2026-0" + str(drawn.randint(10, 99)), 1),
    ]
    strong = drawn.random() < 0.5
    lines += [
        (f"{f'<b>{label}</b>' if strong else label} : {drawn.choice(_BUYERS)}", 1)
        for label in drawn.sample(_LABELS, drawn.randint(0, 4))
    ]
    shown = "".join(
        f'<p style="font-size:{size}em;font-weight:{drawn.choice((400, 700))}">{line}</p>'
        for line, size in lines
    )
    return f'<div class="cover">{shown}</div>'


def _contents(titles: Sequence[tuple[str, int]], drawn: random.Random) -> str:
    kind = drawn.choice(("", "", "", "dots", "bare", "unpaged"))
    if not kind:
        return ""
    rows, page = [], 2
    for title, depth in titles:
        page += drawn.random() < 0.2
        after = {
            "dots": f"<span>{'.' * drawn.randint(20, 60)} {page}</span>",
            "bare": f"<span>{page}</span>",
            "unpaged": "",
        }[kind]
        rows.append(f'<div style="margin-left:{4 * (depth - 1)}mm"><span>{escape(title)}</span>{after}</div>')
    return (
        f'<div class="toc"><p><b>{drawn.choice(("Sommaire", "SOMMAIRE", "Table des matières"))}</b></p>{"".join(rows)}</div>'
        + drawn.choice(('<div style="break-after:page"></div>', ""))
    )


def _signature(drawn: random.Random) -> str:
    if drawn.random() < 0.4:
        return ""
    bold = drawn.random() < 0.5
    return (
        '<div class="sign">'
        + "".join(
            f"<p>{f'<b>{line}</b>' if bold else line}</p>"
            for line in drawn.sample(_SIGNED, drawn.randint(2, 4))
        )
        + "</div>"
    )


def _with_decoys(body: str, drawn: random.Random, *, numbered: bool, led: bool) -> str:
    """The text with what stands out in it and is no title: words, sentences, boxes, captions, lines to fill in; labels where all titles are ``numbered``.

    Words that part from the text after them as a title on its line would are left out where some are (``led``).
    """
    loud = drawn.choice(("b", "b", "u", "i", "strong"))

    def paragraph(match: re.Match[str]) -> str:
        words = match["words"]
        first, dot, rest = words.partition(". ")
        kind = drawn.random()
        if kind < 0.06 and dot and len(first) > 20:
            return f"<p><{loud}>{first}.</{loud}></p><p>{rest}</p>"
        if kind < 0.12:
            cut = words.find(" ", drawn.randint(10, 40))
            return f"<p><b>{words[:cut]}</b>{words[cut:]}</p>"
        if kind < 0.14 and not led:
            label, sign = drawn.choice((*_BOXES, *_LABELLED)), drawn.choice((" :", " :", ".", " –"))
            return f"<p><{loud}>{label}{sign}</{loud}> {words}</p>"
        if kind < 0.16:
            return f'<div class="box"><b>{drawn.choice(_BOXES)}</b><br>{words}</div>'
        if kind < 0.19:
            told = drawn.choice(
                ("." * drawn.randint(20, 50), drawn.choice(_BUYERS), "☐ Oui ☐ Non", first[:60])
            )
            fields = "".join(f"<p><b>{label} :</b> {told}</p>" for label in drawn.sample(_LABELS, 3))
            return f"<p>{words}</p>{fields}"
        if kind < 0.22:
            items = "".join(
                f"<li>{f'<b>{label}</b>' if drawn.random() < 0.7 else label} ;</li>"
                for label in drawn.sample(_LABELS, 3)
            )
            return f"<p>{words}</p><ul>{items}</ul>"
        if kind < 0.25:
            return (
                "<p>"
                + words
                + "</p>"
                + "".join(f"<p>{n}. {label}</p>" for n, label in enumerate(drawn.sample(_LABELS, 3), start=1))
            )
        if kind < 0.3:
            items = "".join(f"<li>{label}</li>" for label in drawn.sample((*_LABELS, *_LABELLED), 3))
            return f"<p>{words}</p><p>{drawn.choice(_INTRODUCED)} :</p><ul>{items}</ul>"
        if kind < 0.42 and labels:
            label = drawn.choice(_LABELLED)
            return f"<p{spaced}><{labels}>{label.upper() if capitals else label} :</{labels}></p>{match[0]}"
        return match[0]

    labels = drawn.choice(("b", "u", "span", "i")) if numbered and drawn.random() < 0.5 else ""
    capitals, spaced = drawn.random() < 0.5, drawn.choice(("", ' style="margin-top:1em"'))
    count = iter(range(1, 1000))
    captioned = drawn.random() < 0.4

    def table(match: re.Match[str]) -> str:
        return (
            f'<p style="text-align:{drawn.choice(("left", "center"))}"><{loud}>{drawn.choice(_CAPTIONS).format(n=next(count))}</{loud}></p>'
            + match[0]
        )

    body = _PARAGRAPH.sub(paragraph, body)
    return re.sub(r'<table(?! class="band")', table, body) if captioned else body


def print_all(documents: Sequence[Made], folder: Path) -> None:
    """Prints as PDF, ``HAND-NAME-LAYOUT.pdf``, those that are not yet in ``folder``."""
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        for one in documents:
            path = file_of(one, folder)
            if not path.exists():
                page.set_content(one.html)
                page.pdf(path=str(path), format="A4", print_background=True, prefer_css_page_size=True)
        browser.close()


def file_of(document: Made, folder: Path) -> Path:
    """Where its PDF lies."""
    return folder / f"{document.hand}-{document.name}-{document.layout}.pdf"
