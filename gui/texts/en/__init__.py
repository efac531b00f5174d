"""What is said to people in English. The same sentences stand in exports and recordings."""
