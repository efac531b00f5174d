"""Small private files of this user: known devices, pairs, trims."""
