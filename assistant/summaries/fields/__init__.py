"""The 33 fields of a summary: made of the facts of one document, merged over the pieces of a tender, as plain values."""
