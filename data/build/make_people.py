"""Write data/people.csv: eighteen people at Tally, the same bytes each time.

    python data/build/make_people.py [FILE]

All of it is made up. Eleven of them are written by hand, and were before the model of lesson 09 was
run; the skills of the other seven are drawn round their department's with a seed. Skills go from 0,
not a word of it, to 1, speaks it as well as anybody at Tally.
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
    ("founder", "Founder", "leadership", (0.3, 0.2, 0.8, 0.7, 0.7)),
    ("backend_engineer", "Back-end engineer", "engineering", (0.95, 0.7, 0.5, 0.1, 0.05)),
    ("pm", "PM", "product", (0.3, 0.2, 0.7, 0.8, 0.5)),
    ("frontend_engineer", "Front-end engineer", "engineering", (0.8, 0.3, 0.4, 0.35, 0.05)),
    ("head_of_sales", "Head of sales", "sales", (0.1, 0.1, 0.5, 0.95, 0.5)),
    ("engineering_manager", "EM", "engineering", (0.8, 0.7, 0.5, 0.3, 0.25)),
    ("reliability_engineer", "Reliability engineer", "engineering", (0.7, 0.95, 0.4, 0.1, 0.1)),
    ("support_lead", "Support lead", "support", (0.25, 0.35, 0.7, 0.85, 0.1)),
    ("finance_director", "Finance director", "leadership", (0.05, 0.1, 0.5, 0.25, 0.95)),
    ("tpm", "TPM", "product", (0.7, 0.6, 0.7, 0.5, 0.35)),
    ("data_engineer", "Data engineer", "engineering", (0.75, 0.5, 0.6, 0.2, 0.2)),
    ("designer", "Designer", "product", None),
    ("tester", "Tester", "engineering", None),
    ("support_agent", "Support agent", "support", None),
    ("account_manager", "Account manager", "sales", None),
    ("mobile_engineer", "Mobile engineer", "engineering", None),
    ("marketer", "Marketer", "sales", None),
    ("accountant", "Accountant", "leadership", None),
]


def rows() -> list[dict[str, object]]:
    """The table, in an order in which the draws stay what they were."""
    draw, table = random.Random(SEED), []
    for ident, name, department, own in ROWS:
        skills = own or [
            round(20 * min(1, max(0, mean + draw.uniform(-SPREAD, SPREAD)))) / 20
            for mean in DEPARTMENTS[department]
        ]
        row: dict[str, object] = {"person_id": ident, "name": name, "department": department}
        table.append(row | dict(zip(SKILLS, skills, strict=True)))
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
