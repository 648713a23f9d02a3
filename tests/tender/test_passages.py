"""Sentences and rows as the trained reader of fields is given them, and what each says."""

from collections.abc import Mapping, Sequence

from assistant import reading
from assistant.datatypes import Kind
from assistant.reader.fields import TESTS, Subject
from assistant.summaries.fields.meant import meant
from assistant.summaries.fields.summary import FIELDS
from assistant.tender import passages
from assistant.tender.view import Sentence, View


def view_of(text: str) -> View:
    return View(reading.read_bytes(text.encode(), "fiche.txt", kind=Kind.TENDER, collection="essai"), "CCAP")


def sentence(view: View, word: str) -> Sentence:
    return next(one for one in view.sentences if word in one.text)


def test_a_row_of_two_cells_is_a_label_and_its_value() -> None:
    assert passages.row_of("9 Mini HT (total) | 18 000,00") == ("Mini HT (total)", "18 000,00")
    assert passages.row_of("21 | Délai de paiement | 30 j | x") == ("Délai de paiement", "30 j")
    assert passages.row_of("Qualité | 30 | sièges 12, bruit 8") is None
    assert passages.row_of("C Aires de jeux | Les quatre communes") is None
    assert passages.row_of("Une phrase sans cellule.") is None


def test_the_unit_of_a_label_is_said_with_its_value() -> None:
    view = view_of("12 Durée (mois) | 36\n23 Retenue de garantie | SANS OBJET\n")
    assert passages.said(view, sentence(view, "duree")) == "duree (mois) ; 36 mois"
    assert passages.value_of(view, sentence(view, "duree")) == "Durée (mois) : 36"
    assert passages.value_of(view, sentence(view, "retenue")) == "SANS OBJET"


def test_the_first_words_of_a_paragraph_name_it_but_what_has_its_own_label() -> None:
    view = view_of("Avance. À votre demande, 15 % contre caution. Langue : le français.\n")
    first, second = passages.passages(view, [sentence(view, "15 %"), sentence(view, "langue")])
    assert first == "CCAP : Avance\nÀ votre demande, 15 % contre caution."
    assert second == "CCAP\nLangue : le français."


class Shares:
    """Sees so much of the revision of prices, and of the form of prices, in every sentence."""

    def __init__(self, revision: float, form: float) -> None:
        self.shares = dict.fromkeys(FIELDS, 0.0) | {"revision_prix": revision, "forme_prix": form}

    def __call__(self, texts: Sequence[str]) -> list[Subject]:
        return [Subject(self.shares, 1 - sum(self.shares.values()), dict.fromkeys(TESTS, 0.1)) for _ in texts]

    def likely(self, texts: Sequence[str]) -> list[Mapping[str, float]]:
        return [dict.fromkeys(FIELDS, 0.5) for _ in texts]

    def kinds(self, bought: str) -> Mapping[str, float]:
        return {"travaux": 1.0} if bought else {}


def test_a_doubtful_sentence_that_speaks_of_no_other_field_is_taken() -> None:
    view = view_of("Les conditions de leur évolution sont celles de l'article 8 du cahier.\n")
    found = meant(view, {"revision_prix": []}, Shares(0.4, 0.01))["revision_prix"]
    assert found is not None
    assert found.value == "Les conditions de leur évolution sont celles de l'article 8 du cahier."
    assert meant(view, {"revision_prix": []}, Shares(0.4, 0.2)) == {}
    assert meant(view, {"securite": []}, Shares(0.4, 0.01)) == {}
