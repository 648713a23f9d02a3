"""Fields that no rule reads, found by meaning: surely said or left empty, with their words."""

from collections.abc import Mapping, Sequence

import pytest

from assistant import reading
from assistant.datatypes import Kind, Span
from assistant.reader.fields import TESTS, Subject
from assistant.summaries.batch import work
from assistant.summaries.fields import meant
from assistant.summaries.fields import summarise as summarise_module
from assistant.summaries.fields.summarise import summarise
from assistant.summaries.fields.summary import FIELDS, FieldValue
from assistant.tender.facts.sayable import SAYABLE
from assistant.tender.view import View

CCAP = "# CCAP\n\n## Article 9 - Départ\n\nEn partant, la société nous rend nos fichiers dans un format que tout autre saura ouvrir.\n\nElle vient le lundi matin.\n"


def document(text: str = CCAP):
    return reading.read_bytes(text.encode(), "CCAP.md", kind=Kind.TENDER, collection="essai")


class Sure:
    """Sees reversibility in what speaks of files, this surely."""

    def __init__(self, share: float) -> None:
        self.share, self.read = share, list[str]()

    def __call__(self, texts: Sequence[str]) -> list[Subject]:
        self.read += texts
        return [self._subject(text) for text in texts]

    def _subject(self, text: str) -> Subject:
        shares = dict.fromkeys(FIELDS, 0.0) | {"reversibilite": self.share if "fichiers" in text else 0.0}
        return Subject(shares, 1 - sum(shares.values()), dict.fromkeys(TESTS, 0.1))

    def likely(self, texts: Sequence[str]) -> list[Mapping[str, float]]:
        return [dict.fromkeys(FIELDS, 0.5 if "fichiers" in text else 0.0) for text in texts]

    def kinds(self, bought: str) -> Mapping[str, float]:
        works = self.share if "toiture" in bought else 0.3
        return {"travaux": works, **dict.fromkeys(("services", "fournitures"), (1 - works) / 2)}


def test_the_kind_is_read_in_the_object_where_no_rule_reads_it() -> None:
    text = "# CCTP\n\n## Article 1 - Objet\n\nLe présent marché a pour objet la reprise de la toiture de la mairie.\n"
    made = reading.read_bytes(text.encode(), "CCTP.md", kind=Kind.TENDER, collection="essai")
    assert summarise(made, "CCTP.md").field("type_marche").value is None
    kind = summarise(made, "CCTP.md", read=Sure(0.9)).field("type_marche")
    assert (kind.value, kind.found_by) == ("travaux", "model")
    assert kind.quote is not None
    assert "toiture" in kind.quote
    assert summarise(made, "CCTP.md", read=Sure(0.4)).field("type_marche").value is None


def test_what_is_surely_said_is_the_value_with_its_words() -> None:
    made = document()
    assert summarise(made, "CCAP.md").field("reversibilite").value is None
    field = summarise(made, "CCAP.md", read=Sure(0.985)).field("reversibilite")
    assert field.found_by == "model"
    assert field.quote is not None
    assert field.quote == made.text[field.extracts[0].start : field.extracts[0].end]
    assert field.quote.startswith("En partant")


def test_what_is_not_sure_stays_empty_and_unlikely_sentences_are_not_read() -> None:
    doubtful = Sure(0.85)
    assert summarise(document(), "CCAP.md", read=doubtful).field("reversibilite").value is None
    assert all("lundi" not in text for text in doubtful.read)


def test_a_field_that_a_rule_reads_is_left_to_it() -> None:
    text = "# CCAP\n\n## Article 3 - Paiement\n\nLe délai de paiement est de 30 jours.\n"
    assert summarise(document(text), "CCAP.md", read=Sure(0.99)).field("delai_paiement").found_by == "rule"


def test_a_reader_that_breaks_costs_its_reading_alone() -> None:
    class Broken(Sure):
        def likely(self, texts: Sequence[str]) -> list[Mapping[str, float]]:
            raise ValueError("broken")

    summary = work.summarised(document(), "CCAP.md", None, lambda: Broken(1.0))
    assert summary.field("reversibilite").value is None
    assert [problem.code for problem in summary.problems] == ["cover-failed"]


RETENTION = (
    "# CCAP\n\n## Article 5 - Retenue de garantie\n\nLa retenue de garantie peut être remplacée par une garantie à première demande.\n\n"
    "## Article 6 - Acomptes\n\nIl est prélevé sur chaque acompte cinq pour cent de son montant toutes taxes comprises.\n"
)


