"""An answer as Markdown: what the terminal shows, and what a conversation's file holds."""

from dataclasses import replace
from datetime import date

import pytest

from assistant import answer_markdown
from assistant.datatypes import Ask, Basis, Option, Position, Risk, SheetName, Status, Verdict
from assistant.export import unmarked
from assistant.kept_answer import KeptAnswer, KeptProblem, KeptRow, KeptRows, KeptSource
from tests.site.samples import RULES, WORDS, answer, claim, quote, sheet_quote

LEAVE = "Oui, si l'exigence est liée au marché : l'acheteur peut exiger l'Union."
PART = "Les lieux imposés le sont pour tout ou partie du contrat."
EXTRACT = f"CCP, article L2112-4, en vigueur depuis le 1er avril 2019 : « {WORDS} »"
CONTRACT = KeptSource("c0", "CCAP de la voirie", "consultation", "prive:claire")
LONG = "Les moyens sont localisés dans l'Union, y compris ceux du support, de l'administration, de la supervision et de la sauvegarde des données."
HOSTILE = "# Titre <script>alert(1)</script> [lien](http://x) `code` **gras** {=html} ^[note]"


def of_a_sheet() -> KeptAnswer:
    """A case of a sheet, with all that it can say but what is asked."""
    return answer(
        about="Imposer la localisation des moyens",
        claims=(
            claim(LEAVE, quote(marker="F1.1.1"), sheet_quote(LEAVE)),
            claim(
                PART,
                quote(marker="F1.2.1", pages=(3, 4), valid_to=date(2027, 1, 1)),
                sheet_quote(PART, "F1.2"),
                verdict=Verdict.UNVERIFIED,
            ),
        ),
        todo=("Justifier le lieu par écrit.", "Nommer chaque opération."),
        fallbacks=("« Les moyens sont situés dans l'Union. »",),
        risk=Risk("moyen", ("Une exigence sans motif s'attaque.",), ("référé précontractuel",)),
        see_also=(
            SheetName("telemetrie", "Régler la télémétrie"),
            SheetName("penalites", "Prévoir des pénalités"),
        ),
        model="petit-modele",
    )


def of_texts() -> KeptAnswer:
    """The nearest texts, without a position."""
    return answer(
        basis=Basis.TEXTS,
        position=Position.INFORMATION,
        claims=(
            claim(EXTRACT, quote()),
            claim(
                "Guide, p. 3 : « Le lieu se justifie. »",
                quote(source=RULES, article=None, pages=(3, 3), quote="Le lieu se justifie."),
            ),
        ),
        lead="Aucune fiche ne répond à cette question. Les textes les plus proches, sans position :",
        risk=Risk(),
        fallbacks=(),
        problems=(),
        see_also=(SheetName("telemetrie", "Régler la télémétrie"),),
        sheet=None,
        case=None,
    )


def of_nothing() -> KeptAnswer:
    """Nothing is answered; what to do instead is said."""
    return answer(
        basis=Basis.NONE,
        position=Position.OUT_OF_SCOPE,
        status=Status.INSUFFICIENT,
        claims=(),
        risk=Risk(),
        fallbacks=(
            "Aucun document indexé ne répond à cette question.",
            "Reformulez avec les mots de la commande publique.",
        ),
        problems=(KeptProblem("reference-inconnue", "L'article L2199-9 n'existe pas."),),
        sheet=None,
        case=None,
    )


# ---- each basis -------------------------------------------------------------------------------------------------------------------------


