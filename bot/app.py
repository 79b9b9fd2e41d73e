"""Puts the rooms together; the only place that knows them all."""

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from functools import partial

from bot.backups import Backups
from bot.channels.base import Channel
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.web.channel import WebChannel
from bot.channels.webhook import Hook, secret_of
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.reading import name_of
from bot.clock import Clock
from bot.config import Config, ConfigError, Telegram, Zalo
from bot.config import Schedule as Times
from bot.drawing.drawer import Drawer
from bot.drawing.maker import Maker
from bot.errands import Doer
from bot.folder import demonstration, handover, storing
from bot.intake import Intake
from bot.monitor import Monitor
from bot.newest import last_in
from bot.sending.delivery import Delivery
from bot.steady import SteadyClock
from bot.timetable import jobs
from bot.timetable.broadcasting import Broadcaster
from bot.timetable.policy import makes_sense_still
from bot.timetable.schedule import Schedule
from bot.trouble import ChannelRefused
from bot.watch import Watch
from bot.web.chat.desk import Desk
from bot.web.chat.hub import Hub
from bot.web.chat.office import Office
from bot.web.chat.socket import ChatServer
from bot.web.dashboard.access import Access
from bot.web.dashboard.files import Files
from bot.web.dashboard.pages import Pages
from bot.web.health import Health
from bot.web.pages import sessions
from bot.web.pages.assets import Assets
from bot.web.pages.join_page import Joining
from bot.web.pages.links import Links
from bot.web.pages.pulling import Pulling
from bot.web.push import sealing
from bot.web.push.page import Pushing
from bot.web.push.pusher import Pusher
from bot.web.push.sealing import Sealer
from bot.web.push.service import Service
from bot.web.server import Server
from bot.wellness import Teller
from storage.campaign import phases
from storage.engine import beside, steps
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.running import channels
from storage.talk import drawings, holding, outbox

log = logging.getLogger(__name__)
_LISTEN_AGAIN = 30.0  # seconds

FIRST_POLLS = 0.05  # seconds


