"""Everything that is kept about one person, as plain values: for whoever asks what the bot knows about them."""

import json
from typing import Any
from zoneinfo import ZoneInfo

from storage.campaign import checks
from storage.campaign.people import Person
from storage.engine.times import day_of, moment
from storage.engine.transaction import Row, Transaction

Facts = dict[str, Any]


def everything(tx: Transaction, person: Person, zone: ZoneInfo) -> Facts:
    """All of it; moments as ISO 8601 in the campaign's time zone. The join code is a secret, and is not shown."""
    id = person.id
    return {
        "person": {"id": person.ref, "name": person.name, "role": person.role.value, "address": person.address}
        | _standing(tx, id, zone),
        "teams": [
            {"phase": row["phase"], "commune": row["commune"]}
            for row in tx.all(
                """SELECT f.name AS phase, c.name AS commune FROM members m JOIN teams t ON t.id = m.team
                   JOIN phases f ON f.id = t.phase JOIN communes c ON c.id = t.commune
                   WHERE m.person = :id ORDER BY f.first_day""",
                id=id,
            )
        ],
        "scope": [
            row["name"]
            for row in tx.all(
                "SELECT c.name FROM scopes s JOIN communes c ON c.id = s.commune WHERE s.person = :id ORDER BY c.code",
                id=id,
            )
        ],
        "accounts": _accounts(tx, id, zone),
        "devices": _devices(tx, id, zone),
        "dashboards": _dashboards(tx, id, zone),
        "addresses": _pulls(tx, id, zone),
        "days_off": [
            day_of(row["day"]).isoformat()
            for row in tx.all("SELECT day FROM days_off WHERE person = :id ORDER BY day", id=id)
        ],
        **_unasked(tx, id, zone),
        "totals": {
            row["outcome"]: row["n"]
            for row in tx.all(
                """SELECT outcome, n FROM sums WHERE scope = 'person' AND id = :id AND day = 0 AND n <> 0
                   ORDER BY outcome""",
                id=id,
            )
        },
        "check": _checks(tx, id, zone),
        "reports": _reports(tx, id, zone),
        "help": _help(tx, id, zone),
        "open_messages": _open(tx, id, zone),
        "posts": _posts(tx, id, zone),
        "waiting": _waiting(tx, id, zone),
        "choices": [
            json.loads(row["choices"])
            for row in tx.all(
                "SELECT choices FROM offers WHERE person = :id AND choices IS NOT NULL ORDER BY id", id=id
            )
        ],
        "failures": _failures(tx, id, zone),
        "on_record": _on_record(tx, id, zone),
    }


def _said(seconds: int | None, zone: ZoneInfo) -> str | None:
    return moment(seconds).astimezone(zone).isoformat(timespec="seconds") if seconds is not None else None


def _unasked(tx: Transaction, id: int, zone: ZoneInfo) -> Facts:
    """What the person wishes to hear by the clock and was told, and what they said to all teams."""
    return {
        "wishes": [
            {"what": row["job"], "at": _clock(row["minute"]), "muted": bool(row["muted"])}
            for row in tx.all("SELECT job, minute, muted FROM wishes WHERE person = :id ORDER BY job", id=id)
        ],
        "told": [
            {"day": day_of(row["day"]).isoformat(), "what": row["what"], "at": _said(row["at"], zone)}
            for row in tx.all("SELECT day, what, at FROM told_unasked WHERE person = :id ORDER BY at, what", id=id)
        ],
        "broadcasts": [
            {"at": _said(row["made_at"], zone), "text": row["text"]}
            for row in tx.all("SELECT made_at, text FROM broadcasts WHERE by = :id ORDER BY id", id=id)
        ],
    }


def _clock(minute: int | None) -> str | None:
    return f"{minute // 60:02}:{minute % 60:02}" if minute is not None else None


def _standing(tx: Transaction, id: int, zone: ZoneInfo) -> Facts:
    row = tx.one("SELECT locked_at, left_at FROM people WHERE id = :id", id=id)
    assert row is not None
    return {"locked": _said(row["locked_at"], zone), "left": _said(row["left_at"], zone)}


