"""The card of a finding: the rules that it rests on, as buttons where they can be read."""

from assistant.datatypes import Finding, FindingSeverity, Span, Target
from assistant.page.findings import finding_card

PAYMENT = Target("CCP", "R2192-10")
FINDING = Finding(
    "delai-de-paiement",
    FindingSeverity.BLOCKING,
    (1, 1),
    None,
    Span(0, 8),
    "60 jours",
    "Le délai dépasse 30 jours.",
    (PAYMENT, Target("CCP", "R2192-11")),
    "30 jours",
)


def test_a_rule_that_is_indexed_is_a_button_and_another_is_its_name() -> None:
    card = finding_card(FINDING, indexed=frozenset([PAYMENT]))
    assert (
        '<button type="button" data-event="ouvrir" data-work="CCP" data-article="R2192-10" data-opens="1" class="marque">CCP R2192-10</button>'
        " ; <span>CCP R2192-11</span>" in card
    )


def test_where_nothing_opens_rules_there_is_no_button() -> None:
    card = finding_card(FINDING)
    assert "<span>CCP R2192-10</span> ; <span>CCP R2192-11</span>" in card
    assert "<button" not in card
