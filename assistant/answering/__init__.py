"""Answering a question: from evidence to a verified answer."""
