"""The order of the pieces, however it is said: read once for summaries and for the review."""

import pytest

from assistant.tender.facts.order import EVERY_OTHER, order_of, orders
from tests.tender.made import view

SAID = {
    "Les pièces prévalent dans l'ordre suivant : acte d'engagement, CCAP, CCTP.": ("AE", "CCAP", "CCTP"),
    "## 2. Documents contractuels\n\nPar ordre de priorité :\n\n- l'acte d'engagement et son annexe financière ;\n- le présent CCAP ;\n- le CCTP ;\n- le CCAG-TIC.\n\n## 3. Durée\n\nUn an.": (
        "AE",
        "BPU",
        "CCAP",
        "CCTP",
    ),
    "L'acte d'engagement, le C.C.A.P. et le C.C.T.P. prévalent dans cet ordre.": ("AE", "CCAP", "CCTP"),
    "Pièces du marché, par ordre de priorité, et par dérogation à l'article 4.1 du CCAG : l'acte d'engagement ; le CCP.": (
        "AE",
        "CCP",
    ),
    "Le pli contient, dans l'ordre suivant : CCTP, CCAP, acte d'engagement.": (),
    "Les pièces du marché sont l'acte d'engagement, le CCAP et le CCTP.": (),
    "Le CCAP prévaut sur le CCTP.": (),
}


@pytest.mark.parametrize(("text", "pieces"), SAID.items())
def test_the_order_of_a_list_is_that_of_its_pieces(text: str, pieces: tuple[str, ...]) -> None:
    assert order_of(view(text)) == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Le CCAP prévaut sur le CCTP.", ("CCAP", "CCTP")),
        ("En cas de contradiction entre le CCAP et le CCTP, le CCTP l'emporte.", ("CCTP", "CCAP")),
        ("L'acte d'engagement prime sur toutes les autres pièces.", ("AE", EVERY_OTHER)),
        (
            "Ordre de priorité des pièces : acte d'engagement, CCAG-FCS, mémoire technique.",
            ("AE", "CCAG", "offre"),
        ),
    ],
)
def test_a_sentence_ranks_two_pieces_or_one_above_all(text: str, pieces: tuple[str, ...]) -> None:
    assert [order for order, _ in orders(view(text))] == [pieces]