class Sees(Sure):
    """Sees a field in what holds a word surely, and in the rest as little as it is told."""

    def __init__(self, name: str, word: str, elsewhere: float) -> None:
        super().__init__(0.99)
        self.name, self.word, self.elsewhere = name, word, elsewhere

    def _subject(self, text: str) -> Subject:
        share = self.share if self.word in text else self.elsewhere
        return Subject(
            dict.fromkeys(FIELDS, 0.0) | {self.name: share},
            1 - share,
            dict.fromkeys(TESTS, 0.1),
        )

    def likely(self, texts: Sequence[str]) -> list[Mapping[str, float]]:
        return [dict.fromkeys(FIELDS, 0.5 if self.word in text else 0.0) for text in texts]


def test_what_a_rule_read_is_set_aside_where_it_speaks_of_something_else_and_another_surely_does() -> None:
    made = document(RETENTION)
    assert summarise(made, "CCAP.md").field("retenue_garantie").found_by == "rule"
    doubted = summarise(made, "CCAP.md", read=Sees("retenue_garantie", "prélevé", 0.05)).field(
        "retenue_garantie"
    )
    assert (doubted.found_by, str(doubted.quote)[:14]) == ("model", "Il est prélevé")
    kept = summarise(made, "CCAP.md", read=Sees("retenue_garantie", "prélevé", 0.5)).field("retenue_garantie")
    assert kept.found_by == "rule"


def test_each_field_is_believed_from_its_own_share_on() -> None:
    text = "# CCAP\n\n## Article 5 - Argent\n\nRien ne sera mis de côté sur ce qui vous est dû chaque mois.\n"

    def value(name: str, share: float) -> FieldValue:
        seen = Sees(name, "mis de côté", 0.0)
        seen.share = share
        return summarise(document(text), "CCAP.md", read=seen).field(name).value

    assert value("retenue_garantie", 0.75)
    assert value("retenue_garantie", 0.55) is None
    assert value("forme_prix", 0.9) is None
    assert value("clause_environnementale", 0.6) is None
    assert value("avance", 0.75)
    assert value("securite", 0.9) is None


def test_what_is_no_known_piece_speaks_of_much_that_binds_nobody() -> None:
    text = "# Réunion\n\nMadame, Monsieur,\n\nRien ne sera mis de côté sur ce qui vous est dû chaque mois.\n"
    made = reading.read_bytes(text.encode(), "note.md", kind=Kind.TENDER, collection="essai")
    seen = Sees("avance", "mis de côté", 0.0)
    seen.share = 0.9
    assert summarise(made, "note.md", read=seen).doc_type == "autre"
    assert summarise(made, "note.md", read=seen).field("avance").value is None
    seen.share = 0.97
    assert summarise(made, "note.md", read=seen).field("avance").value


def test_a_piece_of_a_file_called_after_prices_does_not_say_how_they_are_made() -> None:
    says = SAYABLE["forme_prix"]
    assert not says("la decomposition du prix global et forfaitaire et le bordereau des unites d'oeuvre")
    assert says("les interventions sont payees sur bordereau")


def test_a_notice_names_what_it_does_not_say() -> None:
    text = "# Avis d'appel public à la concurrence\n\n## Section II\n\nRien ne sera mis de côté sur ce qui vous est dû chaque mois.\n"
    made = reading.read_bytes(text.encode(), "avis.md", kind=Kind.TENDER, collection="essai")
    seen = Sees("avance", "mis de côté", 0.0)
    seen.share = 0.9
    assert summarise(made, "avis.md", read=seen).doc_type == "avis"
    assert summarise(made, "avis.md", read=seen).field("avance").value is None


def test_the_object_is_the_first_sentence_that_surely_says_it_where_the_cover_gave_another() -> None:
    text = (
        "# LETTRE\n\nRésidence pour personnes âgées – 84 lits\n\nNous confions à un prestataire le lavage du linge de la maison.\n\n"
        "Le lavage du linge est payé au kilo.\n"
    )
    view = View(document(text), "autre")
    start = view.document.text.index("Résidence")
    told = [Span(start, start + 40)]
    better = meant.object_of(view, told, Sees("objet", "lavage", 0.1))
    assert better is not None
    assert better.value == "Nous confions à un prestataire le lavage du linge de la maison."
    assert meant.object_of(view, told, Sees("objet", "lavage", 0.8)) is None


def test_a_row_of_places_is_told_with_its_table() -> None:
    text = (
        "# CCAP\n\n## Article 3 - Répartition\n\nLes lots sont les suivants.\n\n| Lot | Établissements | Appareils |\n|---|---|---|\n"
        "| 1 | MA de Rocquigny | 74 |\n| 2 | CP d'Estuaire | 91 |\n\nChaque lot est attribué seul.\n"
    )
    field = summarise(document(text), "CCAP.md", read=Sees("lieu_execution", "Estuaire", 0.0)).field(
        "lieu_execution"
    )
    assert (
        str(field.value)
        == "Lot : Établissements, Appareils ; 1 : MA de Rocquigny, 74 ; 2 : CP d'Estuaire, 91"
    )


