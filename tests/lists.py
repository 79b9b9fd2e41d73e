"""How people change one report of a list: by a few presses, or in two words where there is nothing to press."""

from tests.platforms import Chat, Shown
from tests.talk import Person, Pressing


async def takes(person: Person, what: str, number: int, listed: Shown, chat: Chat | None = None) -> Pressing:
    """[Sửa …], [Cũ hơn] as often as need be, the report of this number, [Sửa] or [Xóa]; in words `Sửa 2`."""
    if not any("Sửa …" in row for row in listed.buttons):
        return person.presses(f"{what} {number}", listed, chat)
    choice = await person.presses("Sửa …", listed, chat).hears("sửa hay xóa tin nào")
    while (label := _label(choice, number)) is None:
        choice = await person.presses("Cũ hơn", choice, chat).hears("sửa hay xóa tin nào")
    one = await person.presses(label, choice, chat).hears("Tin lúc")
    return person.presses(what, one, chat)


def _label(choice: Shown, number: int) -> str | None:
    labels: list[str] = [label for row in choice.buttons for label in row]
    return next((label for label in labels if label.startswith(f"{number}. ")), None)
