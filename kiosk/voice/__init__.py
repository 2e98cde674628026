"""SPEAKING: what is said (pure), the engine in a process of its own, the clips, the player.

Nothing is imported here: the worker process starts in a tenth of a second because of it.
"""
