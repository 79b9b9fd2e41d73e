"""The words that the reader knows, and a message as words: what each of them, and several in a row, may say.

Never looks further than a phrase.
"""
