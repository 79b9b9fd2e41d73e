"""How fast, how small and how safe the bot is, measured side by side with a plain one: `python -m bench`."""