def test_a_case_of_a_sheet_says_its_position_its_claims_with_their_proofs_then_what_to_do() -> None:
    assert answer_markdown.markdown(of_a_sheet()).splitlines() == [
        "**Possible sous conditions** : Imposer la localisation des moyens — droit au 1er avril 2026",
        "",
        f"1. {LEAVE}",
        f"   > « {WORDS} » — CCP, art. L2112-4, en vigueur depuis le 1er avril 2019 [1]",
        "   > Fiche : Imposer la localisation des moyens [2]",
        "",
        f"2. {PART} *(non vérifié)*",
        f"   > « {WORDS} » — CCP, art. L2112-4, p. 3-4, en vigueur du 1er avril 2019 au 1er janvier 2027 (exclu) [1]",
        "   > Fiche : Imposer la localisation des moyens [3]",
        "",
        "**À faire**",
        "",
        "- Justifier le lieu par écrit.",
        "- Nommer chaque opération.",
        "",
        "**Ce que vous pouvez écrire**",
        "",
        "- « Les moyens sont situés dans l'Union. »",
        "",
        "**Risque contentieux : moyen**",
        "",
        "- Une exigence sans motif s'attaque.",
        "- référé précontractuel",
        "",
        "**À savoir**",
        "",
        "- Ces mots changent bientôt.",
        "",
        "**Voir aussi**",
        "",
        "- Régler la télémétrie",
        "- Prévoir des pénalités",
        "",
        "Modèle de langage : petit-modele.",
    ]


def test_mere_texts_are_named_so_before_them_and_give_only_where_they_stand() -> None:
    assert answer_markdown.markdown(of_texts()).splitlines() == [
        "**Information** — droit au 1er avril 2026",
        "",
        "Aucune fiche ne répond à cette question. Les textes les plus proches, sans position :",
        "",
        f"1. {EXTRACT}",
        "   > CCP, art. L2112-4, en vigueur depuis le 1er avril 2019 [1]",
        "",
        "2. Guide, p. 3 : « Le lieu se justifie. »",
        "   > Code de la commande publique, p. 3, en vigueur depuis le 1er avril 2019 [1]",
        "",
        "**Voir aussi**",
        "",
        "- Régler la télémétrie",
    ]


def test_passages_of_the_buyers_own_documents_say_their_page() -> None:
    own = quote(
        marker="S1",
        source=CONTRACT,
        work=None,
        article=None,
        pages=(3, 3),
        valid_from=None,
        quote="Les moyens\nsont dans l'Union.",
    )
    shown = answer(
        basis=Basis.DOCUMENT,
        position=Position.INFORMATION,
        claims=(claim("CCAP de la voirie, p. 3 : « Les moyens sont dans l'Union. »", own),),
        lead="Les passages les plus proches dans vos documents :",
        risk=Risk(),
        fallbacks=(),
        problems=(),
    )
    assert answer_markdown.markdown(shown).splitlines() == [
        "**Information** — droit au 1er avril 2026",
        "",
        "Les passages les plus proches dans vos documents :",
        "",
        "1. CCAP de la voirie, p. 3 : « Les moyens sont dans l'Union. »",
        "   > CCAP de la voirie, p. 3 [1]",
    ]


def test_where_nothing_is_answered_the_ways_out_come_first_and_are_not_what_to_write() -> None:
    assert answer_markdown.markdown(of_nothing()).splitlines() == [
        "**Hors du corpus : pas de réponse**",
        "",
        "Aucun document indexé ne répond à cette question.",
        "",
        "Reformulez avec les mots de la commande publique.",
        "",
        "**À savoir**",
        "",
        "- L'article L2199-9 n'existe pas.",
    ]


@pytest.mark.parametrize("made", [of_a_sheet, of_texts, of_nothing])
def test_markdown_ends_with_one_line_break_and_has_no_two_blank_lines(made: object) -> None:
    assert callable(made)
    text = answer_markdown.markdown(made())
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text


# ---- the buyer's own documents ----------------------------------------------------------------------------------------------------------

OF_THE_CONTRACT = quote(
    marker="S1",
    source=CONTRACT,
    work=None,
    article=None,
    pages=(3, 3),
    valid_from=None,
    quote="Le marché dure\n48 mois.",
)
COUNTED = "1 marché sur 3 (Durée initiale, plus de 3 ans : 1 oui, 1 non, 1 illisible ou indécis)."


