"""The trained reader: which case a question is about, or none, learned from questions written by many hands over the embedding that is there."""
