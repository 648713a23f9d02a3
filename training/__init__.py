"""What is made once and kept in the repository: the adapter of the embedding model (``make adapter``). Nothing here is needed to run the assistant."""
