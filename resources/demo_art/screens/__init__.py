"""The screens, one module for each part of the app."""
