"""What a lesson says when an instructor's adverts stand in place of the course's."""

from tpmlib.kit import content


def notice() -> str:
    """That an instructor's file stands in for the adverts, and how many it holds; else empty."""
    if "adverts" not in content.replaced():
        return ""
    roles = content.table("adverts")["role"].value_counts()
    counts = ", ".join(f"{number} {role}" for role, number in roles.items())
    return (
        f"The pictures that you move and the reader of adverts rest on {int(roles.sum())} adverts "
        f"of your own class ({counts}). All else still tells of the course's adverts."
    )
