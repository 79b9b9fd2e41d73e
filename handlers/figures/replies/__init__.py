"""Answers to questions in words: whose numbers they are, and each measure in its own file."""
