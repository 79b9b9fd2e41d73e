"""The pages of the web chat, how one joins, and links that end."""
