"""Who may do and see what, where: every command and button, for every role, in every kind of chat."""
