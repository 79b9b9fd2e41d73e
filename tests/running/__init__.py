"""What whoever runs the bot changes from a chat."""
