"""What is known so far of the change on screen. No widgets."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from snapreview.model.change import Change
from snapreview.ui.viewer.pyramid import Pyramid
from snapreview.ui.viewer.source import (
    UPRIGHT,
    Failure,
    MaskRequest,
    Outcome,
    Picture,
    Request,
    Side,
    image_requests,
)
from snapreview.ui.viewer.view_state import Size
from snapreview.ui.viewer.words import size_difference, size_text


@dataclass(frozen=True, slots=True)
class Message:
    """What stands where no picture is."""

    headline: str
    detail: str = ""


LOADING = Message("Loading…")
NOTHING = Message("Select an image to see what changed in it.")
_FAILED = "This image could not be opened"


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything the canvas needs to draw a change. `messages` stand where no picture is."""

    sides: tuple[Side, ...] = ()
    pictures: Mapping[Side, Picture] = field(default_factory=dict)
    messages: Mapping[Side, Message] = field(default_factory=dict)
    sizes: Mapping[Side, str] = field(default_factory=dict)
    mask: Pyramid | None = None
    image_size: Size | None = None
    canvas_theme: str | None = None

    def describe(self) -> str:
        """The scene in words, for those who cannot see it."""
        return "; ".join(f"{side.title}: {self._spoken(side)}" for side in self.sides)

    def _spoken(self, side: Side) -> str:
        message = self.messages.get(side)
        if message is None:
            return self.sizes.get(side, "")
        return f"{message.headline}. {message.detail}" if message.detail else message.headline


class Viewing:
    """Collects the answers for one change until all are there."""

    def __init__(self, change: Change) -> None:
        self.change = change
        self._images = image_requests(change)
        self._outcomes: dict[Hashable, Outcome] = {}

    @property
    def complete(self) -> bool:
        """Whether nothing is waited for any more."""
        return not self.missing()

    def missing(self) -> list[Request]:
        """What still has to be loaded. The mask's turn comes when both images are known."""
        images = [r for r in self._images.values() if r.key not in self._outcomes]
        if images:
            return list(images)
        mask = self._mask_request()
        return [mask] if mask is not None and mask.key not in self._outcomes else []

    def accept(self, key: Hashable, outcome: Outcome) -> bool:
        """Take an answer; False where it belongs to something else."""
        if key not in {request.key for request in self.missing()}:
            return False
        self._outcomes[key] = outcome
        return True

    @property
    def mask_failure(self) -> str | None:
        """Why there is no overlay although there should be one."""
        outcome = self._mask_outcome()
        return outcome.reason if isinstance(outcome, Failure) else None

    def scene(self) -> Scene:
        """What can be shown now."""
        outcomes = {s: self._outcomes.get(r.key) for s, r in self._images.items()}
        pictures = {s: o for s, o in outcomes.items() if isinstance(o, Picture)}
        failed = {
            s: Message(_FAILED, o.reason) for s, o in outcomes.items() if isinstance(o, Failure)
        }
        waiting = {s: LOADING for s, o in outcomes.items() if o is None}
        mask = self._mask_outcome()
        record = self.change.record
        return Scene(
            sides=tuple(self._images),
            pictures=pictures,
            messages=failed | waiting,
            sizes=_sizes_in_words(pictures),
            mask=mask if isinstance(mask, Pyramid) else None,
            image_size=self._image_size(pictures, expect_more=bool(waiting)),
            canvas_theme=record.canvas_theme if record else None,
        )

    def _mask_request(self) -> MaskRequest | None:
        diff = self.change.diff
        if diff is None or diff.mask is None or len(self._images) < 2:
            return None
        return MaskRequest(diff.mask, self._mask_orientation())

    def _mask_outcome(self) -> Outcome | None:
        mask = self._mask_request()
        return self._outcomes.get(mask.key) if mask is not None else None

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


def _sizes_in_words(pictures: Mapping[Side, Picture]) -> dict[Side, str]:
    words = {side: size_text(picture.size) for side, picture in pictures.items()}
    if len(pictures) == 2:
        difference = size_difference(pictures[Side.BASE].size, pictures[Side.HEAD].size)
        words[Side.HEAD] += f" · {difference}" if difference else ""
    return words


def ahead(neighbours: Sequence[Change]) -> list[Request]:
    """Images and masks to load before they are asked for."""
    requests: list[Request] = []
    for change in neighbours:
        requests += image_requests(change).values()
        if change.diff is not None and change.diff.mask is not None:
            requests.append(MaskRequest(change.diff.mask))
    return requests
