"""Help: what this role can do, made from what the handlers declare."""

from handlers.messages import Menu, Message
from handlers.turn import STUDENTS, Answer, Turn, answers, declaration
from storage.people import Person


@answers("trogiup", "help", help="trogiup")
def help_me(message: Message, turn: Turn) -> Answer:
    """List the commands of this role."""
    from handlers.router import commands_for  # noqa: PLC0415 - the router's list holds this very handler

    lines = [
        turn.text(f"helping.{said.help}")
        for _, handler in commands_for(turn.me, private=turn.chat.private)
        if (said := declaration(handler)).help is not None
    ]
    return turn.say("helping.help", lines=lines, reports=turn.me.role in STUDENTS)


def menu_of(turn: Turn, person: Person) -> Menu:
    """The commands of a person's role, for the platform's own menu."""
    from handlers.router import commands_for  # noqa: PLC0415 - the router's list holds the caller

    return Menu(
        tuple(
            (name, turn.text_for(person, f"helping.{help}").partition(" – ")[2])
            for name, handler in commands_for(person, private=True)
            if (help := declaration(handler).help) is not None
        )
    )
