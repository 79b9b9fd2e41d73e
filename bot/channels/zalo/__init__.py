"""Zalo: its Bot API in the words of the house. Limits: https://bot.zaloplatforms.com/docs."""
