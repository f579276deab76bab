"""How good a guess was: Brier score and interval score, formula and picture."""

from tpmlib.kit.registry import Part

SCORES = Part(
    __name__,
    formulas={"brier": "brier.brier", "calibration": "calibration.calibration"},
)
