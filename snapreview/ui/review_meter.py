"""How far the review has come: a ring beside a number, which leads to what is left."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from snapreview.model.decision import Verdict
from snapreview.review.progress import ReviewCounts
from snapreview.ui.changes.marks import verdict_colour
from snapreview.ui.theme import Theme, colour

_RING = 16
_GAP = 6
_PADDING = 8
_LINE = 2.5
_WHOLE = 360 * 16


class ReviewMeter(QAbstractButton):
    """Hidden as long as there is nothing to judge. A click asks for the next image."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("headerReview")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._theme = theme
        self._counts = ReviewCounts()
        self.show_counts(self._counts)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self.update()

    def show_counts(self, counts: ReviewCounts) -> None:
        """So many are judged, so many left."""
        self._counts = counts
        done = counts.reviewable - counts.left
        self.setText(f"{done:,} of {counts.reviewable:,}")
        self.setAccessibleName(f"{done:,} of {counts.reviewable:,} reviewed, go to the next")
        parts = (f"{counts.approved:,} approved", f"{counts.rejected:,} rejected")
        left = f"{counts.left:,} left. Go to the next (N)" if counts.left else "none left"
        self.setToolTip(", ".join((*parts, left)))
        self.setVisible(counts.reviewable > 0)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for ring and text."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + _RING + _GAP + 2 * _PADDING
        return QSize(width, max(metrics.height() + 10, 28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The part that is done as an arc: approved, then rejected, each in its colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self._theme, "hover"))
            painter.drawRoundedRect(self.rect(), self._theme.radius, self._theme.radius)
        ring = QRectF(_PADDING, (self.height() - _RING) / 2, _RING, _RING)
        self._paint_ring(painter, ring.adjusted(_LINE / 2, _LINE / 2, -_LINE / 2, -_LINE / 2))
        painter.setPen(colour(self._theme, "text_secondary"))
        text = self.rect().adjusted(_PADDING + _RING + _GAP, 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(colour(self._theme, "focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)
        painter.end()

    def _paint_ring(self, painter: QPainter, ring: QRectF) -> None:
        counts, start = self._counts, 90 * 16
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(self._theme, "border_strong"), 1))
        painter.drawEllipse(ring)
        shares = {Verdict.APPROVED: counts.approved, Verdict.REJECTED: counts.rejected}
        for verdict, count in shares.items():
            span = round(_WHOLE * count / max(counts.reviewable, 1))
            painter.setPen(QPen(verdict_colour(self._theme, verdict), _LINE))
            if span:
                painter.drawArc(ring, start, -span)
            start -= span
