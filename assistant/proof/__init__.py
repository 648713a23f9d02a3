"""Evidence for the file of a procedure: what was asked, what was said, the exact wordings quoted, and a verifier that needs nothing but itself."""
