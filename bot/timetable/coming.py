"""What has a time of its own is said then: reminders of appointments and of help, and what went to somebody else."""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.clock import Clock
from bot.sending import parcels
from bot.trouble import where_raised
from handlers.turn import House
from handlers.unasked import assisting, visiting
from handlers.unasked.due import Task
from storage.engine import steps
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.field import appointments
from storage.running import failures
from storage.talk.outbox import Class

log = logging.getLogger(__name__)


async def work(database: Database, clock: Clock, house: House, said: Callable[[], None]) -> float | None:
    """Says what is due, each in a transaction of its own; seconds until more may be, None: nothing is in sight."""
    now = clock.now()
    for task in await database.read(lambda tx: _tasks(tx, house, now)):
        await database.write(partial(_do, task=task, now=now))
        steps.reach("schedule:coming")
        said()
    later = await database.read(lambda tx: appointments.next_reminder(tx, now))
    return (later - clock.now()).total_seconds() if later is not None else None


def _tasks(tx: Transaction, house: House, now: datetime) -> list[Task]:
    return [*visiting.tasks(tx, house, now), *assisting.tasks(tx, house, now)]


def _do(tx: Transaction, *, task: Task, now: datetime) -> None:
    """A bug in one is kept on record, and harms no other."""
    try:
        with tx.savepoint():
            for one in task.do(tx):
                parcels.put(
                    tx,
                    one.chat,
                    one.reply,
                    urgency=Class.APPOINTMENT,
                    at=one.at,
                    expires_at=one.expires,
                    key=one.key,
                )
    except StorageError:
        raise
    except Exception as error:
        trace, where = secrets.token_hex(4), where_raised(error)
        log.error("failure %s: %s", trace, where)
        failures.add(tx, trace=trace, at=now, place="schedule", key=task.name, text=None, error=where)
        task.leave(tx)
