"""Write data/initiatives.csv: sixteen things that Tally could build next, the same bytes each time.

    python data/build/make_initiatives.py [FILE]

All of it is made up and written here by hand, but for the ends of the effort, which are drawn round
the likely effort with a seed. The scores are chosen so that methods disagree: what many small shops
ask for (export, phone, price) has reach and little cost of delay, what few large customers ask for
(sign-in, audit trail, limits of the API) has the reverse, and two rows are large and technical.
"""

import csv
import random
import sys
from pathlib import Path

SEED = 4
LOW, HIGH = (0.5, 0.8), (1.5, 3.0)  # of the likely effort; assumed: more can go wrong than right
COLUMNS = (
    *("name", "theme", "reach", "impact", "confidence", "effort_likely"),
    *("delay_cost", "business_value", "time_criticality", "risk_reduction"),
    *("importance", "satisfaction", "trust", "growth", "ease"),
)
ROWS = [
    ("Match refunds with payments", "wrong_match", 900, 1, 0.8, 32, 12, 8, 5, 5, 9.1, 4.6, 5, 1, 3),
    ("Make the dashboard fast", "slow_dashboard", 1600, 0.5, 0.8, 24, 6, 5, 2, 2)
    + (7.8, 5.2, 2, 1, 4),
    ("Export to accounting programs", "export", 1400, 1, 1, 20, 7, 5, 3, 1, 8.2, 3.9, 1, 2, 5),
    ("Raise the limits of the API", "api_limits", 45, 3, 0.8, 16, 11, 8, 8, 3, 8.4, 4.4, 3, 5, 1),
    ("Sign in through the company", "sign_in", 60, 2, 0.8, 20, 10, 8, 8, 8, 6.4, 3.0, 4, 4, 2),
    ("Keep an audit trail", "audit_trail", 90, 2, 0.8, 28, 11, 8, 13, 8, 6.9, 3.1, 5, 3, 1),
    ("Connect three more banks", "missing_bank", 700, 1, 0.5, 48, 9, 8, 3, 1, 7.4, 5.0, 1, 4, 3),
    ("A cheaper plan for tiny shops", "price", 1800, 0.25, 0.5, 8, 2, 2, 1, 1, 6.0, 4.0, 1, 3, 2),
    ("Set up in ten minutes", "setting_up", 500, 2, 0.5, 24, 6, 5, 2, 1, 6.8, 5.6, 1, 4, 5),
    ("An app for the phone", "phone", 1500, 1, 0.5, 64, 7, 5, 2, 1, 7.1, 4.1, 1, 3, 5),
    ("Show when payouts arrive", "payouts", 1100, 1, 0.8, 28, 8, 5, 5, 2, 8.0, 4.2, 3, 2, 4),
    ("Answer requests within a day", "help", 1200, 0.5, 1, 16, 3, 3, 2, 2, 7.0, 6.1, 3, 1, 3),
    ("Roles for staff", "roles", 260, 1, 0.8, 20, 5, 5, 3, 5, 6.6, 4.3, 4, 2, 3),
    ("Versions of the API", "api_changes", 40, 2, 0.8, 20, 7, 5, 5, 8, 7.7, 4.5, 4, 3, 1),
    ("Move the ledger to a new store", "", 2000, 0.25, 0.5, 56, 8, 2, 8, 13, 3.0, 5.5, 5, 1, 1),
    ("Tally in a partner's colours", "own_colours", 8, 1, 0.5, 24, 2, 3, 1, 1, 2.9, 2.2, 0, 3, 1),
]  # fmt: skip


def even(weeks: float) -> int:
    """Rounded to two weeks, and never nothing."""
    return max(2, 2 * round(weeks / 2))


def rows() -> list[dict[str, object]]:
    """The table, in the order of the initiatives."""
    draw, table = random.Random(SEED), []
    for number, values in enumerate(ROWS, 1):
        row: dict[str, object] = {"initiative_id": f"i{number:02}"}
        for name, value in zip(COLUMNS, values, strict=True):
            if name != "effort_likely":
                row[name] = value
                continue
            likely = int(str(value))
            row["effort_low"] = even(likely * draw.uniform(*LOW))
            row["effort_likely"] = likely
            row["effort_high"] = even(likely * draw.uniform(*HIGH))
        table.append(row)
    return table


def main(path: Path) -> None:
    table = rows()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, table[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


if __name__ == "__main__":
    default = Path(__file__).parents[1] / "initiatives.csv"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
