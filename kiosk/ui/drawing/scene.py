"""One view on one screen: navigation that never moves, a body cut into parts, what is pinned under it.

Portrait screens have two bars: where one is, settings and the way out above; back, listen and help below.
Landscape screens are short: all five stand in one bar below, unless the text is so large that they would
not fit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.session.views import Button, ButtonKind, Element, Field, Keys, Progress, Row, Screen, Text, TextRole, View
from kiosk.ui.drawing.buttons import ButtonPiece
from kiosk.ui.drawing.flow import Flow, FlowRow, Part
from kiosk.ui.drawing.kit import Kit
from kiosk.ui.drawing.painter import Frame, Painter
from kiosk.ui.drawing.piece import Mark, Piece, ShowMore, Target, ToggleKeyboard
from kiosk.ui.drawing.texts import FieldPiece, ProgressPiece, TextPiece
from kiosk.ui.theme.measures import NAV_MM, Measures
from kiosk.voice.script import Utterance

LEAST_RESULTS_MM = 22.0
"""Body height beside a keyboard under which results are shown instead of it, not with it."""

TITLE_NEEDS_MM = 45.0
SIDE_MM = 36.0
MOST_SIDE_SHARE = 0.32
MOST_AIR = 0.7
SIDE_HEIGHT_MM = 80.0
"""Least width and most height of the buttons that turn the pages of a low screen."""


@dataclass(slots=True)
class _Bars:
    """Where navigation stands and what is left between."""

    pieces: list[ButtonPiece]
    frames: dict[str, Frame]
    top: float
    bottom: float
    context: Frame | None
    slot: Frame | None = None


class Scene:
    """Everything of a view, placed in pixels; `part` says which screenful of a long page."""

    def __init__(self, view: View, kit: Kit, *, is_keyboard_hidden: bool = False) -> None:
        self.view = view
        self.kit = kit
        self.measures: Measures = kit.measures
        self.width = float(self.measures.profile.width)
        self.height = float(self.measures.profile.height)
        self.is_keyboard_hidden = is_keyboard_hidden
        self.part = 0
        self._bars = self._lay_bars()
        self.head: list[Piece] = []
        self._is_name_beside = False
        body, area_top = self._lay_head(list(view.body))
        self._area = Frame(
            self.measures.margin,
            area_top,
            self.width - 2 * self.measures.margin,
            self._bars.bottom - self.measures.gap - area_top,
        )
        self._fixed, self._pinned = self._split_pinned()
        self._side_width = 0.0
        self._is_field_above = False
        self.parts: list[Part] = []
        self.parts = self._lay_parts(body)
        self.show_part(0)

    # -- navigation ----------------------------------------------------------------------------------------------

    def _lay_bars(self) -> _Bars:
        kit, gap, margin = self.kit, self.measures.gap, self.measures.margin
        pieces = [ButtonPiece(kit, element=slot.button) for slot in self.view.nav]
        widths = [piece.natural_width() + kit.mm(2) for piece in pieces]
        space = self.width - 2 * margin
        if self.measures.profile.is_landscape and sum(widths) + gap * 4 <= space:
            return self._one_bar(pieces, widths, space)
        return self._two_bars(pieces, widths, space)

    def _one_bar(self, pieces: list[ButtonPiece], widths: list[float], space: float) -> _Bars:
        gap, margin = self.measures.gap, self.measures.margin
        spare = (space - sum(widths) - gap * 4) / 5
        height = max(self.kit.mm(NAV_MM), *(piece.measure(width) for piece, width in zip(pieces, widths, strict=True)))
        y = self.height - margin - height
        frames: dict[str, Frame] = {}
        x = margin
        for piece, width in zip(pieces, widths, strict=True):
            frames[piece.element.id] = Frame(round(x), round(y), int(width + spare), height)
            x += width + spare + gap
        return _Bars(pieces, self._mirror(frames), margin, y - margin * 0.7, None)

    def _two_bars(self, pieces: list[ButtonPiece], widths: list[float], space: float) -> _Bars:
        gap, margin, kit = self.measures.gap, self.measures.margin, self.kit
        lower, upper = pieces[:3], pieces[3:]
        # Widths by need: « Écouter » is longer than « Aide ».
        spare = max((space - sum(widths[:3]) - gap * 2) / 3, 0.0)
        if self.measures.profile.is_landscape:
            # What is left of the bar is kept for the keyboard's own button, where there is no other room.
            spare = 0.0
        height = max(
            kit.mm(NAV_MM), *(piece.measure(width + spare) for piece, width in zip(lower, widths, strict=False))
        )
        y = self.height - margin - height
        frames: dict[str, Frame] = {}
        x = margin
        for piece, width in zip(lower, widths, strict=False):
            frames[piece.element.id] = Frame(round(x), round(y), int(width + spare), height)
            x += width + spare + gap
        slot = Frame(round(x), round(y), int(self.width - margin - x), height) if not spare else None
        if slot and kit.is_right_to_left:
            slot = replace(slot, x=margin)
        top_height = max(
            kit.mm(NAV_MM), *(piece.measure(width) for piece, width in zip(upper, widths[3:], strict=True))
        )
        x = self.width - margin
        for piece, width in reversed(list(zip(upper, widths[3:], strict=True))):
            x -= width
            frames[piece.element.id] = Frame(round(x), round(margin), int(width), top_height)
            x -= gap
        context = Frame(margin, margin, max(x - margin, kit.mm(20)), top_height)
        if kit.is_right_to_left:
            context = replace(context, x=self.width - margin - context.width)
        return _Bars(pieces, self._mirror(frames), margin + top_height, y - margin * 0.7, context, slot)

    def _mirror(self, frames: dict[str, Frame]) -> dict[str, Frame]:
        if not self.kit.is_right_to_left:
            return frames
        return {key: replace(frame, x=self.width - frame.right) for key, frame in frames.items()}

    # -- head: where one is ----------------------------------------------------------------------------------------

    def _context_piece(self, width: float) -> TextPiece:
        """Write where one is in the larger of two sizes that keeps to two lines."""
        element = Text("context", self.view.context, TextRole.HEADING, "fr")
        for role in (TextRole.HEADING, TextRole.NOTE):
            element = replace(element, role=role)
            piece = TextPiece(self.kit, element=element, sentence=element.text, number=0)
            if piece.measure(width) <= self.kit.mm(NAV_MM) * 1.05:
                break
        return piece

    def _lay_head(self, body: list[Element]) -> tuple[list[Element], float]:
        """Place the context; on landscape screens the progress stands beside it."""
        gap, margin = self.measures.gap, self.measures.margin
        bars = self._bars
        if bars.context:
            piece = self._context_piece(bars.context.width)
            height = piece.measure(bars.context.width)
            if self.measures.profile.is_short and height > bars.context.height:
                # A low screen has no line to spare for it.
                return body, bars.top + gap
            y = bars.context.y + max((bars.context.height - height) / 2, 0)
            piece.place(Frame(bars.context.x, y, bars.context.width, height))
            self.head = [piece]
            return body, max(bars.top, y + height) + gap
        space = self.width - 2 * margin
        has_title = any(isinstance(element, Text) and element.role is TextRole.TITLE for element in body)
        if self.view.screen is Screen.WELCOME:
            return body, self._name_at_the_end(space)
        if has_title and not any(isinstance(element, Progress) for element in body):
            # The title says where one is; a low screen has no line to spare.
            return body, margin
        progress = next((element for element in body if isinstance(element, Progress)), None)
        beside = ProgressPiece(self.kit, element=progress) if progress else None
        share = 1 - (beside.natural_width() + gap) / space if beside else 1.0
        if share < 0.25:
            beside, share = None, 1.0
        piece = self._context_piece(space * share)
        height = piece.measure(space * share)
        x = margin + (space * (1 - share) if self.kit.is_right_to_left else 0)
        piece.place(Frame(x, margin, space * share, height))
        self.head = [piece]
        if beside:
            bar_height = beside.measure(space * (1 - share))
            at = margin if self.kit.is_right_to_left else margin + space * share
            beside.place(Frame(at, margin, space * (1 - share), bar_height))
            self.head.append(beside)
            height = max(height, bar_height)
            body = [element for element in body if element is not progress]
        return body, margin + height + gap * 0.4

    def _name_at_the_end(self, space: float) -> float:
        """Put the name of the place at the end of the line that greets: both are short."""
        self._is_name_beside = True
        margin = self.measures.margin
        piece = self._context_piece(space / 2)
        height = piece.measure(space / 2)
        width = self.kit.natural_width(self.view.context, TextRole.HEADING) if height else 0.0
        width = min(width + self.kit.mm(2), space / 2)
        x = margin if self.kit.is_right_to_left else self.width - margin - width
        piece.place(Frame(x, margin, width, piece.measure(width)))
        self.head = [piece]
        return margin

    # -- body --------------------------------------------------------------------------------------------------------

    def _split_pinned(self) -> tuple[list[Element], list[Element]]:
        """Keyboards, their field and their words are always there; other pinned things come with the last part."""
        if not any(isinstance(element, Keys) for element in self.view.pinned):
            return [], list(self.view.pinned)
        shown = (Field,) if self.is_keyboard_hidden else (Field, Row, Keys)
        return [element for element in self.view.pinned if isinstance(element, shown)], []

    def _rows(self, elements: list[Element]) -> list[FlowRow]:
        flow = Flow(self.kit, self._area.width, 1e9)
        return [row for part in flow.parts(elements) for row in part.rows]

    def _height_of(self, rows: list[FlowRow]) -> float:
        return sum(row.height for row in rows) + self.measures.gap * max(len(rows) - 1, 0)

    def _lay_parts(self, body: list[Element]) -> list[Part]:
        is_keyboard = any(isinstance(element, Keys) for element in self._fixed)
        if is_keyboard and self._area.height - self._fixed_height() < self.kit.mm(RESULTS_BESIDE_WORDS_MM):
            # Results are worth more than suggested words where there is no room for both.
            self._fixed = [element for element in self._fixed if not isinstance(element, Row)]
        self._is_field_above = (
            is_keyboard and self._bars.context is not None and self._fixed_height() > self._area.height
        )
        fixed = self._fixed_height()
        if is_keyboard and self._area.height - fixed < self.kit.mm(LEAST_RESULTS_MM):
            # No room for both: a button beside the field leads to the results.
            self._has_toggle = True
            return [Part()]
        self._has_toggle = self.is_keyboard_hidden
        available = self._area.height - fixed
        if is_keyboard and available < self.kit.mm(TITLE_NEEDS_MM):
            body = [element for element in body if not (isinstance(element, Text) and element.role is TextRole.TITLE)]
        is_compact = is_keyboard and self.measures.profile.is_landscape
        if self.measures.profile.is_landscape:
            return self._parts_beside(body, available, is_compact=is_compact)
        return self._parts_above(body, available)

    def _fixed_height(self) -> float:
        rows = self._rows(self._fixed_below) if self._fixed else []
        return self._height_of(rows) + self.measures.gap if rows else 0.0

    @property
    def _fixed_below(self) -> list[Element]:
        """Return what is fixed under the body: the field goes up where keyboard and field do not both fit."""
        return [element for element in self._fixed if not (self._is_field_above and isinstance(element, Field))]

    def _parts_above(self, body: list[Element], available: float) -> list[Part]:
        """Cut the body of a high screen: the way on stands under it, across the width."""
        gap = self.measures.gap
        pinned_rows = self._rows(self._pinned) if self._pinned else []
        pinned = self._height_of(pinned_rows) + gap if pinned_rows else 0.0
        parts = Flow(self.kit, self._area.width, available - pinned).parts(body)
        if len(parts) > 1:
            more = self._more_button().measure(self._area.width) + gap
            parts = Flow(self.kit, self._area.width, available - max(pinned, more)).parts(body)
        return parts

    def _parts_beside(self, body: list[Element], available: float, *, is_compact: bool) -> list[Part]:
        """Cut the body of a low screen: the way on stands beside it, where pages are turned."""
        parts = [] if self._pinned else Flow(self.kit, self._area.width, available, is_compact=is_compact).parts(body)
        if len(parts) == 1:
            return parts
        buttons = [*self._side_buttons(), self._more_button()]
        # Two buttons share the height: their words take two lines, not four.
        needs = [button.longest_word_width() if len(buttons) <= 2 else button.two_line_width() for button in buttons]
        widest = self._area.width * MOST_SIDE_SHARE
        self._side_width = max(min(max(needs) + self.kit.mm(2), widest), self.kit.mm(SIDE_MM))
        width = self._area.width - self._side_width - self.measures.gap
        return Flow(self.kit, width, available, is_compact=is_compact).parts(body)

    def _side_buttons(self) -> list[ButtonPiece]:
        """Return what is pinned, as buttons that stand one above the other."""
        found: list[ButtonPiece] = []
        for element in self._pinned:
            buttons = element.buttons if isinstance(element, Row) else (element,)
            found += [
                ButtonPiece(self.kit, element=button, is_stacked=True)
                for button in buttons
                if isinstance(button, Button)
            ]
        return found

    def _more_button(self) -> ButtonPiece:
        is_landscape = self.measures.profile.is_landscape
        icon = "arrow-left" if self.kit.is_right_to_left else "arrow-right"
        label = self.view.labels.more.format(number=self.part + 2, total=max(len(self.parts), 2))
        if is_landscape:
            label = self.view.labels.more_short
        detail = f"{self.part + 1} / {len(self.parts)}" if is_landscape else ""
        listen = self.view.nav[0].button.intent
        button = Button("more", label, listen, ButtonKind.PRIMARY, icon, detail=detail, language=self.view.language)
        return ButtonPiece(self.kit, element=button, action=ShowMore(), is_stacked=is_landscape)

    @property
    def is_last_part(self) -> bool:
        """Tell whether nothing of the page comes after what is shown."""
        return self.part >= len(self.parts) - 1

    def show_part(self, number: int) -> None:
        """Place the pieces of one part."""
        self.part = min(max(number, 0), len(self.parts) - 1)
        self.foot: list[Piece] = []
        bottom = self._area.bottom
        if self._fixed:
            bottom = self._place_fixed(bottom)
        width = self._area.width
        if self._side_width:
            width -= self._side_width + self.measures.gap
            self._place_beside(bottom)
        elif not self.is_last_part:
            self._place_more(bottom)
        elif self._pinned:
            self._place_rows(self._rows(self._pinned), bottom)
        self._place_body(width)
        self.nav = []
        for piece, slot in zip(self._bars.pieces, self.view.nav, strict=True):
            if slot.is_shown:
                piece.place(self._bars.frames[piece.element.id])
                self.nav.append(piece)

    def _place_body(self, width: float) -> None:
        """Place the rows of this part; where there is room to spare, large buttons grow."""
        rows = self.parts[self.part].rows
        area = self._area
        below = [piece.frame.y for piece in self.foot if piece.frame.x < area.x + width and piece.frame.right > area.x]
        if self._side_width and not self._fixed:
            below = []
        floor = min(below, default=area.bottom + self.measures.gap) - self.measures.gap
        spare = floor - area.y - sum(row.height + row.gap for row in rows)
        room = sum(row.natural_height * (row.stretch - 1) for row in rows)
        share = min(spare * 0.85 / room, 1.0) if room > 0 and spare > 0 else 0.0
        left = spare - room * share
        # Air between the rows of a short page, so that it does not huddle at the top of a high screen.
        air = min(left * 0.4 / max(len(rows), 1), self.measures.gap * MOST_AIR) if left > 0 else 0.0
        x = area.x
        if self.kit.is_right_to_left and self._side_width:
            x = area.right - width
        y = area.y
        for row in rows:
            y += row.gap + (air if row is not rows[0] else 0.0)
            row.height = float(int(row.natural_height * (1 + (row.stretch - 1) * share)))
            row.place(x, y, width, self.measures.gap, mirrored=self.kit.is_right_to_left)
            y += row.height

    def _place_rows(self, rows: list[FlowRow], bottom: float) -> float:
        y = bottom - self._height_of(rows)
        top = y
        for row in rows:
            row.place(self._area.x, y, self._area.width, self.measures.gap, mirrored=self.kit.is_right_to_left)
            y += row.height + self.measures.gap
            self.foot += row.pieces
        return top

    def _place_more(self, bottom: float) -> None:
        piece = self._more_button()
        height = piece.measure(self._area.width)
        piece.place(Frame(round(self._area.x), round(bottom - height), int(self._area.width), height))
        self.foot.append(piece)

    def _place_beside(self, bottom: float) -> None:
        """Share the height of the body among the buttons that lead on."""
        buttons = self._side_buttons() if self.is_last_part else [self._more_button()]
        gap, area = self.measures.gap, self._area
        x = area.x if self.kit.is_right_to_left else area.right - self._side_width
        if not buttons:
            return
        most = self.kit.mm(SIDE_HEIGHT_MM)
        height = min((bottom - area.y - gap * (len(buttons) - 1)) / len(buttons), most)
        y = bottom - height * len(buttons) - gap * (len(buttons) - 1)
        for button in buttons:
            button.place(Frame(round(x), round(y), int(self._side_width), int(height)))
            self.foot.append(button)
            y += height + gap

    def _place_fixed(self, bottom: float) -> float:
        top = self._place_rows(self._rows(self._fixed_below), bottom)
        context = self._bars.context
        if self._is_field_above and context:
            field = FieldPiece(self.kit, element=next(one for one in self._fixed if isinstance(one, Field)))
            field.place(context)
            self.head = []
            self.foot.append(field)
        if self._has_toggle:
            self._place_toggle()
        return top - self.measures.gap

    def _place_toggle(self) -> None:
        """Share the line of the field with the button that shows results or keyboard."""
        labels = self.view.labels
        label = labels.show_keyboard if self.is_keyboard_hidden else labels.show_results
        button = Button(
            "toggle", label, self.view.nav[0].button.intent, ButtonKind.PRIMARY, language=self.view.language
        )
        piece = ButtonPiece(self.kit, element=button, action=ToggleKeyboard())
        slot = self._bars.slot
        if slot and not self.is_keyboard_hidden:
            piece.is_stacked = True
            piece.place(slot)
            self.foot.append(piece)
            return
        field = next(found for found in self.foot if isinstance(found, FieldPiece))
        width = min(piece.natural_width() + self.kit.mm(4), field.frame.width * 0.6)
        gap = self.measures.gap
        frame = field.frame
        left = frame.x if self.kit.is_right_to_left else frame.right - width
        piece.place(Frame(round(left), frame.y, int(width), frame.height))
        rest = frame.x + (width + gap if self.kit.is_right_to_left else 0)
        field.place(Frame(round(rest), frame.y, int(frame.width - width - gap), frame.height))
        self.foot.append(piece)

    # -- what is shown -------------------------------------------------------------------------------------------------

    @property
    def pieces(self) -> list[Piece]:
        """Return all pieces shown, in reading order."""
        head = [] if self._is_name_beside and self.part else self.head
        return [*head, *self.parts[self.part].pieces, *self.foot, *self.nav]

    @property
    def context_frame(self) -> Frame:
        """Return where the name of the place stands: staff touch it to open their corner."""
        first = self.head[0].frame if self.head else self.parts[self.part].rows[0].pieces[0].frame
        frame = self._bars.context or first
        return replace(frame, height=max(frame.height, self.kit.mm(12)))

    def utterances(self) -> list[Utterance]:
        """Return what the voice says of the part shown: body, then what is pinned; not the navigation."""
        shown = [
            *(piece for piece in self.head if isinstance(piece, ProgressPiece)),
            *self.parts[self.part].pieces,
            *self.foot,
        ]
        return [utterance for piece in shown for utterance in piece.utterances()]

    def targets(self) -> list[Target]:
        """Return everything that answers touch."""
        return [target for piece in self.pieces for target in piece.targets()]

    def piece_saying(self, utterance: str) -> Piece | None:
        """Return the piece that shows a sentence."""
        return next((piece for piece in self.pieces if piece.says(utterance)), None)

    def piece_of(self, target: str) -> Piece | None:
        """Return the piece of a target."""
        return next((piece for piece in self.pieces if any(found.id == target for found in piece.targets())), None)

    def marks(self) -> list[Mark]:
        """Describe everything shown, in reading order."""
        return [mark for piece in self.pieces for mark in piece.marks()]

    def paint_ground(self, painter: Painter) -> None:
        """Draw the paper and the bar of the navigation."""
        palette = self.kit.palette
        painter.fill(Frame(0, 0, self.width, self.height), palette.paper)
        top = self._bars.bottom
        painter.fill(Frame(0, top, self.width, self.height - top), palette.surface)
        painter.fill(Frame(0, top, self.width, self.kit.mm(0.4)), palette.border)


RESULTS_BESIDE_WORDS_MM = 90.0
"""Least height of the results for suggested words to stand under them: two results."""
