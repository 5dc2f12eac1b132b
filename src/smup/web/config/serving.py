"""What a worker of the server loads: the application, which warms up while it already answers.

What lies ready in the release needs no warming; a page asked for meanwhile waits for its own parts
alone.
"""

import sys
import threading

from smup.web.config.wsgi import application, warm

# A thread that computes gives way after half a millisecond, not after five: the quickest answers
# need the interpreter for less than that and would wait for it ten times longer.
sys.setswitchinterval(0.0005)
threading.Thread(target=warm, name="warming", daemon=True).start()

__all__ = ["application"]
