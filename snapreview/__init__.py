"""SnapReview: review visual changes between two sets of images on your own machine."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("snapreview")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0.0.0+source"
