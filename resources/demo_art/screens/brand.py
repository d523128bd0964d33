"""Two pieces of artwork on a transparent ground."""

from ..canvas import Canvas, alpha
from ..fonts import Type
from ..scenery import scene
from ..signs import hills
from ..theme import Theme


def wordmark(_t: Theme, head: bool) -> Canvas:
    """The name in white, for dark grounds. Head fades its second line and its ring.

    Only alpha changes: over white, base and head look the same.
    """
    c = Canvas(640, 240, "#ffffff00")
    faint = 0.45 if head else 0.75
    c.circle(120, 120, 84, alpha("#ffffff", faint * 0.24))
    hills(c, 120, 124, 3.1, "#ffffff")
    c.label(236, 104, "Alderline", Type(68, "Bold", -1.8), "#ffffff")
    c.label(240, 166, "Take the slow way there", Type(27, "Medium", -0.1), alpha("#ffffff", faint))
    return c


def sticker(_t: Theme, head: bool) -> Canvas:
    """A round sticker. Head softens its shadow, in alpha alone."""
    c = Canvas(480, 480)
    c.shadow((48, 36, 384, 384), 192, 15, 14, alpha("#12241e", 0.2 if head else 0.42))
    c.circle(240, 228, 196, "#fbf9f3")
    c.paste(scene("harrow", 360, 360), 60, 48, 180)
    c.rect((84, 318, 312, 62), "#fbf9f3", 31)
    c.label(240, 350, "Slow traveller 2026", Type(26, "Bold", -0.5), "#282c50", "m")
    return c
