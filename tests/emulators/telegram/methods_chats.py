"""The Bot API's methods on the bot itself, its commands and its chats, and the list of all methods."""

import json
import re

from tests.emulators.common.parameters import JSON, ApiError, Params, bad_request

from . import methods
from .methods import Method, find_chat
from .world import Chat, World, member

MOST_COMMANDS = 100  # a scope


def get_me(world: World, _: Params) -> JSON:
    return world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(world: World, params: Params) -> bool:
    commands = params.structure("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_scope(params)] = commands
    return True


def delete_my_commands(world: World, params: Params) -> bool:
    world.commands.pop(_scope(params), None)
    return True


def get_my_commands(world: World, params: Params) -> list[JSON]:
    return world.commands.get(_scope(params), [])


def _scope(params: Params) -> tuple[str, str]:
    scope = params.structure("scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), params.text("language_code")


def get_chat(world: World, params: Params) -> JSON:
    chat = _known(world, params)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return chat.as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def get_chat_member(world: World, params: Params) -> JSON:
    chat, wanted = _known(world, params), params.integer("user_id")
    if wanted == world.bot["id"]:
        return member(world.bot, "left" if chat.bot == "stranger" else chat.bot)
    if wanted in chat.members:
        return member(chat.members[wanted], _status(chat, wanted))
    person = world.chats.get(wanted)
    if person is None or wanted not in person.members:
        raise bad_request("PARTICIPANT_ID_INVALID" if chat.kind == "supergroup" else "user not found")
    return member(person.members[wanted], "left")


def get_chat_administrators(world: World, params: Params) -> list[JSON]:
    chat = _known(world, params)
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    people = [member(user, "creator") for user_id, user in chat.members.items() if user_id == chat.owner]
    return people + ([member(world.bot, "administrator")] if chat.bot == "administrator" else [])


def get_chat_member_count(world: World, params: Params) -> int:
    chat = _known(world, params)
    return len(chat.members) + 1


def _status(chat: Chat, user_id: int) -> str:
    return "creator" if user_id == chat.owner else "member"


def _known(world: World, params: Params) -> Chat:
    """The chat that is addressed, if the bot has ever met it and is not thrown out of it."""
    chat = find_chat(world, params)
    if chat.bot == "stranger":
        raise bad_request("chat not found")
    if chat.kind != "private" and chat.bot == "kicked":
        raise ApiError(403, f"Forbidden: bot was kicked from the {chat.kind} chat")
    return chat


def leave_chat(world: World, params: Params) -> bool:
    chat = methods.open_chat(world, params)
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    world.tell_standing(chat, world.bot, "left")
    return True


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getMyCommands": get_my_commands,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatMemberCount": get_chat_member_count,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
    "sendMessage": methods.send_message,
    "sendPhoto": methods.send_photo,
    "sendDocument": methods.send_document,
    "sendChatAction": methods.send_chat_action,
    "editMessageText": methods.edit_message_text,
    "editMessageCaption": methods.edit_message_caption,
    "editMessageReplyMarkup": methods.edit_message_reply_markup,
    "deleteMessage": methods.delete_message,
    "setMessageReaction": methods.set_message_reaction,
    "answerCallbackQuery": methods.answer_callback_query,
}
