"""The long attack: hostile files, kills at random moments, several people at once (``python -m bench.attack``)."""
