"""What is said: chats, messages seen, offers and questions, and what waits to be sent."""
