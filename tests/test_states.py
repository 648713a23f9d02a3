"""The States that people name."""

import re

import pytest

from assistant import states
from assistant.answering.choice import any_stands
from assistant.errors import CorpusError
from assistant.french.folding import fold_words
from assistant.states import Status


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Candidat de Genève, aucun bureau dans l'Union.", Status.PARTY),
        ("Une boite us peut répondre ?", Status.PARTY),
        ("un opérateur établi en Corée du Sud", Status.PARTY),
        ("les sociétés norvégiennes", Status.AREA),
        ("un Turc répond", Status.NO_PARTY),
        ("société des Indes", Status.NO_PARTY),
        ("une PME de Varsovie", Status.UNION),
    ],
)
def test_a_state_is_known_by_its_name_its_people_and_its_cities(said: str, status: Status) -> None:
    folded = fold_words(said)
    assert [one for one in Status if re.search(states.pattern(one), folded)] == [status]
    assert [one for one in Status if any_stands(folded, (f"@{one}",))] == [status]


def test_no_word_names_two_states() -> None:
    every = states.words(*Status)
    assert len(every) == len(set(every)) > 100


@pytest.mark.parametrize(
    "said", ["le bus de ville", "nous sommes en phase d'inventaire", "le statut de l'agent"]
)
def test_other_words_name_none(said: str) -> None:
    assert not re.search(states.pattern(*Status), fold_words(said))


def test_a_table_with_a_status_that_is_none_is_refused_by_line(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "etats.tsv"
    table.write_text(
        "code\tzone\tlabel\tagreement\tnames\twords\tsource\nCH\ttiers\tSuisse\tvoisin\tsuisse\tsuisse\tx\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(states, "TABLE", table)
    states.table.cache_clear()
    with pytest.raises(CorpusError, match="Ligne 2"):
        states.table()
    states.table.cache_clear()
