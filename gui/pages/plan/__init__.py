"""Plan: the sets of a session, changed by clicks and saved as a protocol of one's own."""
