"""A value for every type of field, and kits whose fields are filled with them."""

from assistant import office
from assistant.datatypes import ClauseField, FieldType
from assistant.drafting import library, rendering
from assistant.drafting.drafter import Request, draft, form_of_request
from assistant.workspace import CLAUSES

_VALUES = {
    FieldType.TEXT: "la commune d'Exemple",
    FieldType.INTEGER: "7",
    FieldType.DECIMAL: "2,5",
    FieldType.AMOUNT: "12 500",
    FieldType.PERCENTAGE: "15",
    FieldType.DATE: "2027-03-01",
    FieldType.LIST: "alpha ; bêta ; gamma",
}


def sample(field: ClauseField) -> str:
    if field.type is FieldType.CHOICE:
        return field.choices[0]
    if field.type is FieldType.DURATION:
        return "7" if field.unit else "48 heures"
    return _VALUES[field.type]


def exported_kit(kit: str, office_format: str) -> bytes:
    """A kit of the project, its fields filled with samples, as the file that its reader opens."""
    shelf = library.load([CLAUSES])
    values = {
        field.name: sample(field)
        for field in form_of_request(shelf, Request((kit,), {}))
        if not field.default
    }
    return office.convert(rendering.office_markdown(draft(shelf, Request((kit,), values))), office_format)
