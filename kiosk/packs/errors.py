"""Why a content file cannot be used."""


class PackError(Exception):
    """Base of all that goes wrong with a content file."""


class PackMissingError(PackError):
    """There is no such file."""


class PackDamagedError(PackError):
    """The file is not a pack, or not a whole one."""


class PackTooNewError(PackError):
    """The pack was made for a newer version of this program."""
