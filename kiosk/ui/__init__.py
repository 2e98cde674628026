"""Kivy: draws views, sends intents. Nothing else."""
