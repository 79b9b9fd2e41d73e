"""Telegram: its Bot API in the words of the house. Limits: https://core.telegram.org/bots/api, /bots/faq."""

import sys

# python-telegram-bot imports httpx, and httpx its own command line with rich and pygments, which nobody uses here:
# 6 MB and 35 ms. Told that there is none, httpx goes on without it.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type] # None is how Python marks what must not be imported

# It also takes all of cryptography where that is there, for Telegram Passport alone: 8 MB, unless pushes need it, too.
if "cryptography" not in sys.modules:
    sys.modules["cryptography"] = None  # type: ignore[assignment] # as above, until it has been imported
    try:
        import telegram as telegram
    finally:
        del sys.modules["cryptography"]
