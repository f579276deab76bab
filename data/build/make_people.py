"""Write data/people.csv: eighteen people at Tally, the same bytes each time.

    python data/build/make_people.py [FILE]

All of it is made up. The eleven people whom lesson 09 names are written by hand, and were before
its model was run; the skills of the other seven are drawn round their department's with a seed.
Skills go from 0, not a word of it, to 1, speaks it as well as anybody at Tally. The first rows
are the first people hired; desks are places on one floor, in metres. The desks of the TPM and
the mobile engineer were moved afterwards, to keep every route off the names in the picture.
"""

import csv
import random
import sys
from pathlib import Path

SEED = 10
SKILLS = ("software", "operation", "payments", "customers", "money")
SPREAD = 0.1  # of a skill, up or down; assumed
DEPARTMENTS = {
    "engineering": (0.8, 0.5, 0.45, 0.2, 0.1),
    "product": (0.35, 0.2, 0.6, 0.7, 0.3),
    "sales": (0.1, 0.1, 0.5, 0.9, 0.45),
    "support": (0.25, 0.35, 0.65, 0.85, 0.15),
    "leadership": (0.1, 0.1, 0.6, 0.4, 0.85),
}
ROWS = [
    ("founder", "Founder", "leadership", (0.3, 0.2, 0.8, 0.7, 0.7), 33.5, 11),
    ("backend_engineer", "Back-end engineer", "engineering", (0.95, 0.7, 0.5, 0.1, 0.05), 4, 16),
    ("pm", "PM", "product", (0.3, 0.2, 0.7, 0.8, 0.5), 25, 13),
    ("frontend_engineer", "Front-end engineer", "engineering", (0.8, 0.3, 0.4, 0.35, 0.05), 11, 17),
    ("head_of_sales", "Head of sales", "sales", (0.1, 0.1, 0.5, 0.95, 0.5), 38, 16),
    ("engineering_manager", "EM", "engineering", (0.8, 0.7, 0.5, 0.3, 0.25), 5, 10),
    (
        "reliability_engineer",
        "Reliability engineer",
        "engineering",
        (0.7, 0.95, 0.4, 0.1, 0.1),
        5,
        5.5,
    ),
    ("support_lead", "Support lead", "support", (0.25, 0.35, 0.7, 0.85, 0.1), 27, 4),
    ("finance_director", "Finance director", "leadership", (0.05, 0.1, 0.5, 0.25, 0.95), 38, 4),
    ("tpm", "TPM", "product", (0.7, 0.6, 0.7, 0.5, 0.35), 20, 7),
    ("data_engineer", "Data engineer", "engineering", (0.75, 0.5, 0.6, 0.2, 0.2), 11.5, 3),
    ("designer", "Designer", "product", None, 23.5, 17.5),
    ("tester", "Tester", "engineering", None, 18, 15.5),
    ("support_agent", "Support agent", "support", None, 21, 3),
    ("account_manager", "Account manager", "sales", None, 32, 17),
    ("mobile_engineer", "Mobile engineer", "engineering", None, 2, 2.5),
    ("marketer", "Marketer", "sales", None, 32.5, 13.5),
    ("accountant", "Accountant", "leadership", None, 38, 9.5),
]
# where a name stands beside its desk, below if not said, so that no route of lesson 09 crosses it
SIDES = {
    "backend_engineer": "above",
    "pm": "above",
    "frontend_engineer": "above",
    "head_of_sales": "above",
    "account_manager": "above",
    "designer": "above",
    "tester": "right",
    "mobile_engineer": "right",
    "engineering_manager": "left",
    "reliability_engineer": "left",
    "support_lead": "below right",
    "support_agent": "below right",
    "data_engineer": "below right",
    "marketer": "below right",
}


def rows() -> list[dict[str, object]]:
    """The table, in the order of hiring."""
    draw, table = random.Random(SEED), []
    for ident, name, department, own, across, up in ROWS:
        skills = own or [
            round(20 * min(1, max(0, mean + draw.uniform(-SPREAD, SPREAD)))) / 20
            for mean in DEPARTMENTS[department]
        ]
        row: dict[str, object] = {"person_id": ident, "name": name, "department": department}
        row |= dict(zip(SKILLS, skills, strict=True)) | {"desk_x": across, "desk_y": up}
        row["side"] = SIDES.get(ident, "below")
        table.append(row)
    return table


def main(path: Path) -> None:
    table = rows()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, table[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


if __name__ == "__main__":
    default = Path(__file__).parents[1] / "people.csv"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
