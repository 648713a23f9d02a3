"""Whether a draft holds a fault: the network, the words and the named rule together."""

from dataclasses import replace

import pytest

from assistant.review import whether
from tests.review.made import FOR_LAWFUL, FOR_UNLAWFUL, LAWFUL, fault

DOUBT = fault("liberte-illimitee", 0.6, unlawful=0.55, toothless=0.05)


def test_shares_are_read_anew_and_make_one() -> None:
    read = whether.together(DOUBT, DOUBT)
    assert read.lawful + read.unlawful + read.toothless == pytest.approx(1)
    assert read.rules == DOUBT.rules


def test_what_the_words_say_of_it_counts() -> None:
    lawful, unlawful = (replace(DOUBT, beside=beside) for beside in (FOR_LAWFUL, FOR_UNLAWFUL))
    assert whether.together(lawful, lawful).fault < 0.5 < whether.together(unlawful, unlawful).unlawful


def test_a_fault_that_no_sentence_holds_is_less_likely() -> None:
    sure = fault("liberte-illimitee")
    assert whether.together(sure, LAWFUL).unlawful < whether.together(sure, sure).unlawful


def test_what_is_near_no_rule_is_ordinary_prose() -> None:
    far = replace(DOUBT, beside=(*DOUBT.beside[:3], 8.0, 1.0))
    assert whether.together(far, far).unlawful < 0.5 < whether.together(DOUBT, DOUBT).unlawful


def test_a_share_of_nothing_is_read_too() -> None:
    assert whether.together(replace(LAWFUL, lawful=1.0, unlawful=0.0, toothless=0.0), LAWFUL).lawful > 0.9
