import pytest

from assistant.reading.numbering import Rank, as_roman, parse, roman


@pytest.mark.parametrize(
    ("line", "printed", "title"),
    [
        ("ARTICLE 5 – Durée", "ARTICLE 5", "Durée"),
        ("ARTICLE 1er - Objet", "ARTICLE 1er", "Objet"),
        ("Article premier : Objet", "Article premier", "Objet"),
        ("Art. 12 – Prix", "Art. 12", "Prix"),
        ("Article 5.2 Pénalités", "Article 5.2", "Pénalités"),
        ("CHAPITRE 2 : MISSIONS", "CHAPITRE 2", "MISSIONS"),
        ("Chapitre II – Prix", "Chapitre II", "Prix"),
        ("Fiche 3 – Local", "Fiche 3", "Local"),
        ("ANNEXE A – Données", "ANNEXE A", "Données"),
        ("Annexe n° 3 : BPU", "Annexe 3", "BPU"),
        ("5.2.1 Durée", "5.2.1", "Durée"),
        ("3.1. Conditions", "3.1", "Conditions"),
        ("3.1 : Conditions", "3.1", "Conditions"),
        ("4 Finitions", "4", "Finitions"),
        ("4. Finitions", "4", "Finitions"),
        ("I. Objet", "I", "Objet"),
        ("II - Prix", "II", "Prix"),
        ("A. Lots", "A", "Lots"),
        ("1° Les offres", "1°", "Les offres"),
        ("a) Marques", "a)", "Marques"),
    ],
)
def test_a_number_is_read_as_it_is_printed(line, printed, title):
    number, rest = parse(line)
    assert (number.printed, rest) == (printed, title)


@pytest.mark.parametrize(
    "line",
    [
        "Article 5 du CCAG s'applique",
        "article 5 du CCAG",
        "article 5 – du CCAG",
        "L'article 5",
        "0.60 x 0.60 m",
        "1.000 euros",
        "CHAPITRES 2",
        "Titre de séjour",
        "2021",
        "A l'heure dite",
    ],
)
def test_a_reference_a_quantity_and_a_word_are_no_number(line):
    assert parse(line) is None


@pytest.mark.parametrize(
    ("line", "rank"),
    [
        ("ANNEXE 1 – X", Rank.ANNEX),
        ("TITRE II – X", Rank.TITLE),
        ("ARTICLE 5 – X", Rank.ARTICLE),
        ("5. X", Rank.ARTICLE),
        ("5.1 X", Rank.SECOND),
        ("a) X", Rank.LETTER),
    ],
)
def test_a_rank_says_what_encloses_what(line, rank):
    assert parse(line)[0].rank is rank


@pytest.mark.parametrize("value", range(1, 50))
def test_roman_numbers_go_both_ways(value):
    assert roman(as_roman(value)) == value


def test_letters_that_no_roman_would_write_are_no_number():
    assert roman("IIX") == 0
    assert parse("IIX. Objet") is None
