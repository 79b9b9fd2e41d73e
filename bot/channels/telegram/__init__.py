"""Telegram: its Bot API in the words of the house. Limits: https://core.telegram.org/bots/api, /bots/faq."""

from bot.lean import kept_away

# python-telegram-bot imports httpx, but sends go over a transport of our own (6 MB, and 6 more of its command line);
# and all of cryptography, where that is there, for Telegram Passport alone (8 MB, unless pushes need it, too).
with kept_away("httpx", absent=("cryptography",)):
    import telegram as telegram
