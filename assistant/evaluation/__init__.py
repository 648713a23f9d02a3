"""Measuring quality on labelled questions."""
