"""Several people on one machine: who they are and what each may do, their conversations and uploads apart, and the journal of what was done.

It knows nothing of the index nor of the uses: the page and the command line join them.
"""
