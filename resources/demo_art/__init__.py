"""The drawings of an invented travel app, used as the demo's screenshots."""
