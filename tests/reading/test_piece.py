"""Which piece of a tender a document is: made examples of every piece and of their look-alikes, then the real documents."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.datatypes import Heading, Kind, Span
from assistant.reading import read, read_bytes
from assistant.reading.piece import OTHER, PIECES, SURE_ENOUGH, guess

# (why it is here, piece, name of the file, headings, text)
CASES = [
    ("a CCAP", "CCAP", "a.pdf", (), "Ville de Lyon\nCAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES\nEntretien des espaces verts"),
    ("its title runs over two lines", "CCAP", "a.pdf", (), "CAHIER DES CLAUSES\nADMINISTRATIVES PARTICULIÈRES\n(C.C.A.P.)\nMarché de travaux"),
    ("a CCAP that cites the CCTP and lists the pieces", "CCAP", "a.pdf", ("Pièces contractuelles", "Pénalités"), "C.C.A.P.\nRéfection de la toiture\nLes pièces sont, par ordre de priorité :\n- l'acte d'engagement ;\n- le CCAP ;\n- le cahier des clauses techniques particulières (CCTP) ;\n- le bordereau des prix unitaires.\nLe CCTP décrit les travaux."),
    ("its title ends the line of the contract's number", "CCAP", "CCAP_lot2.docx", (), "Marché n° 2024-12 – Cahier des clauses administratives particulières\nNettoyage des locaux"),
    ("no title, its name and its headings", "CCAP", "03_CCAP_v2.pdf", ("Pénalités de retard", "Révision des prix", "Dérogations au CCAG-FCS"), "Commune de Brest\nLe marché porte sur la fourniture de repas."),
    ("a CCTP", "CCTP", "a.pdf", (), "Cahier des Clauses Techniques Particulières\nLot 3 : plomberie"),
    ("a CCTP in letters with points, with its DPGF", "CCTP", "lot 4.pdf", (), "MAIRIE DE CUZIEU\nC.C.T.P. & D.P.G.F. Lot n° 4\nFourniture et pose des cloisons selon NF DTU 25.41"),
    ("a CCTP that refers to the CCAP", "CCTP", "a.pdf", ("Description des prestations",), "CCTP\nMaintenance du réseau\nLes pénalités sont fixées par le CCAP. Le présent CCTP décrit les exigences."),
    ("letters set apart", "CCTP", "a.pdf", (), "C C T P\nGros œuvre\nLes ouvrages sont exécutés selon les règles de l'art."),
    ("a CCP", "CCP", "a.pdf", ("Pénalités", "Description des prestations", "Révision des prix"), "CAHIER DES CLAUSES PARTICULIÈRES\n(CCP)\nGardiennage"),
    ("a CCP that merges both by name", "CCP", "a.pdf", (), "Cahier des clauses administratives et techniques particulières\nFourniture de mobilier"),
    ("a CCATP", "CCP", "CCATP.docx", (), "C.C.A.T.P.\nTransport scolaire"),
    ("an RC", "RC", "a.pdf", (), "RÈGLEMENT DE LA CONSULTATION\nProcédure adaptée\nDate limite de remise des offres : 12 mai 2025 à 12 h"),
    ("an RC that names all pieces", "RC", "a.pdf", ("Dossier de consultation", "Critères de jugement des offres"), "Règlement de consultation (RC)\nLe dossier comprend :\n• Acte d'engagement\n• CCAP\n• CCTP\n• Bordereau des prix unitaires\n• Détail quantitatif estimatif"),
    ("an RC whose cover numbers it", "RC", "RC.pdf", (), "Pièce n° 1 : Règlement de la consultation\nAppel d'offres ouvert"),
    ("an RC without a title", "RC", "RC_2024.pdf", ("Conditions de la consultation", "Présentation des offres", "Critères d'attribution"), "Les candidats doivent remettre leur pli par voie électronique."),
    ("an AE", "AE", "a.docx", (), "ACTE D’ENGAGEMENT\nMarché public de services\nJe m'engage, sur la base de mon offre"),
    ("an AE that lists the pieces", "AE", "a.docx", ("Contractant", "Compte à créditer"), "Acte d'engagement (AE)\nAprès avoir pris connaissance des pièces :\n- CCAP n° 2024-1 ;\n- CCTP ;\nle signataire s'engage."),
    ("the State's form", "AE", "a.odt", (), "MARCHÉS PUBLICS\nATTRI1 | Acte d'engagement\nNous engageons, IBAN"),
    ("a BPU", "BPU", "prix.xlsx", (), "BORDEREAU DES PRIX UNITAIRES\nN° de prix | Désignation | Prix unitaire HT"),
    ("a BPU that is an annex of the AE", "BPU", "annexe1.xlsx", (), "Annexe 1 à l'acte d'engagement : bordereau des prix unitaires\nN° de prix | Unité | Prix en lettres"),
    ("a BPU by its sheet and name", "BPU", "BPU_lot1.xlsx", ("BPU",), "Article | Unité | Prix unitaire HT"),
    ("a DQE", "DQE", "a.xlsx", (), "DÉTAIL QUANTITATIF ESTIMATIF\nDésignation | Quantité estimée | Montant HT"),
    ("a DQE in short", "DQE", "DQE.xlsx", ("DQE",), "Désignation | Qté | P.U. | Total"),
    ("a notice", "avis", "a.pdf", (), "AVIS D'APPEL PUBLIC À LA CONCURRENCE\nVille de Nîmes\nCritères d'attribution : énoncés dans le règlement de la consultation"),
    ("a notice of award", "avis", "a.txt", (), "Avis d’attribution\nDépartement(s) de publication : 59\nAnnonce No 24-101"),
    ("a European notice", "avis", "a.txt", ("Section I : Pouvoir adjudicateur",), "Avis de marché\nDirective 2014/24/UE\nCode NUTS : FRI12"),
    ("a guide about CCAPs", "guide", "a.pdf", (), "Guide de rédaction du CCAP\nCe guide aide les acheteurs à écrire le cahier des clauses administratives particulières."),
    ("a guide to all pieces", "guide", "guide.pdf", ("Le CCAP", "Le CCTP"), "Guide pratique de l'achat public\nLe présent guide présente l'acte d'engagement et le CCTP."),
    ("an annex of the CCTP", OTHER, "Annexe 2 CCTP.pdf", (), "Annexe 2 au CCTP\nListe des sites"),
    ("an annex of the CCAP under the CCAP's name", OTHER, "CCAP.pdf", (), "ANNEXE N° 1 AU CCAP\nClause d'insertion"),
    ("the general clauses", OTHER, "a.pdf", ("Pénalités", "Résiliation"), "Cahier des clauses administratives générales applicables aux marchés de travaux\nLe CCAP peut déroger au présent texte."),
    ("a DPGF", OTHER, "DPGF lot 1.xlsx", (), "DÉCOMPOSITION DU PRIX GLOBAL ET FORFAITAIRE\nDésignation | Quantité | Montant"),
    ("a bidder's paper", OTHER, "memoire.docx", (), "Mémoire technique\nNous avons lu le CCTP et le règlement de la consultation."),
    ("a letter that cites", OTHER, "lettre.docx", (), "Madame,\nconformément au\nrèglement de la consultation, nous joignons l'acte d'engagement."),
    ("a list of pieces, none of them", OTHER, "liste.txt", (), "Pièces du dossier\n- CCAP\n- CCTP\n- RC\n- BPU"),
    ("an insurance certificate called RC", OTHER, "attestation RC.pdf", (), "Assurance\nNous certifions que la société est assurée."),
    ("a technical opinion", OTHER, "avis technique 12.pdf", (), "Procédé d'isolation thermique"),
    ("a model clause for the RC", OTHER, "clauses.doc", ("Critères de jugement des offres",), "Modèle de « Clause sociale »\nInsérer le texte dans le Règlement de la consultation (RC)."),
    ("nothing", OTHER, "", (), ""),
]  # fmt: skip


def _headings(titles: tuple[str, ...]) -> tuple[Heading, ...]:
    return tuple(Heading(1, None, title, Span(0, 0)) for title in titles)


@pytest.mark.parametrize(
    ("piece", "name", "titles", "text"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_made_piece_is_guessed(piece: str, name: str, titles: tuple[str, ...], text: str) -> None:
    found = guess(text, _headings(titles), name)
    assert found.piece == piece, found
    assert (found.score >= SURE_ENOUGH) is (piece != OTHER), found


def test_a_title_and_a_name_are_surer_than_a_name() -> None:
    both, name_only = guess("CCAP\nEntretien", (), "CCAP.pdf"), guess("Entretien", (), "CCAP.pdf")
    assert both.piece == name_only.piece == "CCAP"
    assert both.score > name_only.score


def test_a_name_that_contradicts_the_title_lowers_the_score() -> None:
    assert guess("CCAP\nEntretien", (), "CCTP.pdf").score < guess("CCAP\nEntretien", (), "x.pdf").score


def test_the_archive_around_a_file_says_nothing() -> None:
    assert guess("Entretien", (), "CCAP.zip › CCTP/plan.pdf").piece == OTHER


@given(st.text(max_size=300), st.lists(st.text(max_size=40), max_size=4), st.text(max_size=40))
def test_any_text_has_a_guess(text: str, titles: list[str], name: str) -> None:
    found = guess(text, _headings(tuple(titles)), name)
    assert found.piece in PIECES
    assert 0 <= found.score <= 1
    assert found.piece == OTHER or found.score >= SURE_ENOUGH


@pytest.mark.parametrize("kind", list(Kind))
def test_only_documents_of_a_tender_carry_their_piece(kind: Kind) -> None:
    document = read_bytes(
        "CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES\n\nEntretien".encode(),
        "CCAP.txt",
        kind=kind,
        collection="essai",
    )
    expected = "CCAP 0.95" if kind in (Kind.TENDER, Kind.FRAMEWORK) else None
    assert dict(document.metadata).get("piece") == expected


def test_a_weak_guess_is_not_carried() -> None:
    document = read_bytes(b"Quelques mots.", "mots.txt", kind=Kind.TENDER, collection="essai")
    assert "piece" not in dict(document.metadata)


CHAPTER = (
    "Imprimantes et copieurs\n\nChaque fiche donne des points de vigilance, à l'usage des acheteurs.\nAvant l'achat : le sourcing.\n"
    "Exemples de clauses à reprendre dans le CCAP ou le CCTP :\nLe titulaire reprend les consommables usagés.\nDes pénalités sont prévues.\n"
)


def test_a_chapter_of_a_guide_is_told_by_what_it_says_to_buyers() -> None:
    assert (
        guess(CHAPTER, _headings(("Pénalités", "Prescriptions techniques")), "imprimantes.md").piece
        == "guide"
    )


def test_a_contract_that_buys_sourcing_is_no_guide() -> None:
    text = "CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES\n\nLe présent CCTP porte sur l'assistance au sourcing et la diffusion de bonnes pratiques.\n"
    assert guess(text, (), "CCTP.txt").piece == "CCTP"


@pytest.mark.parametrize(
    ("renamed", "at_least"), [(False, 0.9), (True, 0.85)], ids=["as named", "without their names"]
)
def test_real_documents_are_guessed(shared: Path, renamed: bool, at_least: float) -> None:
    folder = shared / "data" / "dce"
    right = {}
    for line in (folder / "tender_gold_dev.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        document = read(folder / gold["file"], kind=Kind.TENDER, collection="essai")
        right[gold["file"]] = (
            guess(document.text, document.headings, "x" if renamed else gold["file"]).piece
            == gold["doc_type"]
        )
    assert sum(right.values()) / len(right) >= at_least, [file for file, fine in right.items() if not fine]
