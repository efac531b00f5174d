"""Compares the numbers of two checkouts of the project to the last bit."""
