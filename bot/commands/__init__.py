"""What each command of the command line does; `bot/__main__.py` declares them."""
