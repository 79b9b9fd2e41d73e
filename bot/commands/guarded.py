"""How each command ends: an error is one line on stderr that says what to do, and exit code 2."""

import io
import os
import sys
from collections.abc import Callable


def guarded(work: Callable[[], int]) -> None:
    """Runs a command; what goes wrong becomes a line and exit code 2, never a traceback."""
    # Imported here, since each start of the bot pays for what this file imports.
    from bot.commands.errors import BadArgument  # noqa: PLC0415
    from bot.config import ConfigError  # noqa: PLC0415
    from bot.trouble import ChannelRefused  # noqa: PLC0415
    from storage.campaign.plan import CampaignError  # noqa: PLC0415
    from storage.engine.errors import StorageBusy, StorageError, StorageMisuse  # noqa: PLC0415

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # names are Vietnamese, whatever the locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = work()
        sys.stdout.flush()
    except (ConfigError, CampaignError) as error:
        for line in error.lines:
            print(line, file=sys.stderr)  # noqa: T201
        code = 2
    except (StorageMisuse, ChannelRefused, BadArgument) as error:
        print(error, file=sys.stderr)  # noqa: T201
        code = 2
    except StorageBusy:
        locked = "another program holds the database (BACUNG_STORAGE__PATH) locked: close it there, then try again"
        print(locked, file=sys.stderr)  # noqa: T201
        code = 2
    except StorageError as error:
        see = "see BACUNG_STORAGE__PATH and the disk; where it is damaged, 'bacung restore FILE'"
        print(f"the database cannot be used ({error}): {see}", file=sys.stderr)  # noqa: T201
        code = 2
    except BrokenPipeError:  # whoever read our lines has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        print(f"{error.filename or 'file'}: {error.strerror}; check the path and its permissions", file=sys.stderr)  # noqa: T201
        code = 2
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
