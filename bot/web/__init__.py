"""What the bot serves over HTTP: the web chat, health and metrics."""
