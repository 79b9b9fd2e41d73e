"""The emulator as a process of its own: `python -m tests.emulators.telegram --port 8081`, driven by /control/."""

import argparse
import asyncio
import signal
import sys

from .emulator import TEST_TOKEN, Emulator


async def serve(port: int, token: str, privacy: bool) -> None:
    emulator = Emulator(port=port, token=token, privacy=privacy)
    emulator.api.keep_uploads = False
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with emulator:
        sys.stdout.write(f"{emulator.url} {emulator.token}\n")
        sys.stdout.flush()
        await stopped.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TEST_TOKEN)
    parser.add_argument("--privacy", action=argparse.BooleanOptionalAction, default=True)
    asked = parser.parse_args()
    asyncio.run(serve(asked.port, asked.token, asked.privacy))


if __name__ == "__main__":
    main()
