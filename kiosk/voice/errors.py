"""What can go wrong with the voice. Only this family leaves the package."""

from enum import StrEnum


class VoiceFailure(StrEnum):
    """Why there is no voice: an event type, safe to log, never what was to be said."""

    NOT_RUNNING = "not_running"  # not started, or waiting before it is started again
    CLOSED = "closed"
    DIED = "died"
    TOO_LATE = "too_late"  # no answer within the deadline: the process was killed
    GARBAGE = "garbage"  # an answer that is not one: the process was killed
    NO_VOICE = "no_voice"  # the engine has no voice for this language
    REFUSED = "refused"  # the engine answered that it could not
    TOO_LONG = "too_long"
    FOLDER = "folder"  # clips cannot be kept: full, unwritable, or not ours
    DROPPED = "dropped"  # the clips were cleared while this one was being made


class VoiceError(Exception):
    """Base of every error of this package; `code` says which sentence the visitor may be shown."""

    def __init__(self, code: VoiceFailure) -> None:
        super().__init__(code.value)
        self.code = code


class VoiceUnavailableError(VoiceError):
    """This sentence cannot be spoken now; the visit goes on without it."""
