"""What is said to people in German."""
