"""What a reader opens in a file of evidence: what was asked and said, as a page, and the note that says what the file proves."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from assistant.article_dates import DatedArticle
from assistant.export import french_period
from assistant.french.dates import french_date
from assistant.office import html
from assistant.proof.dossier import Citation, Dossier, Nature, Wording

_TITLES = {
    Nature.ANSWER: "Une question et sa réponse",
    Nature.REVIEW: "Un contrôle et ses constats",
    Nature.DRAFT: "Un projet et ses clauses",
}
_STYLE = """
body { font: 1rem/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
body { color: #1b1b1f; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; border-bottom: 1px solid #bbb; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { color: #555; } dd { margin: 0; overflow-wrap: anywhere; }
.dit { overflow-wrap: break-word; } .dit h1, .dit h2, .dit h3, .dit h4 { font-size: 1.05rem; border: 0; margin: 1.2rem 0 .4rem; }
.dit li { margin: .3rem 0; } .dit blockquote { border-left: 3px solid #bbb; margin-left: 0; padding-left: 1rem; white-space: normal; }
table { border-collapse: collapse; } th, td { border: 1px solid #bbb; padding: .3rem .6rem; text-align: left; vertical-align: top; }
article { border-left: 3px solid #4a5a8a; padding: 0 0 0 1rem; margin: 1.5rem 0; break-inside: avoid; }
article h3 { font-size: 1rem; margin: 0; } blockquote { margin: .5rem 0; white-space: pre-wrap; }
.discret { color: #555; font-size: .85rem; overflow-wrap: anywhere; margin: .3rem 0; }
"""
_HEAD = '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">'
# A quote is shown whole up to this many characters; the rest is in its text.
_SHOWN = 1_500


def said(dossier: Dossier, names: Mapping[Wording, str]) -> str:
    """What was asked and what was said, and every quote with its place, as an HTML page that fetches nothing."""
    title = _TITLES[dossier.nature]
    parts = (
        f'<!doctype html>\n<html lang="fr">\n{_HEAD}\n<title>{title}</title>\n<style>{_STYLE}</style>\n<h1>{title}</h1>',
        f"<h2>Ce qui a été demandé</h2>\n{_listed(dossier.asked)}",
        f'<h2>Ce qui a été dit</h2>\n<section class="dit">\n{html.rendered(dossier.said)}</section>',
        f"<h2>Les citations ({len(dossier.citations)})</h2>",
        *(_citation(number, one, names[one.wording]) for number, one in enumerate(dossier.citations, 1)),
        *_unread(dossier.unread),
        f"<h2>Ce qui a fait ce dossier</h2>\n{_listed(_made_by(dossier))}",
        "</html>\n",
    )
    return "\n".join(parts)


def _listed(pairs: Sequence[tuple[str, str]]) -> str:
    return (
        "<dl>"
        + "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in pairs)
        + "</dl>"
    )


def _citation(number: int, citation: Citation, name: str) -> str:
    wording, words = citation.wording, citation.words
    dated = french_period(wording.valid_from, wording.valid_to) or "sans date"
    cut = f"{words[:_SHOWN]} […]" if len(words) > _SHOWN else words
    place = (
        f'<a href="{escape(name)}">{escape(name)}</a>, caractères {citation.span.start} à {citation.span.end}'
    )
    lines = (
        f"Pour : {escape(citation.reason)}",
        place,
        *((f"Publié : {escape(wording.address)}",) if wording.address else ()),
    )
    return "\n".join(
        (
            f'<article id="citation-{number}"><h3>{number}. {escape(wording.title)}, {dated} [{escape(citation.marker)}]</h3>',
            f"<blockquote>« {escape(cut)} »</blockquote>",
            *(f'<p class="discret">{line}</p>' for line in lines),
            "</article>",
        )
    )


def _unread(rows: Sequence[DatedArticle]) -> Iterator[str]:
    """The rules that are named without their text."""
    if rows:
        named = (
            (
                f"{row.work} {row.article}".strip(),
                french_period(row.valid_from, row.valid_to) or "dates inconnues",
            )
            for row in rows
        )
        yield "<h2>Fondements dont le texte n'est pas joint</h2>\n<p>La bibliothèque n'en avait pas la rédaction de ce jour : le dossier n'en prouve rien.</p>"
        yield _listed(tuple(named))


def _made_by(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    versions = dossier.versions
    return (
        ("Fait le", french_date(dossier.made_on)),
        ("Programme", f"assistant de la commande publique {versions.program}"),
        ("Empreinte du programme", versions.program_sha256),
        ("Empreinte du corpus", versions.corpus_sha256),
        ("Modèle de langage", versions.model or "aucun"),
    )


def read_me(dossier: Dossier, said_in: str) -> str:
    """The note that is read first."""
    asked = "\n".join(f"  {label} : {' '.join(value.split())}" for label, value in dossier.asked)
    made = "\n".join(f"  {label} : {value}" for label, value in _made_by(dossier))
    return _READ_ME.format(
        title=_TITLES[dossier.nature], asked=asked, made=made, said_in=said_in, count=len(dossier.citations)
    )


_READ_ME = """\
DOSSIER DE PREUVE : {title}

{asked}

CE QU'IL CONTIENT

  {said_in}
      ce qui a été demandé, ce qui a été dit, et les {count} citation(s)
  textes/
      chaque texte cité, en entier, dans la rédaction citée (UTF-8)
  preuve.json
      pour chaque citation : son texte, ses mots, sa place (en caractères
      Unicode, à partir de 0), ses dates, son empreinte SHA-256 ; l'empreinte
      de chaque fichier ; les versions du programme et du corpus
  empreinte.txt
      l'empreinte SHA-256 de preuve.json : c'est l'empreinte du dossier
  verifier.html, verifier.py
      deux vérificateurs, sans installation et sans réseau

VÉRIFIER

  Sans rien installer : ouvrez verifier.html dans un navigateur et déposez-y ce
  ZIP, ou le dossier décompressé. Rien n'est envoyé.
  Avec Python (3.9 ou plus récent) : python verifier.py DOSSIER.zip
  (rend 0 si tout est conforme, 1 sinon).
  Les deux refont chaque empreinte et cherchent chaque citation à sa place dans
  son texte. N'ajoutez rien au dossier : un fichier en trop est un défaut.

CE QUE CELA PROUVE

  - chaque citation est, au caractère près, dans le texte joint, à la place dite ;
  - aucun fichier n'a été changé, retiré ou ajouté depuis que preuve.json est
    écrit ;
  - les dates, les places et les empreintes ne se contredisent pas.

CE QUE CELA NE PROUVE PAS

  - qui a fait ce dossier, ni quand : qui change un texte peut refaire toutes les
    empreintes. Il ne peut pas refaire celle qui a été notée ailleurs : le
    programme l'affiche quand le dossier est fait. Comparez-la (verifier.py
    DOSSIER.zip --empreinte ..., ou le champ de verifier.html) ;
  - que les textes joints sont les textes officiels : ils sont ceux de la
    bibliothèque du programme ; comparez-les à leur publication, à leur date ;
  - que la réponse est juste, ni complète ;
  - que les vérificateurs joints sont honnêtes : si vous vous en méfiez, prenez
    ceux d'un autre dossier, ou lisez-les. Leur empreinte est dans preuve.json.

« source_sha256 » est l'empreinte du fichier que le programme a lu (ses 16
premiers chiffres pour une clause modèle) ; « debut_dans_la_source » est la place
du texte joint dans le texte de ce fichier. « en_vigueur_jusqu_au » est le
premier jour où la rédaction ne vaut plus.

{made}
"""
