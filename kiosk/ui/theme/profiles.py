"""The screens that the terminal is made for, and how many pixels a millimetre has on each."""

from __future__ import annotations

from dataclasses import dataclass, replace

VIEWING_DISTANCE_MM = 600.0


@dataclass(frozen=True, slots=True)
class Profile:
    """A screen: pixels, density, and how much larger than at arm's length everything is drawn."""

    name: str
    width: int
    height: int
    px_per_mm: float
    scale: float = 1.0

    @property
    def is_landscape(self) -> bool:
        """Tell whether the screen is wider than high."""
        return self.width > self.height

    @property
    def is_too_small(self) -> bool:
        """Tell whether the screens cannot keep their sizes: fewer pixels than every profile, in any orientation."""
        long, short = max(self.width, self.height), min(self.width, self.height)
        return all(
            long < max(known.width, known.height) or short < min(known.width, known.height)
            for known in PROFILES.values()
        )

    @property
    def is_short(self) -> bool:
        """Tell whether the glass is so low that buttons keep to their least height."""
        return self.height_mm / self.scale < 150

    @property
    def width_mm(self) -> float:
        """Return the width of the glass in millimetres."""
        return self.width / self.px_per_mm

    @property
    def height_mm(self) -> float:
        """Return the height of the glass in millimetres."""
        return self.height / self.px_per_mm


PROFILES: dict[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile("portrait-21", 1080, 1920, 4.03),
        Profile("landscape-15", 1920, 1080, 5.56),
        Profile("tablet-10", 1280, 800, 5.88),
        # A large screen is looked at from a little farther: everything is drawn 1.4 times larger.
        Profile("portrait-32", 1080, 1920, 2.71, scale=1.4),
    )
}
DEFAULT_PROFILE = "portrait-21"


def fitting(width: int, height: int) -> Profile:
    """Return the profile nearest to a window of this size, stretched to its pixels.

    An exact match wins; else the one of the same orientation whose pixels are nearest, with its density
    scaled so that the layout keeps its shape. A window smaller than all of them is scaled down the same way.
    """
    exact = [profile for profile in PROFILES.values() if (profile.width, profile.height) == (width, height)]
    if exact:
        return exact[0]
    is_landscape = width > height
    alike = [profile for profile in PROFILES.values() if profile.is_landscape == is_landscape and profile.scale == 1.0]
    nearest = min(alike, key=lambda profile: abs(profile.width - width) + abs(profile.height - height))
    density = nearest.px_per_mm * min(width / nearest.width, height / nearest.height)
    return replace(nearest, width=width, height=height, px_per_mm=density)
