"""Buttons of every kind. All act on release inside; all show the finger at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kivy.graphics.texture import Texture

from kiosk.session.intents import Listen
from kiosk.session.views import Button, ButtonKind, TextRole
from kiosk.ui.drawing.kit import SMALLEST_CAP_MM
from kiosk.ui.drawing.painter import Frame, Painter
from kiosk.ui.drawing.piece import Action, Mark, Piece, Target, Writing
from kiosk.ui.drawing.text import Style, TextBlock
from kiosk.ui.theme import fonts
from kiosk.ui.theme.colours import Colour, Paint
from kiosk.ui.theme.measures import CHOICE_MM, KEY_MM, NAV_MM, SMALLER

SOLID = frozenset({ButtonKind.START, ButtonKind.PRIMARY, ButtonKind.DANGER})
CENTRED = frozenset({ButtonKind.START, ButtonKind.PRIMARY, ButtonKind.DANGER, ButtonKind.SECONDARY, ButtonKind.NAV})
STACK_OVERLAP_MM = 2.0
"""How far an icon above a word reaches into the air over its letters."""

TRAILING_ICONS = frozenset({"arrow-right", "arrow-left"})

_MIN_HEIGHT = {
    ButtonKind.START: 44.0,
    ButtonKind.CHOICE: CHOICE_MM,
    ButtonKind.TILE: 33.0,
    ButtonKind.PRIMARY: CHOICE_MM,
    ButtonKind.SECONDARY: CHOICE_MM,
    ButtonKind.DANGER: CHOICE_MM,
    ButtonKind.OPTION: NAV_MM,
    ButtonKind.NAV: NAV_MM,
    ButtonKind.KEY: KEY_MM,
}


@dataclass(slots=True)
class ButtonPiece(Piece):
    """One button. `is_compact` is for lists that share the screen with a keyboard."""

    element: Button = field(kw_only=True)
    action: Action | None = None
    is_compact: bool = False
    is_stacked: bool = False
    _drops_icon: bool = False
    _label: TextBlock | None = None
    _detail: TextBlock | None = None
    _icon: Texture | None = None
    _icon_at: tuple[float, float] = (0.0, 0.0)
    _icon_frame: Frame | None = None
    _chevron_at: tuple[float, float] | None = None

    @property
    def _kind(self) -> ButtonKind:
        return self.element.kind

    @property
    def stretch(self) -> float:
        """Return how much higher than needed the button may grow where a page has room to spare."""
        return {ButtonKind.START: 1.9, ButtonKind.TILE: 1.9, ButtonKind.CHOICE: 1.25, ButtonKind.SECONDARY: 1.3}.get(
            self._kind, 1.0
        )

    @property
    def _is_solid(self) -> bool:
        # The option in force is filled too: its icon and the word beside it say the same.
        is_listen = self._kind is ButtonKind.NAV and isinstance(self.element.intent, Listen)
        return self._kind in SOLID or is_listen or (self._kind is ButtonKind.OPTION and self.element.is_selected)

    @property
    def _paint(self) -> Paint:
        palette = self.kit.palette
        if self._kind is ButtonKind.DANGER:
            return palette.danger
        if self._is_solid:
            return palette.action
        ink = palette.accent if self._kind in CENTRED else palette.ink
        return Paint(palette.surface, ink)

    @property
    def _role(self) -> TextRole:
        if self._kind is not ButtonKind.START:
            return TextRole.BODY
        return TextRole.LEAD if self.kit.measures.profile.is_short else TextRole.TITLE

    def _pad(self) -> float:
        if self._kind is ButtonKind.KEY:
            return self.kit.mm(1)
        if self._is_stacked:
            return self.kit.mm(2)
        return self.kit.mm(3 if self._kind is ButtonKind.NAV else 4)

    @property
    def _has_icon_box(self) -> bool:
        return self._kind is ButtonKind.CHOICE and bool(self.element.icon) and not self.is_compact

    @property
    def _icon_height(self) -> float:
        growth = self.kit.measures.growth
        if self._kind is ButtonKind.START:
            return 12.0 * growth
        if self._kind is ButtonKind.TILE:
            # A tile that has room shows a larger picture, the same on all tiles of a row.
            spare = self.frame.height / self.kit.mm(1) - (self._label.height if self._label else 0) / self.kit.mm(1)
            return min(max(spare * 0.38, 9.0), 17.0) * growth
        return (10.0 if self._has_icon_box else 6.5) * growth

    @property
    def _is_stacked(self) -> bool:
        """Navigation of a landscape screen has its icons above its words: five must stand side by side."""
        return self.is_stacked or (self._kind is ButtonKind.NAV and self.kit.measures.profile.is_landscape)

    def _side_space(self) -> float:
        """Return the width taken beside the label by icon and chevron."""
        kit = self.kit
        space = 2 * self._pad()
        if self._is_stacked:
            return space
        if self._has_icon_box:
            space += kit.measures.icon_box + kit.mm(5)
        elif self.element.icon and self._kind is not ButtonKind.TILE and self._shows_icon:
            texture = kit.icon(self.element.icon, self._icon_height)
            space += (texture.width if texture else 0) + kit.mm(3)
        if self._kind is ButtonKind.CHOICE:
            space += kit.mm(8)
        return space

    @property
    def _shows_icon(self) -> bool:
        return self._kind is not ButtonKind.KEY

    def natural_width(self) -> float:
        """Return the width that shows the label on one line."""
        width = self.kit.natural_width(self.element.label, self._role, language=self.element.language)
        return width + self._side_space()

    def _widest_word(self) -> float:
        words = self.element.label.split(" ")
        return max(self.kit.natural_width(word, self._role, language=self.element.language) for word in words)

    def least_width(self) -> float:
        """Return the width under which a word would be cut, icon and chevron counted."""
        return self._widest_word() + self._side_space()

    def two_line_width(self) -> float:
        """Return a width at which the label takes about two lines."""
        natural = self.kit.natural_width(self.element.label, self._role, language=self.element.language)
        return max(self.longest_word_width(), natural * 0.6 + 2 * self._pad())

    def longest_word_width(self) -> float:
        """Return the width under which a word of the label would be cut."""
        return self._widest_word() + 2 * self._pad()

    def _lay_label(self, width: float) -> TextBlock:
        space = width - (2 * self._pad() if self._kind is ButtonKind.TILE else self._side_space())
        align = "center" if self._kind in CENTRED | {ButtonKind.TILE, ButtonKind.KEY} else ""
        if self._kind is ButtonKind.KEY:
            return self._lay_key(space)
        return self.kit.block(
            self.element.label,
            self._role,
            space,
            language=self.element.language,
            is_bold=True,
            align=align,
            one_sentence_a_line=False,
        )

    def _lay_key(self, space: float) -> TextBlock:
        """A key is as wide as the keyboard allows: its word shrinks to fit, down to the smallest size allowed."""
        measures = self.kit.measures
        cap = measures.cap(TextRole.BODY)
        smallest = SMALLEST_CAP_MM * measures.profile.scale * measures.profile.px_per_mm
        while True:
            style = Style.with_cap(cap, is_bold=True)
            block = TextBlock(
                self.element.label,
                style,
                1e6,
                language=self.element.language,
                align="center",
                one_sentence_a_line=False,
            )
            fits = block.width <= space and block.height <= self.frame.height
            if fits or not self.frame.height or cap <= smallest:
                return block
            cap = max(cap * 0.95, smallest)

    def measure(self, width: float) -> float:
        """Return the height of label and icon, at least that of the kind."""
        kit = self.kit
        self._label = self._lay_label(width)
        height = float(self._label.height)
        self._detail = None
        if self.element.detail:
            self._detail = kit.block(
                self.element.detail, TextRole.NOTE, width - self._side_space(), language=self.element.language
            )
            height += self._detail.height
        if self._kind is ButtonKind.TILE:
            height += kit.mm(9.0 * kit.measures.growth) * 1.3
        elif self._has_icon_box:
            height = max(height, kit.measures.icon_box)
        elif self._is_stacked:
            texture = kit.icon(self.element.icon, self._icon_height)
            with_icon = height + (texture.height - kit.mm(STACK_OVERLAP_MM) if texture else 0)
            # On a low screen the icon of the navigation gives way to large words.
            is_tight = kit.measures.profile.is_short and with_icon + kit.mm(2) > kit.mm(NAV_MM)
            self._drops_icon = is_tight and self._kind is ButtonKind.NAV
            height = (height if self._drops_icon else with_icon) - kit.mm(3)
        if kit.measures.profile.is_short and self._kind is ButtonKind.NAV:
            # A low screen has no more to give: words too large for it are written a step smaller.
            return kit.mm(NAV_MM)
        minimum = KEY_MM if self.is_compact else _MIN_HEIGHT[self._kind]
        if kit.measures.profile.is_landscape:
            minimum = min(minimum, NAV_MM if self._kind is ButtonKind.SECONDARY else CHOICE_MM)
        if kit.measures.profile.is_short and self._kind is not ButtonKind.CHOICE:
            minimum = min(minimum, 25.0 if self._kind is ButtonKind.TILE else NAV_MM)
        return max(kit.mm(minimum), height + kit.mm(4 if self._kind is not ButtonKind.KEY else 1))

    def place(self, frame: Frame) -> None:
        """Put icon, label, detail and chevron in their places."""
        Piece.place(self, frame)
        self._fit(frame)
        if self._kind is ButtonKind.TILE:
            self._place_tile()
        elif self._is_stacked:
            self._place_stacked()
        elif self._kind in CENTRED | {ButtonKind.KEY}:
            self._place_centred()
        else:
            self._place_row()

    def _fit(self, frame: Frame) -> None:
        """Lay the words out for a frame that may be too small: icon and detail go first, then a step of size."""
        for size in (self.kit.measures.size, *SMALLER[self.kit.measures.size]):
            self.kit = replace(self.kit, measures=replace(self.kit.measures, size=size))
            self.measure(frame.width)
            if self._content_height() <= frame.height or not self._is_stacked:
                return
            self._drops_icon = True
            if self._content_height() <= frame.height:
                return
            if self._detail:
                self._detail = None
                if self._content_height() <= frame.height:
                    return

    def _content_height(self) -> float:
        assert self._label is not None
        if self.longest_word_width() > self.frame.width:
            return float("inf")
        height = self._label.height + (self._detail.height if self._detail else 0)
        if self._is_stacked and not self._drops_icon:
            texture = self.kit.icon(self.element.icon, self._icon_height)
            height += texture.height - self.kit.mm(STACK_OVERLAP_MM) if texture else 0
        return float(height)

    def _cap(self) -> float:
        if self._kind is ButtonKind.KEY:
            assert self._label is not None
            return self._label.style.font_size * fonts.cap_ratio(fonts.TEXT + fonts.BOLD)
        return self.kit.measures.cap(self._role)

    def _writing(self, block: TextBlock, x: float, y: float, key: str, role: TextRole | None = None) -> Writing:
        paint = self._paint
        cap = self._cap() if role is None else self.kit.measures.cap(role)
        return Writing(key, block, x, y, paint.ink, paint.ground, cap)

    def _place_tile(self) -> None:
        kit, frame, label = self.kit, self.frame, self._label
        assert label is not None
        self._icon = kit.icon(self.element.icon, self._icon_height)
        icon_height = self._icon.height if self._icon else 0
        side = min(max(icon_height * 1.5, kit.mm(12)), max(frame.height - label.height - kit.mm(2), icon_height))
        total = side + label.height
        y = frame.y + (frame.height - total) / 2 + kit.mm(0.5)
        if self._icon:
            self._icon_frame = Frame(frame.x + (frame.width - side) / 2, y, side, side)
            self._icon_at = (frame.x + (frame.width - self._icon.width) / 2, y + (side - icon_height) / 2)
        label_x = frame.x + (frame.width - label.width) / 2
        self.writings = [self._writing(label, label_x, y + side, self.element.id)]

    def _place_stacked(self) -> None:
        frame, label, detail = self.frame, self._label, self._detail
        assert label is not None
        self._icon = None if self._drops_icon else self.kit.icon(self.element.icon, self._icon_height)
        icon_height = self._icon.height - self.kit.mm(STACK_OVERLAP_MM) if self._icon else 0
        total = icon_height + label.height + (detail.height if detail else 0)
        y = max(frame.y + (frame.height - total) / 2, frame.y)
        if self._icon:
            self._icon_at = (frame.x + (frame.width - self._icon.width) / 2, y)
        label_x = frame.x + (frame.width - label.width) / 2
        self.writings = [self._writing(label, label_x, y + icon_height, self.element.id)]
        if detail:
            x = frame.x + (frame.width - detail.width) / 2
            key = f"{self.element.id}.detail"
            self.writings.append(self._writing(detail, x, y + icon_height + label.height, key, TextRole.NOTE))

    def _place_centred(self) -> None:
        kit, frame, label = self.kit, self.frame, self._label
        assert label is not None
        self._icon = kit.icon(self.element.icon, self._icon_height) if self.element.icon and self._shows_icon else None
        icon_width = self._icon.width + kit.mm(3) if self._icon else 0
        x = frame.x + (frame.width - label.width - icon_width) / 2
        y = max(frame.y + (frame.height - label.height) / 2 - label.optical_shift, frame.y)
        is_trailing = self.element.icon in TRAILING_ICONS and self._kind is not ButtonKind.NAV
        icon_first = is_trailing == kit.is_right_to_left
        if self._icon:
            icon_x = x if icon_first else x + label.width + kit.mm(3)
            self._icon_at = (icon_x, frame.y + (frame.height - self._icon.height) / 2)
        self.writings = [self._writing(label, x + (icon_width if icon_first else 0), y, self.element.id)]

    def _place_row(self) -> None:
        kit, frame, label = self.kit, self.frame, self._label
        assert label is not None
        is_mirrored = kit.is_right_to_left
        pad, cursor = self._pad(), self._pad()

        def across(offset: float, width: float) -> float:
            return frame.right - offset - width if is_mirrored else frame.x + offset

        height = self._icon_height
        self._icon = kit.icon(self.element.icon, height) if self.element.icon else None
        if self._has_icon_box:
            side = kit.measures.icon_box
            self._icon_frame = Frame(across(cursor, side), frame.y + (frame.height - side) / 2, side, side)
            if self._icon:
                box = self._icon_frame
                self._icon_at = (box.x + (side - self._icon.width) / 2, box.y + (side - self._icon.height) / 2)
            cursor += side + kit.mm(5)
        elif self._icon:
            self._icon_at = (across(cursor, self._icon.width), frame.y + (frame.height - self._icon.height) / 2)
            cursor += self._icon.width + kit.mm(3)
        total = label.height + (self._detail.height if self._detail else 0)
        y = frame.y + (frame.height - total) / 2 - label.optical_shift
        self.writings = [self._writing(label, across(cursor, label.width), y, self.element.id)]
        if self._detail:
            x = across(cursor, self._detail.width)
            self.writings.append(
                self._writing(self._detail, x, y + label.height, f"{self.element.id}.detail", TextRole.NOTE)
            )
        self._chevron_at = None
        if self._kind is ButtonKind.CHOICE:
            chevron = self._chevron
            if chevron:
                self._chevron_at = (
                    across(frame.width - pad - chevron.width, chevron.width),
                    frame.y + (frame.height - chevron.height) / 2,
                )

    @property
    def _chevron(self) -> Texture | None:
        return self.kit.icon("chevron-left" if self.kit.is_right_to_left else "chevron-right", 6.0)

    def paint(self, painter: Painter, said: str | None, pressed: str | None) -> None:
        """Draw the button, sunk and darker under the finger."""
        kit, palette = self.kit, self.kit.palette
        is_pressed = pressed == self.element.id
        paint = self._paint
        ground, ink = paint.ground, paint.ink
        if is_pressed:
            ground, ink = self._pressed_colours()
        radius, edge = kit.mm(3), kit.mm(1.0)
        frame = self.frame
        border = palette.border if self._kind not in CENTRED else palette.accent
        if self._is_solid:
            painter.fill(frame, ground, radius)
            if palette.is_highlight_framed:
                painter.outline(frame, palette.border, radius, kit.mm(0.6))
        else:
            has_edge = self._kind not in {ButtonKind.NAV, ButtonKind.OPTION}
            if has_edge:
                painter.fill(frame, border, radius)
                top = Frame(frame.x, frame.y, frame.width, frame.height - (0 if is_pressed else edge))
                painter.fill(top.inset(kit.mm(0.4)), ground, radius - kit.mm(0.4))
            else:
                painter.fill(frame, ground, radius)
                painter.outline(frame, border, radius, kit.mm(0.7))
        if self.element.is_selected and self._kind is ButtonKind.CHOICE:
            painter.outline(frame, palette.accent, radius, kit.mm(1.2))
        self._paint_icon(painter, ink if is_pressed or self._is_solid else None)
        chevron = self._chevron
        if self._chevron_at and chevron:
            painter.picture(chevron, *self._chevron_at, palette.accent if not is_pressed else ink)
        for writing in self.writings:
            writing.ink, writing.ground = ink, ground
        self.write(painter, None if is_pressed else said)
        for writing in self.writings:
            writing.ink, writing.ground = paint.ink, paint.ground

    def _pressed_colours(self) -> tuple[Colour, Colour]:
        palette = self.kit.palette
        if palette.is_highlight_framed:
            return (palette.paper, palette.ink) if self._is_solid else (palette.ink, palette.paper)
        if self._kind is ButtonKind.DANGER:
            return palette.danger_pressed, palette.danger.ink
        if self._is_solid:
            return palette.action_pressed, palette.action.ink
        return palette.pressed, palette.ink

    @property
    def _icon_ink(self) -> Colour:
        if self._icon_frame:
            return self.kit.palette.tint(self.element.tint or 1).ink
        return self._paint.ink

    def _paint_icon(self, painter: Painter, forced: Colour | None) -> None:
        palette = self.kit.palette
        if self._icon_frame and (forced is None or not palette.is_highlight_framed):
            painter.fill(self._icon_frame, palette.tint(self.element.tint or 1).ground, self.kit.mm(2.5))
            forced = None
        if self._icon:
            painter.picture(self._icon, *self._icon_at, forced or self._icon_ink)

    def targets(self) -> list[Target]:
        """Return the whole button."""
        return [Target(self.element.id, self.frame, self.action or self.element.intent, self._kind is ButtonKind.KEY)]

    def marks(self) -> list[Mark]:
        """Describe the button, its icon and its detail."""
        paint = self._paint
        marks = [
            Mark(
                "button",
                self.frame,
                self.element.label,
                self._cap(),
                paint.ink,
                paint.ground,
                self.element.label,
                True,
                self.element.id,
            )
        ]
        if self._icon:
            x, y = self._icon_at
            ground = self.kit.palette.tint(self.element.tint or 1).ground if self._icon_frame else paint.ground
            icon_frame = Frame(x, y, self._icon.width, self._icon.height)
            marks.append(
                Mark(
                    "icon",
                    icon_frame,
                    self.element.label,
                    0.0,
                    self._icon_ink,
                    ground,
                    "",
                    False,
                    f"{self.element.id}.icon",
                )
            )
        return [*marks, *self.text_marks(is_focusable=False)]
