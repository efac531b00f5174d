"""What the pages are made of: one widget a file, each handed what it shows."""
