from datetime import date
from pathlib import Path

import pytest

from assistant import reading
from assistant.datatypes import Document, Kind
from assistant.errors import DamagedFileError
from tests.conftest import SHARED

MIRROR = """---
title: "Code de la commande publique"
identifier: "LEGITEXT000037701019"
last_updated: "2026-09-01"
---
# Code de la commande publique

Partie législative

Titre Préliminaire

Article L1

Ancienne rédaction.

Article L1

Rédaction en vigueur,
sur deux lignes.

DEUXIÈME PARTIE : MARCHÉS PUBLICS

Livre Ier : DISPOSITIONS GÉNÉRALES

Chapitre II : Exécution

Article L2112-4

L'acheteur peut imposer un lieu.
Titre III de la loi citée, qui n'est pas un intertitre ;
"""


def read(text: str) -> Document:
    return reading.read_bytes(text.encode(), "code.md", kind=Kind.RULE, collection="essai")


def test_an_article_that_stands_twice_is_kept_once_in_its_last_wording() -> None:
    document = read(MIRROR)
    assert [(one.number, one.span.of(document.text).strip()) for one in document.provisions] == [
        ("L1", "Rédaction en vigueur,\nsur deux lignes."),
        (
            "L2112-4",
            "L'acheteur peut imposer un lieu.\nTitre III de la loi citée, qui n'est pas un intertitre ;",
        ),
    ]
    assert [problem.code for problem in document.problems] == ["undated-articles", "superseded-wordings"]


def test_an_article_is_known_from_the_day_of_the_mirror_under_its_headings() -> None:
    first, last = read(MIRROR).provisions
    assert (first.work, first.valid_from, first.headings) == (
        "CCP",
        date(2026, 9, 1),
        ("Partie législative", "Titre Préliminaire"),
    )
    assert last.headings == (
        "Partie législative",
        "DEUXIÈME PARTIE : MARCHÉS PUBLICS",
        "Livre Ier : DISPOSITIONS GÉNÉRALES",
        "Chapitre II : Exécution",
    )


def test_a_mirror_without_article_is_damaged() -> None:
    with pytest.raises(DamagedFileError, match="aucun article"):
        read(MIRROR.partition("Article L1")[0])


@pytest.mark.skipif(not SHARED.is_dir(), reason="the data folder ../shared is not here")
def test_the_whole_code_is_read_each_article_once() -> None:
    path: Path = SHARED / "data" / "droit" / "ccp_2026-09-01.legalize.md"
    document = reading.read(path, kind=Kind.RULE, collection="droit")
    assert len(document.provisions) == len({one.number for one in document.provisions}) == 1807
    assert "".join(one.span.of(document.text) for one in document.provisions) == document.text
