"""SnapReview side by side with a bare pool of odiff servers and with Sentry's pipeline."""
