"""A phase that starts "today": the day of the first load, however often the folder is loaded again."""

from datetime import timedelta
from pathlib import Path

from bot.commands import data
from tests.talk import CAMPAIGN, ROSTER, talking, write_campaign

TODAY = {"campaign.toml": CAMPAIGN.replace("2023-05-16", '"today"')}


async def test_the_days_stay_when_the_folder_is_loaded_again(tmp_path: Path) -> None:
    """By a start of the bot and by the command line, days later, with others on the roster and a longer phase."""
    async with talking(tmp_path, files=TODAY) as talk:
        an = await talk.person("An")
        await an.says("xóm 4 được 3").hears("3 máy")
        await an.says("/cuatoi").hears("ngày thứ 1/21")
        await talk.stop()
        talk.clock.advance(timedelta(days=5))
        write_campaign(
            talk.folder / "campaign", TODAY | {"roster.csv": f"{ROSTER}hv9,Oanh,student,451,Đợt 1,MA-CUA-OANH\n"}
        )
        await talk.start()
        await an.says("/cuatoi").hears("ngày thứ 6/21", "Cả đợt: 3 máy")
        await talk.stop()
        longer = {"campaign.toml": TODAY["campaign.toml"].replace("days = 21", "days = 30")}
        folder = write_campaign(talk.folder / "campaign", longer)
        assert data.load(talk.config, folder, dry_run=False, sheet="") == 0
        await talk.start()
        await an.says("/cuatoi").hears("ngày thứ 6/30")
