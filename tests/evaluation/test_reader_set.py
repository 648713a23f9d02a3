"""The measure of the reader: shares against labels, the diagram, and the floor below which the project's own reader may not fall."""

from xml.etree import ElementTree

from assistant import sheets
from assistant.answering.choice import LEAST_PROBABILITY, Candidate, Reading, Signs, Weighed
from assistant.evaluation import reader_set
from assistant.evaluation.reader_set import Bin, Read
from tests.answering.samples import SHEET

LOCATION = sheets.parse(SHEET, "localisation.yaml")


def reading(probability: float, case: str = "union") -> Reading:
    cases = sorted(LOCATION.cases, key=lambda one: one.id != case)
    return Reading(
        (Candidate(LOCATION, 1.0, Signs(0.0, 0, -0.1), tuple(Weighed(one, 0.0) for one in cases)),),
        probability,
    )


SURE, UNSURE = (LEAST_PROBABILITY + 1) / 2, LEAST_PROBABILITY / 2
ROWS = [
    (
        {
            "question": "1",
            "sheet": "localisation",
            "case": "union",
            "kind": "hit",
            "of": "localisation/union",
        },
        reading(SURE),
    ),
    (
        {
            "question": "2",
            "sheet": "localisation",
            "case": "commune",
            "kind": "hit",
            "of": "localisation/commune",
        },
        reading(SURE),
    ),
    (
        {
            "question": "3",
            "sheet": "localisation",
            "case": "union",
            "kind": "hit",
            "of": "localisation/union",
        },
        reading(UNSURE),
    ),
    (
        {"question": "4", "sheet": "penalites", "case": "plafond", "kind": "hit", "of": "penalites/plafond"},
        reading(SURE),
    ),
    (
        {
            "question": "5",
            "sheet": "penalites",
            "also": ["localisation"],
            "kind": "near",
            "of": "penalites/plafond",
        },
        reading(SURE),
    ),
    ({"question": "6", "sheet": None, "kind": "near", "of": "penalites/plafond"}, reading(SURE)),
    ({"question": "7", "sheet": None, "kind": "near", "of": "penalites/plafond"}, Reading()),
]


def found() -> tuple[Read, ...]:
    readings = {str(row["question"]): made for row, made in ROWS}
    return reader_set.read([row for row, _ in ROWS], lambda question: readings[question])


def test_what_speaks_rightly_wrongly_or_not_at_all_is_counted() -> None:
    measure = reader_set.measure(found())
    assert (measure.questions, measure.first, measure.subject, measure.wrong) == (7, 0.75, 0.5, 0.25)
    assert (measure.near, measure.quiet, measure.precise, measure.case) == (1.0, 0.5, 0.6, 0.5)
    assert reader_set.measure(()).subject is None


def test_it_is_told_by_theme_those_with_most_questions_first() -> None:
    themes = reader_set.by(found(), lambda one: one.written_for)
    assert [(theme, one.questions) for theme, one in themes.items()] == [
        ("penalites", 4),
        ("localisation", 3),
    ]
    assert themes["localisation"].wrong == 0.0


def test_each_tenth_of_probability_has_the_share_that_was_right() -> None:
    bins = reader_set.reliability(found())
    assert sum(one.questions for one in bins) == 7
    assert bins[0] == Bin(1, 0.0, 0.0)
    assert bins[-1].questions == 5
    assert bins[-1].right == 0.6


def test_the_diagram_has_a_dot_for_each_tenth() -> None:
    bins = reader_set.reliability(found())
    drawn = ElementTree.fromstring(reader_set.diagram(bins))
    assert len(drawn.findall("{http://www.w3.org/2000/svg}circle")) == len(bins)
    assert "7 questions" in "".join(drawn.itertext())
