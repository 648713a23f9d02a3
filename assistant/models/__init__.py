"""The real models and their set-up."""
