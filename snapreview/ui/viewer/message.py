"""What stands where no picture is, for every state that has none. No Qt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A headline, and a sentence or two below it."""

    headline: str
    detail: str = ""

    @property
    def spoken(self) -> str:
        """Both in one line."""
        return f"{self.headline}. {self.detail}" if self.detail else self.headline


LOADING = Message("Loading…")

NOTHING_SELECTED = Message("Select an image to see what changed in it.")
READING = Message("Finding the images", "The first that changed is shown as soon as there is one.")
COMPARING = Message("Comparing", "The first image that changed is shown as soon as it is found.")
NO_MATCH = Message(
    "No image matches the filter", "Change the filter, or clear it to see every image."
)
CANCELLED = Message("Cancelled", "Nothing was read. Reload to compare again.")
EMPTY = Message("No image selected", "Select one in the list to look at it.")


def no_differences(total: int) -> Message:
    """All of `total` images are equal: good news."""
    images = "1 image" if total == 1 else f"{total:,} images"
    return Message(
        f"0 of {images} differ",
        "Base and head look the same. Unchanged images are in the list under their own pill.",
    )


def failed(reason: str) -> Message:
    """Nothing could be opened; `reason` is a sentence that says why, and what to do."""
    return Message("This could not be opened", reason)