def _accounts(tx: Transaction, id: int, zone: ZoneInfo) -> list[Facts]:
    rows = tx.all("SELECT channel, sender, joined_at FROM identities WHERE person = :id ORDER BY joined_at", id=id)
    return [
        {"channel": row["channel"], "account": row["sender"], "joined": _said(row["joined_at"], zone)} for row in rows
    ]


def _dashboards(tx: Transaction, id: int, zone: ZoneInfo) -> list[dict[str, Any]]:
    return [
        {"browser": row["name"], "opened": _said(row["opened_at"], zone), "ended": _said(row["ended_at"], zone)}
        for row in tx.all(
            """SELECT name, opened_at, ended_at FROM dashboards
               WHERE person = :id AND opened_at IS NOT NULL ORDER BY id""",
            id=id,
        )
    ]


def _pulls(tx: Transaction, id: int, zone: ZoneInfo) -> list[Facts]:
    """From which addresses spreadsheets pull what the person sees; of their secrets nothing is kept."""
    rows = tx.all("SELECT made_at, used_at, ended_at FROM pulls WHERE person = :id ORDER BY id", id=id)
    return [
        {
            "made": _said(row["made_at"], zone),
            "used": _said(row["used_at"], zone),
            "ended": _said(row["ended_at"], zone),
        }
        for row in rows
    ]


def _devices(tx: Transaction, id: int, zone: ZoneInfo) -> list[Facts]:
    rows = tx.all(
        """SELECT d.name, d.joined_at, d.seen_at, d.ended_at, e.at AS pushed_since
           FROM devices d LEFT JOIN push_endpoints e ON e.device = d.id WHERE d.person = :id ORDER BY d.id""",
        id=id,
    )
    return [
        {
            "device": row["name"],
            "joined": _said(row["joined_at"], zone),
            "seen": _said(row["seen_at"], zone),
            "ended": _said(row["ended_at"], zone),
            "notified_since": _said(row["pushed_since"], zone),
        }
        for row in rows
    ]


def _reports(tx: Transaction, id: int, zone: ZoneInfo) -> list[Facts]:
    """Each report with its versions, the homes it names and the visits it promises."""
    rows = tx.all("SELECT id, day, at FROM reports WHERE person = :id ORDER BY at, id", id=id)
    return [
        {
            "day": day_of(row["day"]).isoformat(),
            "at": _said(row["at"], zone),
            "versions": _versions(tx, row["id"], zone),
            "homes": [
                one["said"]
                for one in tx.all(
                    "SELECT coalesce(said, label) AS said FROM homes WHERE report = :id ORDER BY number", id=row["id"]
                )
            ],
            "visits": [
                {
                    "home": one["home"],
                    "at": _said(one["at"], zone),
                    "taken_back": _said(one["dropped_at"], zone),
                    "called_off": _said(one["called_off_at"], zone),
                    "done": _said(one["done_at"], zone),
                }
                for one in tx.all("SELECT * FROM visits WHERE report = :id ORDER BY at, id", id=row["id"])
            ],
        }
        for row in rows
    ]


def _versions(tx: Transaction, report: int, zone: ZoneInfo) -> list[Facts]:
    counts: dict[int, dict[str, int]] = {}
    for row in tx.all(
        "SELECT number, outcome, sum(n) AS n FROM counts WHERE report = :report GROUP BY number, outcome",
        report=report,
    ):
        counts.setdefault(row["number"], {})[row["outcome"]] = row["n"]
    rows = tx.all(
        """SELECT v.number, v.change, v.at, v.text, p.name FROM versions v JOIN people p ON p.id = v.by
           WHERE v.report = :report ORDER BY v.number""",
        report=report,
    )
    return [
        {
            "at": _said(row["at"], zone),
            "change": row["change"],
            "by": row["name"],
            "text": row["text"],
            "counts": counts.get(row["number"], {}),
        }
        for row in rows
    ]


def _checks(tx: Transaction, id: int, zone: ZoneInfo) -> list[Facts]:
    """Each time that the person took the check: the questions, what they answered, and whether that was right."""
    rows = tx.all("SELECT id, begun_at, ended_at FROM check_runs WHERE person = :id ORDER BY id", id=id)
    return [
        {"begun": _said(row["begun_at"], zone), "ended": _said(row["ended_at"], zone)} | _result(tx, row["id"])
        for row in rows
    ]


