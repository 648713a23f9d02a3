"""French as the rooms read it: letters folded, numbers, dates, durations and amounts. Every reader but ``folding`` meets folded text."""
