"""Shows whether two checkouts of the project give the same numbers to the last bit."""
