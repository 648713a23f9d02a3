"""A value for every type of field."""

from assistant.datatypes import ClauseField, FieldType

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
