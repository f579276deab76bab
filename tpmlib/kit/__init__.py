"""The generic part: a course on another subject could stand on it unchanged."""

import logging
import sys

if (
    sys.platform == "emscripten"
):  # before matplotlib, which would say in red that it lists its fonts
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
