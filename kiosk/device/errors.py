"""Why this machine cannot keep something."""


class ContentRefusedError(Exception):
    """A content file cannot be opened or built; the message says why."""


class StorageError(Exception):
    """The data folder cannot be used; the message says why, for staff."""
