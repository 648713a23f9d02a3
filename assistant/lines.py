"""Text on one line: whole, or its beginning."""


def one_line(text: str) -> str:
    """``text`` on one line, single spaces."""
    return " ".join(text.split())


def beginning(text: str, most: int, mark: str = " …") -> str:
    """The first ``most`` characters of ``text`` on one line, cut at a word, ``mark`` after them; all of it where it is no longer."""
    flat = one_line(text)
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0] + mark
