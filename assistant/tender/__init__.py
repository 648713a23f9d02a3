"""What a tender says: a document as rules read it, the names of its pieces, and each fact, read once for summaries, the review and drafting."""
