"""The pictures of the course: figure and frame in, an update(frame) out, matplotlib only."""

import logging
import sys

if sys.platform == "emscripten":  # where matplotlib says at once, in red, that it lists its fonts
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
