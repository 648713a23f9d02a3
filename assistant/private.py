"""What belongs to one person: the collection that holds a person's own documents, told by its name wherever collections are handled.

Nobody else may read it, and it holds documents only: a rule, a sheet or a written question would weigh on the answers that others get.
"""

PREFIX = "prive:"


def collection_of(name: str) -> str:
    """The private collection of a person."""
    return PREFIX + name


def is_private(collection: str) -> bool:
    """Whether a collection is some person's own."""
    return collection.startswith(PREFIX)
