"""A batch of summaries: its files, the work spread out, results that wait on the disk, tenders told apart."""