def test_no_least_sum_is_a_value_too() -> None:
    assert SAYABLE["montant_minimum_ht"]("le theatre ne prend aucun engagement sur un volume minimal")
    assert not SAYABLE["montant_minimum_ht"]("le volume de l'an passe est donne pour information")


def test_a_sum_that_nothing_calls_a_bound_is_none() -> None:
    text = "# CCP\n\n## Article 2 - Garanties\n\nLa franchise ne joue pas ; atteinte à l'environnement : 500 000 €.\n"
    for name in ("montant_minimum_ht", "montant_maximum_ht"):
        seen = Sees(name, "atteinte", 0.0)
        assert summarise(document(text), "CCP.md", read=seen).field(name).value is None


def test_a_sum_is_found_where_the_sentence_holds_one() -> None:
    text = "# CCAP\n\n## Article 2 - Commandes\n\nAu-delà de {}, plus aucune commande n'est passée.\n"
    for sum_, found_by in (("1 480 000 € HT", "model"), ("ce seuil", None)):
        made = document(text.format(sum_))
        field = summarise(made, "CCAP.md", read=Sees("montant_maximum_ht", "Au-delà", 0.0)).field(
            "montant_maximum_ht"
        )
        assert field.found_by == found_by


CRITERIA = (
    "# RC\n\n## Article 6 - Comment nous jugeons\n\n| Critère | Poids |\n|---|---|\n"
    "| 1 – Prix, coût sur 4 ans | 55 % |\n| 2 – Valeur technique : moyens (15), méthode (20) | 35 % |\n| 3 – Environnement | 10 % |\n\n"
    "Les plis sont ouverts à 9 heures.\n"
)


class SeesCriteria(Sees):
    """Sees criteria in rows that hold a share, and in nothing else."""

    def __init__(self) -> None:
        super().__init__("criteres_attribution", "%", 0.0)


def test_criteria_are_lines_whose_weights_make_a_whole() -> None:
    found = meant.weighed_criteria(View(document(CRITERIA), "RC"), SeesCriteria())
    assert found is not None
    assert [tuple(dict(item).values()) for item in found.value if not isinstance(item, str)] == [
        ("Prix, coût sur 4 ans", "55 %"),
        ("Valeur technique", "35 %"),
        ("Environnement", "10 %"),
    ]
    assert len(found.spans) == 3
    one_less = document(CRITERIA.replace("| 3 – Environnement | 10 % |\n", ""))
    assert meant.weighed_criteria(View(one_less, "RC"), SeesCriteria()) is None
    inline = document(
        "# Avis\n\n## Lot 1\n\nCritères d'attribution : Prix 40 % ; Qualité technique 50 % ; Délais 10 %.\n"
    )
    found = meant.weighed_criteria(View(inline, "avis"), SeesCriteria())
    assert found is not None
    assert [dict(item)["critere"] for item in found.value if not isinstance(item, str)] == [
        "Prix",
        "Qualité technique",
        "Délais",
    ]


def test_a_table_of_small_percentages_is_no_list_of_criteria() -> None:
    rows = "".join(
        "| Poste courant : " + ", ".join(f"{share} %" for share in range(1, 7)) + " | |\n" for _ in range(40)
    )
    table = document(f"# RC\n\n## Article 6 - Taux\n\n| Poste | |\n|---|---|\n{rows}\n")
    assert meant.weighed_criteria(View(table, "RC"), SeesCriteria()) is None


def test_a_part_of_what_is_paid_is_no_weight() -> None:
    sanctions = document(
        "# CCP\n\n## Article 10 - Sanctions\n\n| Fait | Lots 1 et 2 |\n|---|---|\n| Retard de remise | 2 % du bon par jour |\n"
        "| Exactitude sous 98 % | réfaction de 15 % |\n"
    )
    assert meant.weighed_criteria(View(sanctions, "CCP"), SeesCriteria()) is None


def test_a_sentence_that_says_two_fields_says_both() -> None:
    class SeesTwo(Sure):
        def _subject(self, text: str) -> Subject:
            told = "douze mois" in text
            shares = {"duree_initiale": 0.55, "reconductions": 0.43} if told else {}
            return Subject(
                dict.fromkeys(FIELDS, 0.0) | shares,
                1 - sum(shares.values()),
                dict.fromkeys(TESTS, 0.1),
            )

        def likely(self, texts: Sequence[str]) -> list[Mapping[str, float]]:
            return [dict.fromkeys(FIELDS, 0.5 if "douze mois" in text else 0.0) for text in texts]

    text = "# CCAP\n\n## Article 2 - Calendrier\n\nOn part sur douze mois, puis deux fois autant si tout va bien.\n"
    summary = summarise(document(text), "CCAP.md", read=SeesTwo(1.0))
    assert {summary.field(name).found_by for name in ("duree_initiale", "reconductions")} == {"model"}


