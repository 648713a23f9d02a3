"""What other programs ask: an address that speaks as OpenAI's, served beside the page, and the tools of the Model Context Protocol.

Each request shows a key (``assistant keys``) and is answered within what that key reads. Nothing here writes but the journal and the last day of a key.
"""
