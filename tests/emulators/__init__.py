"""Stand-ins for the chat platforms that speak their HTTP APIs for real, so that tests need no network."""
