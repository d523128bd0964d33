"""Which part of an image is seen and how large: pure arithmetic, in device pixels."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

Point = tuple[float, float]
Size = tuple[int, int]

ZOOM_STEPS = (
    *(1 / 64, 1 / 48, 1 / 32, 1 / 24, 1 / 16, 1 / 12, 1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3),
    *(1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0),
)
"""Zooms that single steps go to. From 2 on they are whole, so that all pixels stay alike."""

SHARP_FROM = 2.0
"""Zoom from which pixels are drawn as squares and zooms are whole numbers."""

_NEAR_ONE = 0.04


def extent(pixels: int, zoom: float) -> int:
    """Device pixels that `pixels` image pixels take."""
    return max(1, round(pixels * zoom))


def snapped_zoom(zoom: float) -> float:
    """The zoom to use where a pinch asks for `zoom`: whole from 2 on, 1 when close to it."""
    if zoom >= SHARP_FROM:
        return float(min(round(zoom), ZOOM_STEPS[-1]))
    return 1.0 if abs(zoom - 1) < _NEAR_ONE else zoom


@dataclass(frozen=True, slots=True)
class ViewState:
    """A view of `view` device pixels onto an image of `image` pixels.

    `zoom` is device pixels per image pixel; `origin` is where the image's top-left corner lies
    in the view, on whole device pixels. `fitted` views follow the size of the view. `margin` is
    left free around a fitted image. Synced panes share one state.
    """

    image: Size = (1, 1)
    view: Size = (1, 1)
    zoom: float = 1.0
    origin: tuple[int, int] = (0, 0)
    fitted: bool = True
    margin: int = 0

    @property
    def fit_zoom(self) -> float:
        """The largest zoom, up to 1, at which the whole image is seen."""
        room = [max(1, side - 2 * self.margin) for side in self.view]
        return min(1.0, *(r / side for r, side in zip(room, self.image, strict=True)))

    def fit(self) -> ViewState:
        """The whole image, centred; never larger than 100 %."""
        return replace(self, zoom=self.fit_zoom, fitted=True)._clamped()

    def zoomed(self, zoom: float, at: Point | None = None) -> ViewState:
        """`zoom`, kept within sense, with what lies under `at` (else the centre) staying there.

        Beside the image, its nearest edge stays.
        """
        new = min(max(zoom, min(ZOOM_STEPS[0], self.fit_zoom)), ZOOM_STEPS[-1])
        x, y = self._on_image(at or (self.view[0] / 2, self.view[1] / 2))
        origin = (
            round(x - (x - self.origin[0]) / self.zoom * new),
            round(y - (y - self.origin[1]) / self.zoom * new),
        )
        return replace(self, zoom=new, origin=origin, fitted=False)._clamped()

    def stepped(self, steps: int, at: Point | None = None) -> ViewState:
        """`steps` zoom steps closer, or further away where negative."""
        zoom = self.zoom
        for _ in range(abs(steps)):
            zoom = _next_zoom(zoom) if steps > 0 else _previous_zoom(zoom)
        return self.zoomed(zoom, at)

    def panned(self, dx: int, dy: int) -> ViewState:
        """The image moved by device pixels, as far as some of it stays in the middle."""
        moved = (self.origin[0] + dx, self.origin[1] + dy)
        panned = replace(self, origin=moved)._clamped()
        return self if panned.origin == self.origin else replace(panned, fitted=False)

    def line_at(self, share: float) -> int:
        """Where a line at `share` (0 to 1) of the image's width stands, in device pixels."""
        return self.origin[0] + round(share * extent(self.image[0], self.zoom))

    def share_at(self, x: float) -> float:
        """The share of the image's width left of `x`, a device pixel of the view."""
        return min(max((x - self.origin[0]) / extent(self.image[0], self.zoom), 0.0), 1.0)

    @property
    def middle_share(self) -> float:
        """The share of the image's width that lies left of the middle of what is seen of it."""
        left = max(0, self.origin[0])
        right = min(self.view[0], self.origin[0] + extent(self.image[0], self.zoom))
        return self.share_at((left + right) / 2)

    def with_view(self, view: Size, margin: int = 0) -> ViewState:
        """Another size of view: fitted stays fitted, else the centre stays the centre."""
        view = (max(1, view[0]), max(1, view[1]))
        if (view, margin) == (self.view, self.margin):
            return self
        shift = (view[0] // 2 - self.view[0] // 2, view[1] // 2 - self.view[1] // 2)
        origin = (self.origin[0] + shift[0], self.origin[1] + shift[1])
        resized = replace(self, view=view, margin=margin, origin=origin)
        return resized.fit() if self.fitted else resized._clamped()

    def with_image(self, image: Size) -> ViewState:
        """Another image: of the same size nothing moves, else it is fitted."""
        return self if image == self.image else replace(self, image=image).fit()

    def _on_image(self, at: Point) -> Point:
        x, y = (
            min(max(point, origin), origin + extent(side, self.zoom))
            for point, origin, side in zip(at, self.origin, self.image, strict=True)
        )
        return x, y

    def _clamped(self) -> ViewState:
        x, y = (
            _clamp(origin, extent(side, self.zoom), view)
            for origin, side, view in zip(self.origin, self.image, self.view, strict=True)
        )
        return replace(self, origin=(x, y))


def _clamp(origin: int, length: int, view: int) -> int:
    """Centred when it fits, else moved no further than with an edge in the middle."""
    if length <= view:
        return (view - length) // 2
    return min(max(origin, view // 2 - length), view // 2)


def _next_zoom(zoom: float) -> float:
    return ZOOM_STEPS[min(bisect_right(ZOOM_STEPS, zoom * 1.001), len(ZOOM_STEPS) - 1)]


def _previous_zoom(zoom: float) -> float:
    return ZOOM_STEPS[max(bisect_left(ZOOM_STEPS, zoom * 0.999) - 1, 0)]
