"""`judge`: how a call to Zalo ended, in the few outcomes that the house knows."""

from bot.channels.http import Unreached
from bot.channels.outcomes import Denied, Gone, Later, Outcome, Refused, Sent, Unknown
from bot.channels.zalo.client import ELSEWHERE, OK, UNEXPLAINED, Answer

BAD_REQUEST = 400
NONE_SET = 404  # of getWebhookInfo
TOKEN_REFUSED = (401,)
SET_TOO_OFTEN = (426, 429)  # setWebhook and deleteWebhook, on this day
TOO_MANY = 429  # the month's allowance, or too fast: Zalo does not say which, nor for how long
IDLE = 408
_WAITS = (5.0, 30.0, 120.0, 600.0)  # seconds after a 429, the longer the more often it comes


def judge(answer: Answer | Exception, refused_before: int = 0) -> Outcome:
    """The outcome of a send. `refused_before`: how many were answered with 429 one after the other."""
    match answer:
        case Answer(code=200, result=result):
            id = result.get("message_id") if isinstance(result, dict) else None
            return Sent(str(id) if id is not None else None)
        case Answer(code=code, description=description) if code == UNEXPLAINED:
            return Unknown(f"refused without a code {description}".strip())
        case Answer(code=401):
            return Denied("the token is refused")
        case Answer(code=403):
            return Gone("forbidden")
        case Answer(code=408):
            return Unknown("timed out")
        case Answer(code=429):
            return Later("429", _WAITS[min(refused_before, len(_WAITS) - 1)])
        case Answer(code=code, description=description) if code < 500:
            return Refused(f"{code} {description}".strip())
        case Answer(code=code) if code == ELSEWHERE:
            return Later("not from Zalo")
        case Answer(code=code):  # also of a gateway that lost the answer to what was done behind it
            return Unknown(f"server error {code}")
        case Unreached():
            return Later(str(answer))
    return Unknown(str(answer) or type(answer).__name__)


def worked(answer: Answer) -> bool:
    """Whether the call did what it should."""
    return answer.code == OK
