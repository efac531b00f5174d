"""Home: what a person who comes back needs first."""