class App:
    """The running program: opened in order, closed in reverse."""

    def __init__(
        self,
        config: Config,
        clock: Clock | None = None,
        *,
        trial: bool = False,
        ready: Callable[..., None] | None = None,
        settle: Callable[[], None] | None = None,
    ) -> None:
        """`trial`: a demonstration, marked as such.

        `ready` is called once the web chat listens, with its address; `settle` in a thread once everything runs.
        """
        self._config = config
        self._clock = SteadyClock(clock or Clock())
        self._trial = trial
        self._ready = ready
        self._settle = settle
        self.database = Database(config.storage.path)
        self.monitor = Monitor()
        self.drawer, self._own_drawer = Drawer(), Drawer()
        self.server = Server(config.web)
        self._channels: dict[str, Channel] = {}
        self._key = b""  # signs the web chat's sessions
        self._cut: Callable[[set[int]], None] = lambda _: None
        self._push_key = ""  # signs what browsers are sent while no page is open
        self._hooks: list[Hook] = []
        self._access: Access | None = None  # to the dashboard

    async def run(self, stop: asyncio.Event | None = None) -> None:
        """Runs until `stop` is set, or a signal asks for the end.

        Raises:
            StorageMisuse, StorageError, CampaignError, ConfigError, ChannelRefused: why it cannot start or go on.
        """
        stop = stop or asyncio.Event()
        self._end_on_signal(stop)
        await self.database.open()
        steps.reach("start:opened")
        try:
            await self.database.write(self._look_in)
            await self._work(stop)
        finally:
            await self.server.stop()
            await self.drawer.close()
            await self._own_drawer.close()
            for channel in self._channels.values():
                await channel.close()
            await self.database.close()

    def _look_in(self, tx: Transaction) -> None:
        """Before anything is changed: the database is of the kind that this run is for."""
        demonstration.check(tx, trial=self._trial)
        self._key = sessions.key(tx)
        self._push_key = sealing.key(tx)

    def _prepare(self, tx: Transaction) -> None:
        """Before anything runs: the campaign is loaded, and what was on its way when the program ended is due again."""
        folder = self._config.campaign.folder
        if folder is not None:
            day_start = self._config.schedule.day_start
            sheet = self._config.campaign.sheet
            storing.store_if_changed(tx, folder, sheet=sheet, now=self._clock.now(), day_start=day_start)
        if phases.current(tx) is None:
            raise ConfigError(["no campaign is loaded: run 'bacung load FOLDER', or set BACUNG_CAMPAIGN__FOLDER"])
        outbox.recover(tx)
        drawings.recover(tx)
        holding.recover(tx, self._clock.now())
        self.monitor.took([], last_in(tx))  # until the next message, the last one before the restart is the newest
        if self._trial:
            demonstration.mark(tx)

    async def _work(self, stop: asyncio.Event) -> None:
        times = self._config.schedule
        web = self._web_chat()
        links = Links(self._config.web, self.database, self._clock, self._key)
        pulling = Pulling(self._config.web, self.database, self._clock, day_start=times.day_start)
        self.server.add([*links.routes(), *pulling.routes()])
        self._open_channels(links)
        self._clock.wait_for(self._channels.keys() - {WebChannel.name})
        self._add_hooks()
        delivery, broadcaster, schedule, intake, maker = self._talking(times, links)
        if self._access is not None:
            self._access.said = delivery.wake
        if self._trial:  # what cannot be shown leaves no demonstration behind
            await self.server.start()
        await self.database.write(self._prepare)
        if not self._trial:
            await asyncio.to_thread(beside.mark, self.database.path)
        steps.reach("start:prepared")
        taker = handover.Taker(self.database, self._clock, day_start=times.day_start, trial=self._trial)
        watch, teller = Watch(self.database, self.monitor), Teller(self.database.path, self.monitor)
        loops = [
            intake.run(),
            delivery.run(),
            delivery.draw(),
            delivery.read(),
            schedule.run(),
            broadcaster.run(),
            maker.run(),
        ]
        loops += [taker.run(), watch.run(), teller.run()]
        loops += [run() for run in (*web, *self._keepers(delivery.wake))]
        if self._settle is not None:
            loops.append(_settled(self._settle))
        await _together([channel.run(intake.take) for channel in self._channels.values()], loops, stop)
        await intake.finish()  # what was posted is still told 200
        await self.server.stop()
        await intake.finish()
        await delivery.finish()

    def _talking(self, times: Times, links: Links) -> tuple[Delivery, Broadcaster, Schedule, Intake, Maker]:
        """What goes out, what is said unasked, what comes in, and what is made for that."""
        idle, days = asyncio.Event(), self._config.privacy.retention_days
        delivery = Delivery(
            self.database,
            self._channels,
            self._clock,
            self.monitor,
            quiet=times.quiet,
            day_start=times.day_start,
            trial=self._trial,
            idle=idle,
            drawer=self.drawer,
            link=links.to_document,
            makes_sense=makes_sense_still(jobs.all_of(times, retention_days=days)),
        )
        broadcaster = Broadcaster(
            self.database,
            self._clock,
            day_start=times.day_start,
            edits={name for name, channel in self._channels.items() if channel.deletes},  # who lets delete lets edit
            said=delivery.wake,
        )
        maker = Maker(
            self.database,
            self._own_drawer,
            self._clock,
            day_start=times.day_start,
            template=self._config.campaign.letter,
            said=delivery.wake,
        )
        schedule = Schedule(self.database, times, self._clock, self.monitor, retention_days=days, said=delivery.wake)
        intake = Intake(
            self.database,
            self._clock,
            self.monitor,
            day_start=times.day_start,
            said=partial(_wake, delivery, broadcaster, maker),
            ended=self._cut,
            idle=idle,
            scarce=frozenset(name for name, channel in self._channels.items() if channel.pace.allowance),
            timetable=schedule.jobs,
            days_off=times.days_off,
            asked=schedule.wake,
            times=times.times(),
        )
        return delivery, broadcaster, schedule, intake, maker

    def _keepers(self, changed: Callable[[], None]) -> list[Callable[[], Coroutine[None, None, None]]]:
        """What the command line asks for while the bot runs, and the copies of every night."""
        day_start, clock = self._config.schedule.day_start, self._clock
        doer = Doer(self.database, clock, day_start=day_start, changed=changed)
        if self._trial:
            return [doer.run]
        return [doer.run, Backups(self.database, self._config.storage, clock, self.monitor, day_start=day_start).run]

    def _add_hooks(self) -> None:
        for hook in self._hooks:
            if self.server.takes_posts(hook.path):
                raise ConfigError([f"webhook {hook.url}: this path is taken; give it another one"])
            self.server.add(hook.routes)

    def _web_chat(self) -> list[Callable[[], Coroutine[None, None, None]]]:
        """The chat server and the channel that treats it as any platform; the loops that they need."""
        settings, day_start = self._config.web, self._config.schedule.day_start
        hub, assets = Hub(self.monitor), Assets()
        desk = Desk(self.database, hub, self._clock, self.monitor)
        channel = WebChannel(self.database, hub, self._clock, day_start=day_start)
        desk.brought = channel.wake
        office = Office(
            settings=settings,
            database=self.database,
            hub=hub,
            desk=desk,
            clock=self._clock,
            key=self._key,
            trial=self._trial,
            day_start=day_start,
        )
        chat, joining = ChatServer(office), Joining(office, assets)
        health = Health(settings, self.database, self.monitor)
        sealer = Sealer(self._push_key, settings.contact)
        pushing, service = Pushing(office, sealer), Service(anywhere=settings.push_anywhere)
        pusher = Pusher(self.database, hub, self._clock, self.monitor, sealer, service, trial=self._trial)
        hub.left, desk.posted, channel.posted = pusher.left, pusher.news, pusher.news
        self.server.add([*assets.routes(), *chat.routes(), *joining.routes(), *pushing.routes(), *health.routes()])
        files = Files({"icon.svg": assets.address("icon.svg")})
        self._access = Access(office, files)
        self.server.add([*files.routes(), *self._access.routes(), *Pages(office, files, self._access).routes()])
        self.server.on_stop(chat.close)
        self._channels[channel.name] = channel
        self._cut = chat.cut
        return [desk.run, chat.look_after, pusher.run, self._listen]

    async def _listen(self) -> None:
        """Listens for ever. Where the port is taken, the bot goes on without while it can poll another platform.

        Raises:
            ChannelRefused: it cannot listen, and there is no other way.
        """
        while not self.server.listens:
            try:
                await self.server.start()
                break
            except ChannelRefused as error:
                if len(self._channels) == 1 or self._hooks:
                    raise
                log.warning("web: %s; tried again every %.0f s", error, _LISTEN_AGAIN)
                await self._note_listening(up=False, detail=str(error))
                await self._clock.sleep(_LISTEN_AGAIN)
        await self._note_listening(up=True, detail=f"listening on {self.server.url}")
        if self._ready is not None:
            await self.database.read(partial(self._ready, url=self.server.url))
        await asyncio.Event().wait()

    async def _note_listening(self, *, up: bool, detail: str) -> None:
        try:
            await self._note("web")(self.server.url if up else "", up, detail)
        except StorageError as error:
            log.warning("web: its state could not be kept (%s)", error)

    def _open_channels(self, links: Links) -> None:
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
                self._channels[name] = ZaloChannel(
                    settings, self._clock, note=self._note(name), link=links.to, name=name, hook=hook
                )

    def _hook(self, settings: Telegram | Zalo, header: str) -> Hook | None:
        """The webhook of a bot, where one is set."""
        if not settings.webhook or settings.token is None:
            return None
        hook = Hook(settings.webhook, secret_of(settings.webhook_secret, settings.token), header=header)
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


def _wake(delivery: Delivery, broadcaster: Broadcaster, maker: Maker) -> None:
    """Something was said, begun, or asked for."""
    delivery.wake()
    broadcaster.wake()
    maker.wake()


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


async def _settled(settle: Callable[[], None]) -> None:
    """Settles once the first polls are on their way, then has nothing to do for ever."""
    await asyncio.sleep(FIRST_POLLS)
    await asyncio.to_thread(settle)
    await asyncio.Event().wait()
