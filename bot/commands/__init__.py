"""What each command of the command line does; `bot/command_line.py` declares them."""
