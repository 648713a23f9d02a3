"""What came with the program is told from what a buyer adds."""

import hashlib
from pathlib import Path

from assistant.shipped import CORPUS, is_example

EXAMPLE = CORPUS / "accords-cadres" / "accord-cadre-fictif-visioconference.pdf"


def test_an_example_is_known_by_its_bytes_from_any_checkout_and_a_copy_of_it_is_one_s_own() -> None:
    sha256 = hashlib.sha256(EXAMPLE.read_bytes()).hexdigest()
    assert is_example(sha256, EXAMPLE)
    assert is_example(sha256, Path("/ailleurs/corpus/accords-cadres") / EXAMPLE.name)
    assert not is_example(sha256, Path("/home/claire/depots") / EXAMPLE.name)
    assert not is_example("0" * 64, EXAMPLE)
