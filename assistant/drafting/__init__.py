"""Clauses: library, drafting and legality review."""
