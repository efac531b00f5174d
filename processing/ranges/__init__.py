"""Ranges of joints: trials of a held extreme, their mean, and the smallest change that can be told."""
