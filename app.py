"""The page's entrance: ``python app.py``, the same as ``assistant serve``."""

from assistant.__main__ import open_page

__all__ = ["open_page"]

if __name__ == "__main__":
    open_page()
