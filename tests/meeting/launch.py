"""The command line in a process of its own, over scripted seats: ``python -m tests.meeting.launch run case.json``."""

from panel import meeting, privacy

privacy.enforce()

from panel import wiring  # noqa: E402
from panel.cli import main  # noqa: E402

from . import fakes  # noqa: E402

wiring.default_parts = fakes.parts
meeting.provide(fakes.parts)

if __name__ == "__main__":
    main()
