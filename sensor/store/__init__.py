"""Small private files of the person: known devices, pairs, trims."""
