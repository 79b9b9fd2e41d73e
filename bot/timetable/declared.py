"""docs/schedule.md, made of what the jobs declare: `python -m bot.timetable.declared > docs/schedule.md`."""

import sys
from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.config import Config
from bot.timetable import jobs
from bot.timetable.policy import Job

_HEAD = """\
# What is said unasked, and when

Made of what the jobs declare (`bot/timetable/jobs.py`) by `python -m bot.timetable.declared`; a test keeps it equal.
Times are settings (`[schedule]` in config.toml) by the clocks of the campaign's time zone, Asia/Ho_Chi_Minh where none
is given; these are the defaults.
"""
_RULES = """\
- **Once.** Whatever is said has a key of its job, its work day, its team or person, its chat and its edition: `night`
  by the clock, `closed` by `/chot`, `manual-1` by an admin's `/lichchay`. However often the program restarts, a key is
  said once. The night's summary is not said where `/chot` said it and nothing has changed since.
- **On time, or as soon as it still makes sense.** After downtime an occasion is made up within its window, and marked
  `(gửi muộn)` where it leaves more than two minutes late; after the window it is dropped, and `bacung status` says so.
- **Looked at again when it is sent.** What could not be sent within its time is not sent, and its lead hears of that;
  whoever has reported meanwhile is not reminded.
- **In the quiet hours** (`quiet`) nothing is said but answers. What was not sent before them waits until they end, goes
  out in one message with what else waits for the chat, or is dropped, as the job declares.
- **Of a day off** (`days_off`) nobody is reminded.
- **With a wrong clock** nothing is said unasked until it is right again, and what it did is undone.
- **By an admin.** `/lichchay` shows the next occasions: each can be brought about now, skipped, or shown to the admin
  alone.
"""


def as_markdown(known: Sequence[Job]) -> str:
    """The whole page."""
    speaking = [job for job in known if job.speaks]
    tidying = ", ".join(f"`{job.name}` at {job.at:%H:%M}" for job in known if not job.speaks)
    rows = [_row(job) for job in sorted(speaking, key=lambda job: (job.at.hour < _MORNING, job.at))]
    head = ["| at | job | who hears it | what | made up for | sent within | in quiet hours |", f"|{' --- |' * 7}"]
    return "\n".join([_HEAD, *head, *rows, "", f"Beside these, what tells nobody anything: {tidying}.", "", _RULES])


_MORNING = 12  # o'clock: a work day reads from its afternoon to the morning after


def _row(job: Job) -> str:
    rest = "; nothing of a day off" if job.rests else ""
    kept = _span(job.kept or job.sense)
    cells = [f"{job.at:%H:%M}", f"`{job.name}`", job.who, f"{job.says}{rest}", _span(job.sense), kept, job.quiet.value]
    return f"| {' | '.join(cells)} |"


def _span(length: timedelta) -> str:
    hours, minutes = divmod(round(length.total_seconds() / 60), 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "day"), (hours, "h"), (minutes, "min")]
    return " ".join(_counted(parts))


def _counted(parts: Iterable[tuple[int, str]]) -> list[str]:
    return [f"{n} {unit}{'s' if unit == 'day' and n > 1 else ''}" for n, unit in parts if n]


def main() -> None:
    """Prints the page as the defaults have it."""
    settings = Config()
    retention_days = settings.privacy.retention_days
    sys.stdout.write(as_markdown(jobs.all_of(settings.schedule, retention_days=retention_days)))


if __name__ == "__main__":
    main()
