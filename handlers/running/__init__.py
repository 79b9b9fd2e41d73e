"""What whoever runs the bot changes from a chat, what is on record of it, and what goes for good."""
