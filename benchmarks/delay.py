"""A line between two ports that is as long as one across an ocean: each way takes `seconds`.

A fixed delay has no jitter, no loss and no limit of bandwidth.
"""

import asyncio
import sys
import time

Item = tuple[float, bytes]


async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
    """What comes in goes out `seconds` later, without holding up what comes next."""
    queue: asyncio.Queue[Item] = asyncio.Queue()

    async def read() -> None:
        data = b"."
        while data:
            data = await reader.read(65536)
            await queue.put((time.monotonic() + seconds, data))

    reading = asyncio.create_task(read())
    try:
        while True:
            due, data = await queue.get()
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if not data:
                break
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        reading.cancel()
        writer.close()


async def line(listen: int, target: int, seconds: float) -> None:
    async def join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(2 * seconds)  # the handshake
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", target)
        ways = carry(reader, far_writer, seconds), carry(far_reader, writer, seconds)
        await asyncio.gather(*ways, return_exceptions=True)

    server = await asyncio.start_server(join, "127.0.0.1", listen)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(line(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
