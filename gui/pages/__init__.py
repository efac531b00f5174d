"""The pages of the window. They arrange widgets and hold no arithmetic."""