def of_a_list(**changes: object) -> KeptAnswer:
    """A list, with claims that say its rows again, as they come before it."""
    rows = KeptRows(
        "Durée initiale, plus de 3 ans",
        yes=(KeptRow(CONTRACT, "CCAP.pdf", "Voirie | lot 1", "48 mois", OF_THE_CONTRACT),),
        no=(KeptRow(CONTRACT, "AE.pdf", "Toiture", "24 mois", None),),
        untold=(KeptRow(CONTRACT, "scan.pdf", "Nettoyage", "", None),),
        silent=(KeptRow(CONTRACT, "RC.pdf", "Voirie | lot 1", "", None),),
        markets=(1, 1, 1),
    )
    made = answer(
        basis=Basis.DOCUMENT,
        position=Position.INFORMATION,
        claims=(
            claim(f"{COUNTED} Voirie (CCAP.pdf).", OF_THE_CONTRACT),
            claim("Voirie : 48 mois", OF_THE_CONTRACT),
        ),
        risk=Risk(),
        fallbacks=(),
        problems=(),
    )
    return replace(made, rows=rows, **changes)


def test_a_list_is_its_count_its_table_and_what_does_not_meet_it_and_its_claims_do_not_say_it_again() -> None:
    assert answer_markdown.markdown(of_a_list()).splitlines() == [
        "**Information** — droit au 1er avril 2026",
        "",
        COUNTED,
        "",
        "| Marché | Document | Valeur | Page | Extrait |",
        "| --- | --- | --- | --- | --- |",
        "| Voirie \\| lot 1 | CCAP.pdf | 48 mois | p. 3 | « Le marché dure 48 mois. » |",
        "",
        "**Non**",
        "",
        "- Toiture — AE.pdf — 24 mois",
        "",
        "**Illisible ou indécis**",
        "",
        "- Nettoyage — scan.pdf",
        "",
        "**Dit par une autre pièce**",
        "",
        "- Voirie | lot 1 — RC.pdf",
    ]


def test_the_words_of_a_list_go_to_notes_where_there_are_notes() -> None:
    notes: list[str] = []
    lines = list(answer_markdown.lines(of_a_list(), unmarked, notes))
    assert "| Voirie \\| lot 1 | CCAP\\.pdf | 48 mois[^1] | p. 3 |" in lines
    assert notes == ["[^1]: « Le marché dure 48 mois\\. » — CCAP de la voirie, p\\. 3"]


def test_what_else_is_said_beside_a_list_stays() -> None:
    beside = claim("CCP, article L2112-4 : l'acheteur fixe la durée.", quote())
    lines = answer_markdown.markdown(of_a_list(claims=(*of_a_list().claims, beside))).splitlines()
    assert "1. CCP, article L2112-4 : l'acheteur fixe la durée." in lines
    assert not any("Voirie (CCAP.pdf)" in line for line in lines)


def test_a_list_that_nothing_meets_says_its_count_once() -> None:
    rows = KeptRows(
        "Avance, prévu", (), (KeptRow(CONTRACT, "AE.pdf", "Toiture", "", None),), (), (), (0, 1, 0)
    )
    lines = answer_markdown.markdown(
        answer(
            basis=Basis.DOCUMENT,
            claims=(),
            lead="Le marché ne répond pas …",
            risk=Risk(),
            fallbacks=(),
            problems=(),
            rows=rows,
        )
    )
    assert lines.count("Le marché ne répond pas") == 1
    assert "|" not in lines


def test_documents_that_do_not_say_are_no_answer_out_of_the_corpus() -> None:
    lead = "Le document ne le dit pas : rien n'y répond à la question. Cherché dans « CCAP »."
    shown = answer(
        basis=Basis.DOCUMENT,
        position=Position.INFORMATION,
        claims=(),
        lead=lead,
        risk=Risk(),
        fallbacks=(),
        problems=(),
    )
    assert answer_markdown.markdown(shown).splitlines() == [
        "**Non dit dans vos documents** — droit au 1er avril 2026",
        "",
        lead,
    ]


# ---- parts ------------------------------------------------------------------------------------------------------------------------------


