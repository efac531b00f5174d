"""The output of the command line: tables, updates and progress."""
