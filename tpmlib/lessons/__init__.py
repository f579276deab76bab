"""One folder a lesson; each says in its `__init__` what it gives. A new one is named here."""

from tpmlib.lessons import (
    adverts,
    allocation,
    architecture,
    company,
    estimates,
    look_back,
    messages,
    org_size,
    overlap,
    priorities,
    staffing,
)

LESSONS = tuple(
    folder.LESSON
    for folder in (
        adverts,
        allocation,
        architecture,
        company,
        estimates,
        look_back,
        messages,
        org_size,
        overlap,
        priorities,
        staffing,
    )
)
