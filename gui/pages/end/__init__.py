"""The end of a session: its card, the picture to share, and the page for a physiotherapist."""
