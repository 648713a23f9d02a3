"""Questions about the buyer's own documents: one contract, a tender, or all of them. What is quoted is found, what is listed is computed."""
