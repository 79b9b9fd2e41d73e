"""A plain bot, as one writes it in an afternoon: python-telegram-bot's Application, aiosqlite, one commit a message.

It is what we compare with, so it is written as its libraries' examples teach, with SQLite set to be durable. It takes
the first number of a message for phones, and knows nothing of people, corrections or messages that come twice.
"""

import argparse
import logging
import re

import aiosqlite
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters

SCHEMA = """
CREATE TABLE IF NOT EXISTS reports (
    id INTEGER PRIMARY KEY, user INTEGER NOT NULL, chat INTEGER NOT NULL, message INTEGER NOT NULL,
    day TEXT NOT NULL, text TEXT NOT NULL, phones INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS reports_of_day ON reports (user, day);
"""


async def report(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Stores a report and answers with the day's sum."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or message.text is None:
        return
    found = re.search(r"\d+", message.text)
    if found is None:
        await message.reply_text("Bạn gửi số máy, ví dụ: xóm 4 được 3")
        return
    phones, day = int(found[0]), message.date.date().isoformat()
    database: aiosqlite.Connection = context.bot_data["database"]
    await database.execute(
        "INSERT INTO reports (user, chat, message, day, text, phones) VALUES (?, ?, ?, ?, ?, ?)",
        (user.id, message.chat_id, message.message_id, day, message.text, phones),
    )
    await database.commit()
    async with database.execute("SELECT SUM(phones) FROM reports WHERE user = ? AND day = ?", (user.id, day)) as rows:
        row = await rows.fetchone()
    await message.reply_text(f"✅ {phones} máy\nHôm nay bạn {row[0] if row else 0} máy")


def main() -> None:
    """Runs until it is told to end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base-url", default="https://api.telegram.org/bot")
    parser.add_argument("--token", required=True)
    parser.add_argument("--database", default="plain.db")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.WARNING)

    async def begin(application: "Application") -> None:  # type: ignore[type-arg]
        database = await aiosqlite.connect(asked.database)
        await database.execute("PRAGMA journal_mode = WAL")
        await database.execute("PRAGMA synchronous = FULL")
        await database.executescript(SCHEMA)
        application.bot_data["database"] = database

    async def end(application: "Application") -> None:  # type: ignore[type-arg]
        await application.bot_data["database"].close()

    application = (
        ApplicationBuilder().token(asked.token).base_url(asked.base_url).post_init(begin).post_shutdown(end).build()
    )
    application.add_handler(MessageHandler(filters.TEXT, report))
    application.run_polling()


if __name__ == "__main__":
    main()
