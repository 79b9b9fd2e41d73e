"""Puts the rooms together; the only place that knows them all."""

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, suppress
from datetime import time
from pathlib import Path

from bot import campaign as campaign_folder
from bot.channels.base import Channel
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.webhook import Hook, secret_of, serving
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.reading import name_of
from bot.clock import Clock
from bot.config import Config, ConfigError, Telegram, Zalo
from bot.delivery import Delivery
from bot.intake import Intake
from bot.schedule import Schedule
from handlers.calendar import calendar_of
from storage import campaign, channels, loading, meta, outbox, steps
from storage.database import Database, Transaction

log = logging.getLogger(__name__)


class App:
    """The running program: opened in order, closed in reverse."""

    def __init__(self, config: Config, clock: Clock | None = None) -> None:
        self._config = config
        self._clock = clock or Clock()
        self.database = Database(config.storage.path)
        self._channels: dict[str, Channel] = {}
        self._hooks: list[Hook] = []

    async def run(self, stop: asyncio.Event | None = None) -> None:
        """Runs until `stop` is set, or a signal asks for the end.

        Raises:
            StorageMisuse, StorageError, CampaignError, ConfigError, ChannelRefused: why it cannot start or go on.
        """
        stop = stop or asyncio.Event()
        self._end_on_signal(stop)
        if self._config.telegram.token is None and all(bot.token is None for bot in self._config.zalo):
            raise ConfigError(
                [
                    "no channel is set: put the bot's token into BACUNG_TELEGRAM__TOKEN (from @BotFather) "
                    "or BACUNG_ZALO__TOKEN (from Zalo Bot Manager), see README"
                ]
            )
        await self.database.open()
        steps.reach("start:opened")
        try:
            await self.database.write(self._prepare)
            steps.reach("start:prepared")
            await self._work(stop)
        finally:
            for channel in self._channels.values():
                await channel.close()
            await self.database.close()

    def _prepare(self, tx: Transaction) -> None:
        """Before anything runs: the campaign is loaded, and what was on its way when the program ended is due again."""
        folder = self._config.campaign.folder
        if folder is not None:
            _load_if_changed(tx, folder, self._clock, self._config.schedule.day_start)
        if campaign.current(tx) is None:
            raise ConfigError(["no campaign is loaded: run 'bacung load FOLDER', or set BACUNG_CAMPAIGN__FOLDER"])
        outbox.recover(tx)

    async def _work(self, stop: asyncio.Event) -> None:
        self._open_channels()
        async with AsyncExitStack() as stack:
            if self._hooks:
                routes = [route for hook in self._hooks for route in hook.routes]
                await stack.enter_async_context(serving(routes, self._config.web.host, self._config.web.port))
            await self._run_all(stop)

    async def _run_all(self, stop: asyncio.Event) -> None:
        schedule_settings = self._config.schedule
        delivery = Delivery(
            self.database,
            self._channels,
            self._clock,
            quiet=schedule_settings.quiet,
            day_start=schedule_settings.day_start,
        )
        intake = Intake(
            self.database, self._clock, day_start=schedule_settings.day_start, trial=False, said=delivery.wake
        )
        schedule = Schedule(self.database, schedule_settings, self._clock, trial=False, said=delivery.wake)
        loops = [intake.run(), delivery.run(), schedule.run()]
        await _together([channel.run(intake.take) for channel in self._channels.values()], loops, stop)
        await intake.finish()
        await delivery.finish()

    def _open_channels(self) -> None:
        """Every way to reach people that is set."""
        if self._config.telegram.token is not None:
            self._channels["telegram"] = TelegramChannel(
                self._config.telegram,
                self._clock,
                note=self._note("telegram"),
                hook=self._hook(self._config.telegram, "X-Telegram-Bot-Api-Secret-Token"),
            )
        for number, settings in enumerate(self._config.zalo, 1):
            if settings.token is not None:
                name = name_of(number)
                hook = self._hook(settings, "X-Bot-Api-Secret-Token")
                self._channels[name] = ZaloChannel(settings, self._clock, note=self._note(name), name=name, hook=hook)

    def _hook(self, settings: Telegram | Zalo, header: str) -> Hook | None:
        """The webhook of a bot, where one is set."""
        if not settings.webhook or settings.token is None:
            return None
        hook = Hook(settings.webhook, secret_of(settings.webhook_secret, settings.token), header=header)
        if any(other.path == hook.path for other in self._hooks):
            raise ConfigError([f"webhook {settings.webhook}: another bot has the same path; give each its own"])
        self._hooks.append(hook)
        return hook

    def _note(self, name: str) -> Callable[[str, bool, str], Coroutine[None, None, None]]:
        async def note(username: str, up: bool, detail: str) -> None:
            await self.database.write(
                lambda tx: channels.note(tx, name, username=username, up=up, detail=detail, at=self._clock.now())
            )

        return note

    def _end_on_signal(self, stop: asyncio.Event) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError, RuntimeError, ValueError):  # not on the main thread: tests
                loop.add_signal_handler(number, stop.set)


def _load_if_changed(tx: Transaction, folder: Path, clock: Clock, day_start: time) -> None:
    digest = campaign_folder.digest(folder)
    if meta.get(tx, loading.DIGEST) == digest:
        return
    plan = campaign_folder.read(folder)
    now = clock.now()
    today = calendar_of(plan.campaign.timezone, day_start).work_day(now)
    loading.load(tx, plan, today=today, at=now, digest=digest)


Loops = Sequence[Coroutine[None, None, None]]


async def _together(bringing: Loops, others: Loops, stop: asyncio.Event) -> None:
    """Runs the loops until one fails or the end is asked for; the failure is raised. First ends what brings more."""
    first, then = ([asyncio.create_task(loop) for loop in loops] for loops in (bringing, others))
    stopping = asyncio.create_task(stop.wait())
    try:
        done, _ = await asyncio.wait([*first, *then, stopping], return_when=asyncio.FIRST_COMPLETED)
        for task in done - {stopping}:
            task.result()
    finally:
        for tasks in (first, [*then, stopping]):
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
