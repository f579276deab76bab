"""Count any folder of adverts with the course's term lists, so that you can repeat the study.

    python data/build/count_adverts.py FOLDER [--out FILE]

FOLDER holds the adverts as *.txt files in UTF-8 and a table index.csv, one line an advert:

    file,role,company,year,full_text
    northgate-tpm.txt,tpm,Northgate Tools,2024,1

role is the one in the advert's own title: tpm, pm, tpgm or other. full_text is 1 if the whole text
is there and 0 for an excerpt. company and year may be empty. The result has the columns of
data/adverts.csv and no text of any advert; without --out it is printed.
"""

import argparse
import csv
import io
import re
import sys
from pathlib import Path

import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content
from tpmlib.kit.content.files import text_of
from tpmlib.lessons.adverts.advert import count_words, find_terms

INDEX = ("file", "role", "company", "year", "full_text")
ROLES = ("tpm", "pm", "tpgm", "other")
# of a folder of your own: it stands beside our studies, and grades are not read
OWN = {
    "batch": "class",
    "grade": "none",
    "domain": 0,
    "repeated": 0,
    "source_kind": "company site",
}
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*\.txt")  # what adverts.csv takes as an advert_id


def count(folder: Path) -> pd.DataFrame:
    """One row per advert of the folder, with the columns of the table adverts."""
    responsibilities = content.table("responsibilities")
    rows = [counted(folder / line["file"], line, responsibilities) for line in index_of(folder)]
    return pd.DataFrame(rows, columns=list(content.table("adverts").columns))


def counted(path: Path, line: dict[str, str], responsibilities: pd.DataFrame) -> dict[str, object]:
    """The row of one advert: what the index says, its length, and 1 for each duty it mentions."""
    text = text_of(path)
    found = set(find_terms(text, responsibilities)["responsibility_id"])
    said = {name: line[name] for name in INDEX[1:]} | OWN
    ids = responsibilities.loc[responsibilities["source"] == "counted", "responsibility_id"]
    hits = {name: int(name in found) for name in ids}
    return {"advert_id": path.stem, **said, "words": count_words(text), **hits}


def index_of(folder: Path) -> list[dict[str, str]]:
    """The lines of index.csv, each checked; every text of the folder is on one of them."""
    path = folder / "index.csv"
    if not path.is_file():
        raise CourseError(f"{path}: missing; a table with the columns {', '.join(INDEX)}")
    reader = csv.DictReader(io.StringIO(text_of(path), newline=""), strict=True)
    lines: dict[str, dict[str, str]] = {}
    try:
        check_head(path, list(reader.fieldnames or []))
        for line in reader:
            check(path, reader.line_num, line, lines)
            lines[line["file"]] = line
    except csv.Error as error:
        # the reader counts only the lines it could read
        raise CourseError(f"{path}:{reader.line_num + 1}: {error}; quotes in pairs") from error
    for text in sorted(folder.glob("*.txt")):
        if text.name not in lines:
            raise CourseError(f"{path}: {text.name!r} of the folder is not listed; one line each")
    if not lines:
        raise CourseError(f"{path}:1: no advert; at least one line below the head")
    return list(lines.values())


def check_head(path: Path, names: list[str]) -> None:
    for name in names:
        if name not in INDEX:
            raise CourseError(f"{path}:1: column {nearest(name, INDEX)}")
    if sorted(names) != sorted(INDEX):
        raise CourseError(f"{path}:1: {', '.join(names)}; each of {', '.join(INDEX)} once")


def check(path: Path, number: int, line: dict[str, str], known: dict[str, dict[str, str]]) -> None:
    """Refuse the first wrong cell of a line, by its place, what was found and what is allowed."""
    where = f"{path}:{number}"
    if None in line or None in line.values():
        raise CourseError(f"{where}: another number of fields than line 1; {len(INDEX)}")
    name = line["file"]
    if not NAME.fullmatch(name):
        raise CourseError(f"{where} file: {name!r}; letters, digits and hyphens, then .txt")
    if name in known:
        raise CourseError(f"{where} file: {name!r} is already listed; once only")
    if not (path.parent / name).is_file():
        raise CourseError(f"{where} file: {name!r} is not in the folder; a file beside index.csv")
    if line["role"] not in ROLES:
        raise CourseError(f"{where} role: {nearest(line['role'], ROLES)}")
    if not re.fullmatch(r"(20\d\d)?", line["year"], re.ASCII):
        raise CourseError(f"{where} year: {line['year']!r}; 2000 to 2099, or nothing")
    if line["full_text"] not in ("0", "1"):
        raise CourseError(f"{where} full_text: {line['full_text']!r}; 1 for the whole text, else 0")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the table here")
    arguments = parser.parse_args()
    try:
        table = count(arguments.folder).to_csv(index=False, lineterminator="\n")
        if arguments.out is None:
            sys.stdout.write(table)
        else:
            arguments.out.parent.mkdir(parents=True, exist_ok=True)
            arguments.out.write_text(table, encoding="utf-8", newline="\n")
            number = table.count("\n") - 1
            print(f"{number} adverts counted; {arguments.out}: written", file=sys.stderr)
    except CourseError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"{arguments.out}: {error.strerror}; a file that can be written")


if __name__ == "__main__":
    main()
