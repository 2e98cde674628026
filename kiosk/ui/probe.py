"""`python -m kiosk.ui.probe`: open a window, say in one JSON line what it found, leave. For `kiosk doctor`."""

from __future__ import annotations

import json
import sys
import tempfile
import wave
from pathlib import Path

from kiosk.ui import window


def main() -> None:
    """Look at screen, fonts and loudspeaker."""
    window.prepare(None, is_windowed=False)
    from kiosk.ui import launch
    from kiosk.ui.sound import SdlPlayer

    profile = launch.screen_profile("")
    player = SdlPlayer()
    with tempfile.TemporaryDirectory(prefix="kiosk-probe-") as folder:
        silence = Path(folder) / "silence.wav"
        with wave.open(str(silence), "wb") as clip:
            clip.setnchannels(1)
            clip.setsampwidth(2)
            clip.setframerate(22050)
            clip.writeframes(bytes(4410))
        player.play(silence, 0.0, lambda: None)
        player.stop()
    found = {
        "profile": profile.name,
        "width": profile.width,
        "height": profile.height,
        "too_small": profile.is_too_small,
        "missing_fonts": launch.missing_fonts(),
        "sound": player.is_available,
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
