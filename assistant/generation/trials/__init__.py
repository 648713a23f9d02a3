"""Trials of a language model: each task measured against doing without."""
