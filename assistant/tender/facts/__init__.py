"""The facts of a tender, one file each: ``…_of(view)`` gives the value and the spans it was read in, or None where the document does not say."""
