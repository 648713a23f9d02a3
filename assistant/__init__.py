"""A local assistant for French public procurement: finds the rules, quotes them exactly, and refuses when it cannot know."""
