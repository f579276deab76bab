"""How good a guess was: Brier score and intervals that hold, formula and picture."""

from tpmlib.kit.registry import Part

SCORES = Part(__name__, formulas={"brier": "brier.brier", "calibration": "calibration.calibration"})