def test_a_fact_that_decides_is_asked_with_its_values_after_what_is_said() -> None:
    ask = Ask(
        "Quel lieu voulez-vous imposer ?",
        (
            Option("l'Union", "et si c'est l'Union européenne ?"),
            Option("la commune", "et si c'est la commune ?"),
        ),
    )
    lines = answer_markdown.markdown(
        answer(LEAVE, ask=ask, todo=("Justifier le lieu par écrit.",))
    ).splitlines()
    start = lines.index("**Quel lieu voulez-vous imposer ?**")
    assert lines[start : start + 7] == [
        "**Quel lieu voulez-vous imposer ?**",
        "",
        "- l'Union : « et si c'est l'Union européenne ? »",
        "- la commune : « et si c'est la commune ? »",
        "",
        "**À faire**",
        "",
    ]
    assert lines.index(f"1. {LEAVE}") < start


def test_claims_keep_their_order_and_their_numbers_whether_they_are_said_or_quoted() -> None:
    today = f"Aujourd'hui : {LEAVE}"
    shown = answer(
        claims=(
            claim(EXTRACT, quote()),
            claim(today, sheet_quote(LEAVE)),
            claim(EXTRACT, quote(marker="S2.1")),
        )
    )
    lines = [line for line in answer_markdown.lines(shown) if line[:2] in ("1.", "2.", "3.")]
    assert lines == [f"1. {EXTRACT}", f"2. {today}", f"3. {EXTRACT}"]


def test_without_anything_more_than_claims_there_is_no_other_heading() -> None:
    lines = list(answer_markdown.lines(answer(LEAVE, risk=Risk(), fallbacks=(), problems=())))
    assert [line for line in lines if line.startswith("**")] == [
        "**Possible sous conditions** — droit au 1er avril 2026"
    ]
    assert not any("Textes les plus proches" in line for line in lines)


def test_a_quote_is_given_unless_its_words_are_in_what_is_said() -> None:
    where = "CCP, art. L2112-4, en vigueur depuis le 1er avril 2019 [1]"
    assert f"   > {where}" in answer_markdown.lines(answer(WORDS))
    assert f"   > {where}" in answer_markdown.lines(answer(WORDS.replace("utilisés ", "utilisés\n\n")))
    assert f"   > « {WORDS} » — {where}" in answer_markdown.lines(
        answer("L'acheteur peut exiger une localisation.")
    )


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ({"valid_from": None}, "CCP, art. L2112-4 [1]"),
        (
            {"valid_from": None, "valid_to": date(2026, 8, 22)},
            "CCP, art. L2112-4, en vigueur jusqu'au 22 août 2026 (exclu) [1]",
        ),
        (
            {"valid_to": date(2026, 8, 22)},
            "CCP, art. L2112-4, en vigueur du 1er avril 2019 au 22 août 2026 (exclu) [1]",
        ),
    ],
)
def test_the_days_of_a_wording_are_said_where_they_are_known(
    period: dict[str, date | None], said: str
) -> None:
    assert f"   > {said}" in answer_markdown.lines(answer(claims=(claim(WORDS, quote(**period)),)))


def test_each_claim_and_each_item_stays_on_its_line() -> None:
    broken = "Un lieu\n\n# qui se\n- justifie"
    ask = Ask("Quel lieu ?", (Option(broken, broken),))
    shown = answer(
        broken,
        todo=(broken,),
        fallbacks=(broken,),
        risk=Risk("moyen", (broken,), (broken,)),
        problems=(KeptProblem("x", broken),),
        ask=ask,
    )
    lines = list(answer_markdown.lines(shown))
    flat = "Un lieu # qui se - justifie"
    assert f"1. {flat}" in lines
    assert lines.count(f"- {flat}") == 5
    assert f"- {flat} : « {flat} »" in lines
    assert not any(line.startswith(("# ", "- justifie")) for line in lines)


# ---- notes ------------------------------------------------------------------------------------------------------------------------------


def test_quotes_go_to_notes_which_the_claims_call_and_nothing_stands_under_a_claim() -> None:
    notes: list[str] = []
    lines = list(answer_markdown.lines(of_a_sheet(), notes=notes))
    assert f"1. {LEAVE}[^1]\u202f[^2]" in lines
    assert f"2. {PART} *(non vérifié)*[^3]\u202f[^4]" in lines
    assert not any(">" in line for line in lines)
    assert notes == [
        f"[^1]: « {WORDS} » — CCP, art. L2112-4, en vigueur depuis le 1er avril 2019",
        "[^2]: Fiche : Imposer la localisation des moyens",
        f"[^3]: « {WORDS} » — CCP, art. L2112-4, p. 3-4, en vigueur du 1er avril 2019 au 1er janvier 2027 (exclu)",
        "[^4]: Fiche : Imposer la localisation des moyens",
    ]


