"""Write data/backlog.csv: twenty tasks of one made-up release of Tally, the same bytes each time.

    python data/build/make_backlog.py [FILE]

Names, order and which task has a clear specification are written here by hand. The likely days are
too; the low and high days are drawn round them with a seed, since real estimates differ in width.
"""

import csv
import random
import sys
from pathlib import Path

SEED = 8
LOW, HIGH = (0.55, 0.8), (1.5, 2.8)  # of the likely days; assumed: more can go wrong than right
TASKS = [  # task, predecessors, likely days, specified
    ("Ask five shops what a payout is to them", "", 3, 1),
    ("Agree payout states with the banks", "", 4, 0),
    ("Draw the payout screens", "t01", 4, 1),
    ("Write the interface for payouts", "t02", 4, 1),
    ("Look for threats to payout data", "t04", 2, 1),
    ("Change the ledger's tables", "t04", 5, 1),
    ("Bring old payouts over", "t06", 4, 0),
    ("Connect the first bank", "t04", 6, 1),
    ("Connect the second bank", "t04", 6, 0),
    ("Match payouts with payments", "t06", 6, 0),
    ("Serve payouts to the dashboard", "t06 t08", 5, 1),
    ("Build the list of payouts", "t03 t11", 4, 1),
    ("Build the detail and the export", "t12", 4, 0),
    ("Warn of payouts that fail", "t09 t11", 4, 0),
    ("Set who may see payouts", "t05 t11", 3, 1),
    ("Test under the load of a Monday", "t10 t11", 4, 0),
    ("Change the invoices", "t02", 5, 0),
    ("Write the help pages", "t13", 2, 1),
    ("Try it with three shops", "t07 t13 t14 t15 t16", 5, 1),
    ("Release and watch", "t17 t18 t19", 2, 1),
]


def half(days: float) -> float:
    """Rounded to half a day, and never nothing."""
    return max(0.5, round(2 * days) / 2)


def rows() -> list[dict[str, object]]:
    """The table, in the order of the tasks."""
    draw, table = random.Random(SEED), []
    for number, (task, before, likely, specified) in enumerate(TASKS, 1):
        low, high = half(likely * draw.uniform(*LOW)), half(likely * draw.uniform(*HIGH))
        days = {"low": low, "likely": float(likely), "high": high}
        row: dict[str, object] = {"task_id": f"t{number:02}", "task": task, "predecessors": before}
        table.append(row | days | {"specified": specified})
    return table


def main(path: Path) -> None:
    table = rows()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, table[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


if __name__ == "__main__":
    default = Path(__file__).parents[1] / "backlog.csv"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
