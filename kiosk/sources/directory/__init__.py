"""Directories of offices that others keep, to places: the official one, digital mediation, social inclusion."""
