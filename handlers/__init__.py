"""The conversation: a message and a transaction in, replies out."""
