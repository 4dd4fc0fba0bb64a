"""The time one address may take, its turns and pauses not counted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tasks.fetch.failures import OutageError


class Budget:
    """Seconds to be spent on one address, redirects and further attempts included."""

    def __init__(self, seconds: float) -> None:
        """Start with all `seconds` left."""
        self._seconds = seconds
        self._left = seconds

    @asynccontextmanager
    async def spend(self) -> AsyncIterator[None]:
        """Run for as long as seconds are left; raises OutageError where they end."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        limit = asyncio.timeout(self._left)
        try:
            async with limit:
                yield
        except TimeoutError:
            if not limit.expired():
                raise
            raise OutageError(f"not done within {self._seconds:g} s", attempts=1) from None
        finally:
            self._left -= loop.time() - start
