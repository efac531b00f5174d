"""The texts for people in every language, from reasons and keys. Without Qt."""
