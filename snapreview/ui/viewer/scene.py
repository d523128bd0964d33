"""What is known so far of the change on screen. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

from snapreview.model.change import Box, Change
from snapreview.ui.viewer.boxes import turned
from snapreview.ui.viewer.message import LOADING, NOTHING_SELECTED, Message
from snapreview.ui.viewer.pyramid import Pyramid
from snapreview.ui.viewer.source import (
    UPRIGHT,
    DifferenceRequest,
    Failure,
    MaskRequest,
    Outcome,
    Picture,
    Request,
    Side,
    difference_request,
    image_requests,
)
from snapreview.ui.viewer.view_state import Size
from snapreview.ui.viewer.words import details, profile_remark

_FAILED = "This image could not be opened"


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything the canvas needs to draw a change. `messages` stand where no picture is, and
    `nothing` where there is no change at all. `regions` are boxes around what changed, upright.

    `difference` tells by how much (0 to 255) each pixel differs; it is there when it was asked
    for and there is no mask; `difference_fault` says why it could not be had.
    """

    sides: tuple[Side, ...] = ()
    pictures: Mapping[Side, Picture] = field(default_factory=dict)
    messages: Mapping[Side, Message] = field(default_factory=dict)
    sizes: Mapping[Side, str] = field(default_factory=dict)
    mask: Pyramid | None = None
    difference: Pyramid | None = None
    difference_fault: str = ""
    image_size: Size | None = None
    canvas_theme: str | None = None
    regions: tuple[Box, ...] = ()
    nothing: Message = NOTHING_SELECTED

    @property
    def marks(self) -> Pyramid | None:
        """What changed: the engine's verdict, else whatever differs at all, as far as known."""
        return self.mask if self.mask is not None else self.difference

    def describe(self) -> str:
        """The scene in words, for those who cannot see it."""
        if not self.sides:
            return self.nothing.spoken
        return "; ".join(f"{side.title}: {self._spoken(side)}" for side in self.sides)

    def _spoken(self, side: Side) -> str:
        message = self.messages.get(side)
        return self.sizes.get(side, "") if message is None else message.spoken


class Viewing:
    """Collects the answers for one change until all are there."""

    def __init__(self, change: Change) -> None:
        self.change = change
        self._images = image_requests(change)
        self._outcomes: dict[Hashable, Outcome] = {}
        self.difference_wanted = False

    @property
    def complete(self) -> bool:
        """Whether nothing is waited for any more."""
        return not self.missing()

    def missing(self) -> list[Request]:
        """What still has to be loaded. The mask's turn comes when both images are known, and
        the difference is computed when it is wanted and there is no mask to tell it."""
        images = [r for r in self._images.values() if r.key not in self._outcomes]
        if images:
            return list(images)
        for request in (self._mask_request(), self._difference_request()):
            if request is not None and request.key not in self._outcomes:
                return [request]
        return []

    def take(self, peek: Callable[[Request], Outcome | None]) -> None:
        """Accept every answer that `peek` has at once; some lead to further ones."""
        while True:
            found = [(request.key, peek(request)) for request in self.missing()]
            there = [(key, outcome) for key, outcome in found if outcome is not None]
            if not there:
                return
            for key, outcome in there:
                self.accept(key, outcome)

    @property
    def failed(self) -> bool:
        """Whether something could not be loaded."""
        return any(isinstance(outcome, Failure) for outcome in self._outcomes.values())

    def forget_failures(self) -> None:
        """Ask again for what failed."""
        found = self._outcomes.items()
        self._outcomes = {key: o for key, o in found if not isinstance(o, Failure)}

    def accept(self, key: Hashable, outcome: Outcome) -> bool:
        """Take an answer; False where it belongs to something else."""
        if key not in {request.key for request in self.missing()}:
            return False
        self._outcomes[key] = outcome
        return True

    @property
    def remarks(self) -> tuple[str, ...]:
        """Sentences about what is on screen, and why something is not."""
        pictures = self._pictures()
        said = [profile_remark(pictures)] if len(pictures) == 2 else []
        if self.mask_failure:
            said.append(f"The overlay cannot be shown: {self.mask_failure}")
        return tuple(remark for remark in said if remark)

    @property
    def mask_failure(self) -> str | None:
        """Why there is no overlay although there should be one."""
        outcome = self._mask_outcome()
        return outcome.reason if isinstance(outcome, Failure) else None

    def scene(self) -> Scene:
        """What can be shown now."""
        outcomes = {s: self._outcomes.get(r.key) for s, r in self._images.items()}
        pictures = self._pictures()
        failed = {
            s: Message(_FAILED, o.reason) for s, o in outcomes.items() if isinstance(o, Failure)
        }
        waiting = {s: LOADING for s, o in outcomes.items() if o is None}
        mask, difference = self._mask_outcome(), self._difference_outcome()
        record = self.change.record
        return Scene(
            sides=tuple(self._images),
            pictures=pictures,
            messages=failed | waiting,
            sizes=details(pictures),
            mask=mask if isinstance(mask, Pyramid) else None,
            difference=difference if isinstance(difference, Pyramid) else None,
            difference_fault=difference.reason if isinstance(difference, Failure) else "",
            image_size=self._image_size(pictures, expect_more=bool(waiting)),
            canvas_theme=record.canvas_theme if record else None,
            regions=() if waiting else self._regions(),
        )

    def _mask_request(self) -> MaskRequest | None:
        diff = self.change.diff
        if diff is None or diff.mask is None or len(self._images) < 2:
            return None
        return MaskRequest(diff.mask, self._mask_orientation())

    def _mask_outcome(self) -> Outcome | None:
        mask = self._mask_request()
        return self._outcomes.get(mask.key) if mask is not None else None

    def _pictures(self) -> dict[Side, Picture]:
        loaded = {s: self._outcomes.get(r.key) for s, r in self._images.items()}
        return {s: o for s, o in loaded.items() if isinstance(o, Picture)}

    def _difference_request(self) -> DifferenceRequest | None:
        if not self.difference_wanted or isinstance(self._mask_outcome(), Pyramid):
            return None
        pictures = self._pictures()
        return difference_request(self._images, pictures) if len(pictures) == 2 else None

    def _difference_outcome(self) -> Outcome | None:
        request = self._difference_request()
        return self._outcomes.get(request.key) if request is not None else None

    def _regions(self) -> tuple[Box, ...]:
        """The boxes are those of the mask, and turned as it is."""
        diff = self.change.diff
        if diff is None or len(self._images) < 2:
            return ()
        orientation = self._mask_orientation()
        return tuple(turned(box, diff.canvas, orientation) for box in diff.regions)

    def _mask_orientation(self) -> int:
        """Images stored in one orientation are compared as stored, others upright."""
        found = [self._outcomes.get(r.key) for r in self._images.values()]
        orientations = {o.orientation for o in found if isinstance(o, Picture)}
        return orientations.pop() if len(orientations) == 1 else UPRIGHT

    def _image_size(self, pictures: Mapping[Side, Picture], *, expect_more: bool) -> Size | None:
        """The common canvas; what is not loaded yet counts as its record says."""
        sizes = [picture.size for picture in pictures.values()]
        if expect_more:
            sizes += [r.record.size for r in self._images.values() if r.record.size]
            sizes += [self.change.diff.canvas] if self.change.diff else []
        return (max(w for w, _ in sizes), max(h for _, h in sizes)) if sizes else None
