"""The commands of ``assistant`` that have a room of their own; ``__main__`` joins them."""
