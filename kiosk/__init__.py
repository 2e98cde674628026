"""The digital-inclusion kiosk: everyday procedures, one question at a time, read aloud, without network."""

__version__ = "0.1.0"
