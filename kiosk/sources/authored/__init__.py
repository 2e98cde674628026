"""Authored content: easy-French procedures, places and themes in YAML (docs/authoring.md)."""
