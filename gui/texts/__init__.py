"""What is said in the person's language: causes, remedies, reasons, instructions."""
