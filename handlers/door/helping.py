"""Help: what this role can do, made from what the handlers declare."""

from handlers.messages import Menu, Message
from handlers.turn import STUDENTS, Answer, Declaration, Scope, Turn, answers
from storage.campaign.people import Person


@answers("trogiup", "help", "menu", scope=Scope.NOBODY, help="trogiup")
def help_me(message: Message, turn: Turn) -> Answer:
    """List the commands of this role."""
    usable = commands_for(turn, turn.me, private=turn.chat.private)
    lines = [turn.text(f"helping.{said.help}") for said in usable if said.help is not None]
    return turn.say("helping.help", lines=lines, reports=turn.me.role in STUDENTS)


def commands_for(turn: Turn, person: Person, *, private: bool) -> list[Declaration]:
    """The commands that a person can use in a private chat or a group, in the router's order."""
    return [
        said for said in turn.known if said.commands and said.may(person) and (said.private if private else said.group)
    ]


def menu_of(turn: Turn, person: Person, *, to: int | None = None) -> Menu:
    """The commands of a person's role, for the platform's own menu; `to`: the chat's row, None: this one."""
    return Menu(
        tuple(
            (said.commands[0], turn.text_for(person, f"helping.{said.help}").partition(" – ")[2])
            for said in commands_for(turn, person, private=True)
            if said.help is not None
        ),
        to=to,
    )
