"""The window and the command line: the parts that a person touches."""
