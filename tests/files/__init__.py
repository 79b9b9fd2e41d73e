"""Files that officers take home: what is in them, how they are asked for and sent, and what spreadsheets pull."""
