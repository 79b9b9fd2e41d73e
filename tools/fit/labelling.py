"""Tags for all messages: by rules of thumb first, then by what the model itself finds likeliest and right."""

from handlers.language.fitted import tags
from handlers.language.fitted.features import features_of, scores_of
from handlers.language.fitted.model import columns_of
from handlers.language.fitted.paths import Paths
from handlers.language.fitted.weights import Feature, Weights
from tools.fit.fitting import fit_words
from tools.fit.projecting import Message, first_guess

_LOOSE = frozenset({"#time", "#date", "#household", "#hamlet", "#day", "#sum", tags.GOES_ON})  # tags may refine these
_ROUNDS = (25, 35)
_WAYS = 30  # of tagging a message that are tried

Features = list[list[list[Feature]]]
Labels = list[list[str] | None]


def features_of_all(messages: list[Message]) -> Features:
    """The features of each message's words."""
    return [features_of(message.seen) if message.tokens else [] for message in messages]


def labelled(messages: list[Message], features: Features) -> Labels:
    """The tags of each message; None for the few that nothing in the composer can make."""
    first = [first_guess(message) if message.tokens else None for message in messages]
    labels = first
    for rounds in _ROUNDS:
        weights = fit_words(zip(features, labels, strict=True), rounds)
        labels = [
            _again(weights, message, guess, before)
            for message, guess, before in zip(messages, first, labels, strict=True)
        ]
    return labels


def _again(weights: Weights, message: Message, guess: list[str] | None, before: list[str] | None) -> list[str] | None:
    """The likeliest tags that make the wanted reading; of what is no report, the likeliest."""
    if not message.tokens:
        return None
    known = frozenset(weights.labels)
    fixed = {i: tag for i, tag in (message.fixed or {}).items() if tag not in _LOOSE and tag in known}
    paths = list(
        Paths(weights, columns_of(weights, message.tokens, scores_of(weights, message.seen), fixed)).likeliest(_WAYS)
    )
    kind = message.row.want[0]
    if kind == "unclear" and guess is not None:
        return paths[0][1]
    best = next((path for _, path in paths if message.composes(path)), None)
    if kind in ("chat", "undo") and guess is not None:
        return guess if best is None else [tags.OTHER if tag[0] in "=+" else tag for tag in best]
    return before if best is None else best
