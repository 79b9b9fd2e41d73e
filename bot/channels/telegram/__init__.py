"""Telegram: its Bot API in the words of the house. Limits: https://core.telegram.org/bots/api, /bots/faq."""
