"""Documents kept, searched and found again."""
