"""The widgets that several pages share: one per file, each given the values that it shows."""
