"""How the command line prints: tables, updates and progress."""
