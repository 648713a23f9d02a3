"""Families of words that tell what a question asks for (``words.toml``), as patterns over folded text."""

from assistant.french.forms import Forms

_FORMS = Forms("assistant.answering")
family, pattern, patterns = _FORMS.family, _FORMS.pattern, _FORMS.patterns
