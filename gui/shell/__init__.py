"""The application: the window, its state, settings and theme."""
