"""From dependencies to lots: registers of applications, what they expose to, where else to buy, and the plan to leave.

Everything is computed from files that people give and catalogues with a date. Nothing here knows a company: ownership comes from a register or a catalogue.
"""
