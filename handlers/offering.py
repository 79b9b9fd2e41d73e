"""Buttons of an offer: the row is made first, and its number goes into each button."""

from collections.abc import Mapping
from datetime import datetime

from handlers.messages import Button
from handlers.states import Offered, data_of
from storage.engine.transaction import Transaction
from storage.talk import offers


def buttons(
    tx: Transaction,
    offered: Offered,
    subject: int,
    choices: Mapping[str, str] | None = None,
    *,
    chat: int,
    person: int,
    deadline: datetime,
    version: int = 0,
) -> tuple[Button, ...]:
    """Offers something to a person in a chat. `choices` {label: choice} where they are not the ones of its kind."""
    labels = offered.choices if choices is None else choices
    assert labels is not None, offered.kind
    id = offers.make(
        tx,
        chat=chat,
        person=person,
        kind=offered.kind,
        subject=subject,
        version=version,
        deadline=deadline,
        choices=choices,
    )
    return tuple(Button(label, data_of(id, choice, labels)) for label, choice in labels.items())
