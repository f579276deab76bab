"""The generic part: a course on another subject could stand on it unchanged."""

import logging
import sys

# before matplotlib is imported, which in the browser says at once, in red, that it lists its fonts
if sys.platform == "emscripten":
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
