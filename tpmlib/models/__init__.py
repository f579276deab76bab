"""The formulas of the course: keyword arguments in, tidy frame out, numpy and pandas only."""

from tpmlib.models.advert import read_advert
from tpmlib.models.classifier import classifier
from tpmlib.models.role_profile import role_profile

__all__ = ["classifier", "read_advert", "role_profile"]
