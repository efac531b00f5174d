"""What is said to people, from reasons and keys, in every language. Without Qt."""
