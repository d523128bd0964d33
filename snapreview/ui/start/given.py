"""Sources with a password in them: used as they are, shown without. No Qt."""

from __future__ import annotations

from snapreview.stores.addresses import shown_source


class GivenSources:
    """What stands behind the texts that are shown."""

    def __init__(self) -> None:
        self._behind: dict[str, str] = {}

    def shown(self, source: str) -> str:
        """`source` as it may stand in a field."""
        text = shown_source(source)
        if text != source.strip():
            self._behind[text] = source
        return text

    def source(self, text: str) -> str:
        """What `text` was shown for, else the text itself."""
        return self._behind.get(text, text)
