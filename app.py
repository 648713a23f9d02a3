"""The page's entrance: ``python app.py``, the same as ``assistant serve``."""

from assistant.page.server import main, serve

__all__ = ["main", "serve"]

if __name__ == "__main__":
    main()
