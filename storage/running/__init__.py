"""How the bot is run: who changed what, channels, failures, what was done when."""
