"""What holds for all tests."""

import signal

# A shell that runs a job in the background has it ignore Ctrl-C, and so would all that tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)