def test_a_row_of_two_cells_is_read_under_its_own_label() -> None:
    seen = Sees("lieu_execution", "Lieu", 0.0)
    text = "# BPU\n\n## Bordereau des prix\n\n| Lieu | le dépôt de la rue Haute |\n|---|---|\n| Date | à fixer avec la commune |\n"
    field = summarise(document(text), "BPU.md", read=seen).field("lieu_execution")
    assert (field.found_by, str(field.value).split()[-1]) == ("model", "Haute")
    assert any("\nLieu : le dépôt" in read for read in seen.read)


def test_what_a_rule_read_by_words_is_dropped_where_its_sentences_hardly_speak_of_it() -> None:
    made = document(RETENTION)
    hardly, somewhat = (Sees("retenue_garantie", "nulle part", share) for share in (0.04, 0.06))
    assert summarise(made, "CCAP.md", read=hardly).field("retenue_garantie").value is None
    assert summarise(made, "CCAP.md", read=somewhat).field("retenue_garantie").found_by == "rule"


def test_a_field_called_by_its_name_beside_another_is_kept() -> None:
    class SeesTheOther(Sure):
        def _subject(self, text: str) -> Subject:
            shares = {"avance": 0.97, "retenue_garantie": 0.01} if "avance" in text else {}
            return Subject(
                dict.fromkeys(FIELDS, 0.0) | shares,
                1 - sum(shares.values()),
                dict.fromkeys(TESTS, 0.1),
            )

    text = "# CCAP\n\n## Article 5 - Argent\n\nIl n'est pas versé d'avance, et nous ne pratiquerons aucune retenue de garantie.\n"
    field = summarise(document(text), "CCAP.md", read=SeesTheOther(1.0)).field("retenue_garantie")
    assert "aucune retenue" in str(field.value)


def test_a_bound_is_named_by_its_word_and_not_by_letters_of_another() -> None:
    assert not SAYABLE["montant_minimum_ht"]("le marche administratif a un maximum de 90 000 €")
    assert SAYABLE["montant_minimum_ht"]("le minimum est de 9 000 €")
    assert not SAYABLE["montant_maximum_ht"]("nettoyage administratif | 3 | 12 €")
    assert not SAYABLE["montant_maximum_ht"]("le maximum est estime a 9 000 €")


def test_the_sentence_beside_what_a_rule_read_says_the_rest() -> None:
    text = "# CCAP\n\n## Article 4 - Exécution\n\nLa sous-traitance est admise.\n\nLe pilotage reste chez vous.\n"

    class SeesSubcontracting(Sure):
        def _subject(self, text: str) -> Subject:
            shares = dict.fromkeys(FIELDS, 0.0) | {
                "sous_traitance": self.share if "pilotage" in text else 0.0
            }
            return Subject(shares, 1 - sum(shares.values()), dict.fromkeys(TESTS, 0.1))

    alone = summarise(document(text), "CCAP.md", read=SeesSubcontracting(0.5)).field("sous_traitance")
    assert "pilotage" not in str(alone.value)
    both = summarise(document(text), "CCAP.md", read=SeesSubcontracting(0.95)).field("sous_traitance")
    assert str(both.value).endswith("Le pilotage reste chez vous.")
    assert len(both.extracts) == len(alone.extracts) + 1


def test_a_rule_that_breaks_on_the_conditions_of_the_seller_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(view: View) -> None:
        if view.aside is None:
            raise KeyError("broken")

    text = (
        "# CCP\n\nLes conditions du Fournisseur suivent.\n\n# Conditions générales de la société Vaux\n\n"
        + "Le Client paie. " * 9
    )
    monkeypatch.setitem(summarise_module.EXTRACTORS, "assurance", broken)
    problems = [one.message for one in summarise(document(text), "CCAP.md").problems]
    assert [one for one in problems if "Assurance" in one and "KeyError" in one] == problems
    assert problems


def test_a_row_that_says_nothing_of_a_field_is_not_its_value() -> None:
    assert not SAYABLE["revision_prix"]("indice | c - 18/08/2025")
    assert SAYABLE["revision_prix"]("indice | syntec, chaque 1er janvier")
    assert not SAYABLE["localisation_hebergement"]("hebergement | auberge ou hotel dans rome")
    assert SAYABLE["localisation_hebergement"]("hebergement | mareuil, dans les locaux de la regie")
    assert not SAYABLE["clause_sociale"]("raison sociale | chantiers navals de l'aulne")
