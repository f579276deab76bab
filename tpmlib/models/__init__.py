"""The formulas of the course: keyword arguments in, tidy frame out, numpy and pandas only."""

from tpmlib.models.advert import read_advert
from tpmlib.models.allocation import allocation
from tpmlib.models.architecture import architecture
from tpmlib.models.brier import brier
from tpmlib.models.calibration import calibration
from tpmlib.models.classifier import classifier
from tpmlib.models.containment import containment, listed
from tpmlib.models.controls import controls
from tpmlib.models.drift import drift
from tpmlib.models.estimates import estimates
from tpmlib.models.interruption import interruption
from tpmlib.models.messages import messages
from tpmlib.models.org_growth import org_growth
from tpmlib.models.org_spread import org_spread
from tpmlib.models.overlap import most_named, overlap
from tpmlib.models.priorities import delay_costs, priorities
from tpmlib.models.profile import profile
from tpmlib.models.role_profile import role_profile
from tpmlib.models.staffing_map import staffing_map
from tpmlib.models.staffing_sensitivity import staffing_sensitivity

__all__ = [
    "allocation",
    "architecture",
    "brier",
    "calibration",
    "classifier",
    "containment",
    "delay_costs",
    "controls",
    "drift",
    "estimates",
    "interruption",
    "listed",
    "messages",
    "most_named",
    "overlap",
    "priorities",
    "profile",
    "org_growth",
    "org_spread",
    "read_advert",
    "role_profile",
    "staffing_map",
    "staffing_sensitivity",
]
