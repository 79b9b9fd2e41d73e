"""How a saying reads as it leaves: merged where it is late, with its marks, and with the message that it edits."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.channels.base import Channel
from bot.sending import parcels
from handlers.messages import Button, Deletion, Reply, Rows, Saying
from handlers.texts import mark
from storage.engine.transaction import Transaction
from storage.talk import outbox
from storage.talk.outbox import Class, Parcel
from storage.talk.passage import State

MERGE_AFTER = timedelta(minutes=2)  # answers that would leave later than this go out as one
MERGED_MOST = 3500  # characters
QUOTE_AFTER = timedelta(minutes=1)  # after a message was sent, its answer says which one that was
LATE_AFTER = timedelta(minutes=2)  # after its time; the pace to many chats, or a minute of a bad line, is less
_SAID_BEFORE: Collection[State] = (State.DOUBTFUL, State.REPEATING)


def as_said(
    tx: Transaction,
    parcel: Parcel,
    saying: Saying,
    now: datetime,
    *,
    channel: Channel,
    gathered: bool,
    trial: bool,
    taken: set[int],
) -> Saying:
    """The saying as it leaves. `gathered`: answers go out as one; `trial`: nothing counts.

    Rows that it says too are put into `taken`.
    """
    if not isinstance(saying, Reply):
        return saying
    late = now - parcel.meant_at
    if parcel.urgency is Class.ANSWER and not _has_more(saying) and (late > MERGE_AFTER or gathered):
        saying = _merged(tx, parcel, saying, now, taken)
    if parcel.urgency is Class.ANSWER and not channel.deletes:
        saying = _with_request(tx, parcel, saying, now, taken)
    if saying.merges and not _has_more(saying) and late > MERGE_AFTER:
        saying = _in_one(tx, parcel, saying, now, taken)
    if _must_quote(tx, parcel, saying, now):
        assert saying.answers is not None
        saying = replace(saying, quotes=saying.answers.message)
    if _has_more(saying):
        saying = replace(saying, edits=None, replaces=None)  # a picture comes anew: none can be put into a text
    if saying.replaces is not None:
        saying = replace(saying, edits=outbox.sent_id(tx, saying.replaces), replaces=None)
    if saying.topic is None:
        saying = replace(saying, topic=parcel.topic)
    if not parcel.urgency.is_answer and late > LATE_AFTER:
        saying = replace(saying, text=f"{mark('late')} {saying.text}")
    unseen = saying.edits is not None or channel.once  # a repeat that nobody sees
    if parcel.state in _SAID_BEFORE and not unseen:
        saying = replace(saying, text=f"{mark('again')} {saying.text}")
    if trial and not saying.text.startswith(mark("trial")):  # an edit that is said anew has it
        saying = replace(saying, text=f"{mark('trial')} {saying.text}")
    return saying


def _must_quote(tx: Transaction, parcel: Parcel, saying: Reply, now: datetime) -> bool:
    """Whether it comes so late, or with so many others, that it could be taken for an answer to another message."""
    if saying.answers is None or saying.quotes is not None:
        return False
    if now - saying.answers.at > QUOTE_AFTER:
        return True
    behind = (parcels.unpacked(other.body) for other in outbox.behind(tx, parcel, now))
    others = (one.answers for one in behind if isinstance(one, Reply) and one.answers is not None)
    return any(other.message != saying.answers.message for other in others)


def named(saying: Reply) -> str:
    """A text under the words that it answers: for where it stands beside others, or far from them."""
    return f"“{saying.answers.words}”\n{saying.text}" if saying.answers is not None else saying.text


def _merged(tx: Transaction, parcel: Parcel, saying: Reply, now: datetime, taken: set[int]) -> Reply:
    """One answer with all that waits behind it in the chat, up to a picture; its buttons are the last one's."""
    heading = mark("merged")
    # What was merged before, and tried in vain, has the heading already.
    texts, others, last = [named(saying).removeprefix(f"{heading}\n\n")], [], saying
    for other in outbox.behind(tx, parcel, now):
        more = parcels.unpacked(other.body)
        if not isinstance(more, Reply):
            continue  # a sign on a message, which waits for nobody
        if _has_more(more) or more.topic != saying.topic:
            break
        if sum(map(len, texts)) + len(named(more)) > MERGED_MOST:
            break
        texts.append(named(more))
        others.append(other)
        last = more
    if not others:
        return saying
    merged = Reply("\n\n".join([heading, *texts]), last.buttons, topic=saying.topic)
    outbox.merge(tx, parcel, parcels.packed(merged), others)
    parcels.bind(tx, merged, parcel.id)
    taken |= {other.id for other in others}
    return merged


def _in_one(tx: Transaction, parcel: Parcel, saying: Reply, now: datetime, taken: set[int]) -> Reply:
    """What waits behind it in the chat and may be merged, said with it; nothing behind a text that a press replaces."""
    texts, others, last, rows = [saying.text], [], saying, list(saying.buttons)
    for other in outbox.behind(tx, parcel, now):
        more = parcels.unpacked(other.body)
        if not isinstance(more, Reply) or not more.merges or more.topic != saying.topic:
            break
        if _has_more(more) or not _stays(last):
            break
        if sum(map(len, texts)) + len(more.text) > MERGED_MOST:
            break
        texts.append(more.text)
        others.append(other)
        rows += more.buttons
        last = more
    if not others:
        return saying
    merged = Reply("\n\n".join(texts), together(rows), topic=saying.topic, merges=True)
    outbox.merge(tx, parcel, parcels.packed(merged), others)
    parcels.bind(tx, merged, parcel.id)
    taken |= {other.id for other in others}
    return merged


def _stays(reply: Reply) -> bool:
    """Whether no button of it puts another text in its place: commands are answered by messages of their own."""
    return all(button.is_command for row in reply.buttons for button in row)


def together(rows: Sequence[tuple[Button, ...]]) -> Rows:
    """The buttons of several messages under one: of those of one name the first; of different commands none.

    Of two communes' charts nobody could tell which a label means.
    """
    commands = Counter(label for label, _ in {(one.label, one.data) for row in rows for one in row if one.is_command})
    known: set[str] = set()
    found = []
    for row in rows:
        fresh = tuple(button for button in row if button.label not in known and commands[button.label] < 2)
        known |= {button.label for button in fresh}
        found += [fresh] if fresh else []
    return tuple(found)


def _has_more(reply: Reply) -> bool:
    """Whether a picture or a file goes with it, or its words are still to come."""
    of_it = (reply.picture, reply.drawing, reply.document, reply.seeks)
    return any(one is not None for one in of_it)


def _with_request(tx: Transaction, parcel: Parcel, saying: Reply, now: datetime, taken: set[int]) -> Reply:
    """The answer with the words of a deletion right behind it, which no bot can carry out there: one message."""
    for other in outbox.behind(tx, parcel, now)[:1]:
        more = parcels.unpacked(other.body)
        if isinstance(more, Deletion):
            saying = replace(saying, text=f"{saying.text}\n{more.text}")
            outbox.merge(tx, parcel, parcels.packed(saying), [other])
            taken.add(other.id)
    return saying
