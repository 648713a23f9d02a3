"""Everything of the language model, which is optional: nothing of this room is loaded where none may do a task.

``backends`` are the models; ``prompts`` is what they are asked, ``grounding`` the checks of what they write. ``answers``, ``adaptation`` and ``overview``
are the tasks, over the rooms that do without. ``trials`` measure whether a model has earned them. Only ``assistant.workspace`` opens this room.
"""
