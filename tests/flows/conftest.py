"""Whole visits without Kivy, on the content that ships."""

from tests.support.visit_fixtures import content, controller

__all__ = ["content", "controller"]