def _result(tx: Transaction, run: int) -> Facts:
    known = checks.by_id(tx, run)
    asked = known.asked if known is not None else ()
    return {
        "right": sum(one.right for one in asked),
        "asked": len(asked),
        "questions": [
            {
                "question": one.question.ask,
                "answer": one.question.answers[one.chosen] if one.chosen is not None else None,
                "right": one.right,
            }
            for one in asked
        ],
    }


def _help(tx: Transaction, id: int, zone: ZoneInfo) -> list[Facts]:
    """What the person asked the team for, and went to for others, whose words are not shown."""
    rows = tx.all("SELECT * FROM assistance WHERE person = :id OR helper = :id ORDER BY id", id=id)
    return [
        {
            "day": day_of(row["day"]).isoformat(),
            "part": "asked" if row["person"] == id else "helped",
            "what": row["what"] if row["person"] == id else None,
            "at": _said(row["at"], zone),
            "asked": _said(row["asked_at"], zone),
            "taken": _said(row["taken_at"], zone),
            "done": _said(row["done_at"], zone),
            "called_off": _said(row["called_off_at"], zone),
        }
        for row in rows
    ]


def _open(tx: Transaction, id: int, zone: ZoneInfo) -> list[Facts]:
    rows = tx.all("SELECT at, why, text, settled_at FROM drafts WHERE person = :id ORDER BY at, id", id=id)
    return [
        {
            "at": _said(row["at"], zone),
            "why": row["why"],
            "text": row["text"],
            "settled": _said(row["settled_at"], zone),
        }
        for row in rows
    ]


def _posts(tx: Transaction, id: int, zone: ZoneInfo) -> list[Facts]:
    """What stands in the person's own room of the web chat, and what they wrote in others."""
    rows = tx.all(
        """SELECT p.at, p.text, p.person FROM posts p JOIN rooms r ON r.id = p.room
           WHERE p.person = :id OR r.person = :id ORDER BY p.id""",
        id=id,
    )
    return [
        {"at": _said(row["at"] // 1000, zone), "by": "bot" if row["person"] is None else "person", "text": row["text"]}
        for row in rows
    ]


def _waiting(tx: Transaction, id: int, zone: ZoneInfo) -> list[Facts]:
    """What is still to be said to the person."""
    rows = tx.all(
        """SELECT o.meant_at, o.state, b.body FROM identities i JOIN outbox o ON o.chat = i.chat
           JOIN bodies b ON b.outbox = o.id WHERE i.person = :id ORDER BY o.id""",
        id=id,
    )
    return [{"at": _said(row["meant_at"], zone), "state": row["state"], "body": row["body"]} for row in rows]


def _failures(tx: Transaction, id: int, zone: ZoneInfo) -> list[Facts]:
    """Messages of the person's own chats that could not be handled."""
    rows = tx.all(
        """SELECT f.at, f.error, f.text FROM identities i JOIN chats c ON c.id = i.chat
           JOIN failures f ON f.key LIKE c.channel || ' ' || c.address || ' %' WHERE i.person = :id ORDER BY f.id""",
        id=id,
    )
    return [{"at": _said(row["at"], zone), "error": row["error"], "text": row["text"]} for row in rows]


def _on_record(tx: Transaction, id: int, zone: ZoneInfo) -> list[Facts]:
    """What is on record that the person did, or that was done to their code, accounts and data."""
    rows: list[Row] = tx.all(
        """SELECT at, what, before, after, detail FROM audits
           WHERE by = :id OR (subject = :id AND (what LIKE 'person %' OR what LIKE 'code %' OR what LIKE 'account %'
               OR what LIKE 'device %' OR what = 'day off')) ORDER BY id""",
        id=id,
    )
    return [
        {
            "at": _said(row["at"], zone),
            "what": row["what"],
            "before": row["before"],
            "after": row["after"],
            "detail": row["detail"],
        }
        for row in rows
    ]
