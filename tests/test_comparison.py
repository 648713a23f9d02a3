from hypothesis import given
from hypothesis import strategies as st

from assistant.comparison import Change, Piece, Row, rows

SAME, REMOVED, ADDED = Change.SAME, Change.REMOVED, Change.ADDED
paragraphs = st.lists(
    st.lists(
        st.sampled_from(["marché", "clause", "prix", "lot", "ferme,", "et"]), min_size=1, max_size=6
    ).map(" ".join),
    max_size=5,
).map("\n".join)


def said(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


def test_the_words_that_changed_are_marked_and_the_others_are_not() -> None:
    before = "Premier alinéa.\nLes conditions peuvent prendre en compte l'emploi et le climat."
    after = "Premier alinéa.\nLes conditions prennent en compte l'emploi et le climat."
    assert rows(before, after) == (
        Row((Piece(SAME, "Premier alinéa."),), (Piece(SAME, "Premier alinéa."),)),
        Row(
            (
                Piece(SAME, "Les conditions "),
                Piece(REMOVED, "peuvent prendre "),
                Piece(SAME, "en compte l'emploi et le climat."),
            ),
            (
                Piece(SAME, "Les conditions "),
                Piece(ADDED, "prennent "),
                Piece(SAME, "en compte l'emploi et le climat."),
            ),
        ),
    )


def test_a_paragraph_put_in_stands_alone_and_does_not_shift_the_others() -> None:
    found = rows(
        "Le prix est ferme.\nLe lot est unique.",
        "Une phrase toute neuve arrive.\nLe prix est ferme.\nLe lot est double.",
    )
    assert [(said(row.before), said(row.after)) for row in found] == [
        ("", "Une phrase toute neuve arrive."),
        ("Le prix est ferme.", "Le prix est ferme."),
        ("Le lot est unique.", "Le lot est double."),
    ]
    assert found[0].after[0].change is ADDED


def test_what_shares_too_little_is_taken_out_and_put_in() -> None:
    assert rows("Le prix est ferme.", "Chaque titulaire assure ses agents.") == (
        Row((Piece(REMOVED, "Le prix est ferme."),), ()),
        Row((), (Piece(ADDED, "Chaque titulaire assure ses agents."),)),
    )


@given(paragraphs, paragraphs)
def test_the_pieces_give_both_texts_back_and_the_same_words_stand_in_both(before: str, after: str) -> None:
    found = rows(before, after)
    assert [said(row.before) for row in found if row.before] == before.splitlines()
    assert [said(row.after) for row in found if row.after] == after.splitlines()
    for row in found:
        assert (
            "".join(piece.text for piece in row.before if piece.change is SAME).split()
            == "".join(p.text for p in row.after if p.change is SAME).split()
        )
    assert all(piece.change is SAME for row in rows(before, before) for piece in (*row.before, *row.after))
