"""Summaries of tender documents: what each document states, field by field, with its page and its words; what it does not say stays empty."""
