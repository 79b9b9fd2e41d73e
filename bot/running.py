"""`bacung run`: the bot, from its start to its end. Only what a bot needs is imported on this way."""

from bot.commands.guarded import guarded


def run_bot(*, demo: bool = False) -> None:
    """Runs the bot; `demo`: with example people, and nothing counts."""
    guarded(lambda: _until_it_ends(demo))


def _until_it_ends(demo: bool) -> int:
    import asyncio  # noqa: PLC0415 - in this order: what is large comes first
    import logging  # noqa: PLC0415

    from bot import lean  # noqa: PLC0415

    lean.load()

    from bot import config, warming  # noqa: PLC0415
    from bot.app import App  # noqa: PLC0415
    from bot.folder import demonstration  # noqa: PLC0415

    lean.let_go_of_notes()  # of what was loaded since; before there are any threads
    warming.save()
    settings = demonstration.prepared(config.load()) if demo else config.load()
    level = logging.WARNING if demo else logging.INFO
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    ready = demonstration.show_links if demo else None
    asyncio.run(App(settings, trial=demo, ready=ready, settle=warming.settle).run())
    return 0
