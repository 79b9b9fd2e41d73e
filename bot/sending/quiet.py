"""The quiet hours: until when it is quiet, and when it will be."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from handlers.calendar import Calendar

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Between these times of day, by the clocks of the campaign, nothing is said but answers; None: at no time."""

    span: tuple[time, time] | None

    def until(self, calendar: Calendar, now: datetime) -> datetime | None:
        """The end of the quiet hours, where it is quiet now."""
        if self.span is None:
            return None
        first, last = self.span
        local = calendar.local(now)
        clock = local.time()
        inside = first <= clock < last if first <= last else clock >= first or clock < last
        if not inside:
            return None
        end = datetime.combine(local.date(), last, calendar.zone)
        return end if end > local else end + _ONE_DAY

    def begin_after(self, calendar: Calendar, moment: datetime) -> datetime | None:
        """When it is quiet next, where it is not now; None: never."""
        if self.span is None or self.span[0] == self.span[1]:
            return None
        local = calendar.local(moment)
        start = datetime.combine(local.date(), self.span[0], calendar.zone)
        return start if start > local else start + _ONE_DAY
