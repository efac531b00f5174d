"""Results as JSON, tables and a report."""