def test_notes_go_on_from_answer_to_answer_and_a_long_one_that_comes_again_sends_to_the_first() -> None:
    notes: list[str] = []
    long = quote(quote=LONG)
    for _ in range(2):
        list(
            answer_markdown.lines(
                answer(
                    claims=(claim("Le lieu se justifie.", long, quote(article="L3", quote="L'égalité.")),)
                ),
                notes=notes,
            )
        )
    first = f"« {LONG} » — CCP, art. L2112-4, en vigueur depuis le 1er avril 2019"
    short = "« L'égalité. » — CCP, art. L3, en vigueur depuis le 1er avril 2019"
    assert notes == [
        f"[^1]: {first}",
        f"[^2]: {short}",
        "[^3]: Même citation qu'à la note 1.",
        f"[^4]: {short}",
    ]


def test_texts_and_refusals_are_the_same_with_notes_but_for_where_quotes_stand() -> None:
    notes: list[str] = []
    assert list(answer_markdown.lines(of_nothing(), notes=notes)) == list(answer_markdown.lines(of_nothing()))
    assert notes == []
    lines = list(answer_markdown.lines(of_texts(), notes=notes))
    assert f"1. {EXTRACT}[^1]" in lines
    assert notes[0] == "[^1]: CCP, art. L2112-4, en vigueur depuis le 1er avril 2019"
    assert len(notes) == 2


# ---- words of documents and models ------------------------------------------------------------------------------------------------------

_ASK = Ask("Quel lieu ?", (Option("l'Union", "et l'Union ?"),))


@pytest.mark.parametrize("with_notes", [False, True])
@pytest.mark.parametrize(
    ("part", "shown"),
    [
        ("claim", answer(HOSTILE)),
        ("quote", answer(claims=(claim("Le lieu se justifie.", quote(quote=HOSTILE)),))),
        (
            "title",
            answer(
                claims=(
                    claim(
                        "Le lieu se justifie.",
                        quote(source=KeptSource("s", HOSTILE, "droit", "regles"), article=None),
                    ),
                )
            ),
        ),
        ("about", answer(about=HOSTILE)),
        ("lead", answer(lead=HOSTILE)),
        ("ask", answer(ask=Ask(HOSTILE, _ASK.options))),
        ("option", answer(ask=Ask("Quel lieu ?", (Option(HOSTILE, "et l'Union ?"),)))),
        ("next question", answer(ask=Ask("Quel lieu ?", (Option("l'Union", HOSTILE),)))),
        ("todo", answer(todo=(HOSTILE,))),
        ("fallback", answer(fallbacks=(HOSTILE,))),
        ("way out", answer(basis=Basis.NONE, claims=(), fallbacks=(HOSTILE,))),
        ("reason", answer(risk=Risk("moyen", (HOSTILE,), ()))),
        ("appeal", answer(risk=Risk("moyen", (), (HOSTILE,)))),
        ("problem", answer(problems=(KeptProblem("x", HOSTILE),))),
        ("see also", answer(see_also=(SheetName("x", HOSTILE),))),
        ("model", answer(model=HOSTILE)),
    ],
)
def test_words_of_documents_and_models_are_their_very_characters_where_a_program_renders_them(
    part: str, shown: KeptAnswer, with_notes: bool
) -> None:
    notes: list[str] | None = [] if with_notes else None
    text = "\n".join((*answer_markdown.lines(shown, unmarked, notes), *(notes or ())))
    assert unmarked(HOSTILE) in text, part
    assert HOSTILE not in text, part
    assert "<script>" not in text, part
    assert "](http" not in text, part


def test_on_a_terminal_words_are_as_they_are() -> None:
    assert f"1. {HOSTILE}" in answer_markdown.markdown(answer(HOSTILE)).splitlines()
