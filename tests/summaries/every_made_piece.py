"""The modules of made pieces, for who reads them all."""

from tests.summaries import (
    made_pieces,
    made_pieces_fresh,
    made_pieces_houses,
    made_pieces_layouts,
    made_pieces_more,
    made_pieces_others,
    made_pieces_platforms,
    made_pieces_unlike,
)

SETS = (
    made_pieces,
    made_pieces_more,
    made_pieces_others,
    made_pieces_unlike,
    made_pieces_layouts,
    made_pieces_houses,
    made_pieces_platforms,
    made_pieces_fresh,
)
PIECES = {name: piece for one in SETS for name, piece in one.PIECES.items()}
