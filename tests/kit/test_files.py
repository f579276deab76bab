"""A file that another program spoilt is named by its cause, in one line."""

import pytest

from tpmlib.errors import CourseError
from tpmlib.kit.content import files

MERGE = "<<<<<<< HEAD\na,b\n=======\na,c\n>>>>>>> other\n"
SPOILT = [
    ("x.csv", b"a;b;c\n1;2;3\n", ":1: separated by semicolons; commas (Excel: CSV UTF-8)"),
    ("x.csv", b"sep=;\na;b\n", ":1: separated by semicolons; commas (Excel: CSV UTF-8)"),
    ("x.csv", b'"a"\t"b"\n1\t2\n', ":1: separated by tabs; commas (Excel: CSV UTF-8)"),
    ("x.csv", "a,b\n".encode("utf-16"), ":1: UTF-16; save as UTF-8, in Excel as CSV UTF-8"),
    ("x.yml", "a: b\n".encode("utf-16-be"), ":1: a binary file; a text in UTF-8"),
    ("x.csv", "a,ü\n".encode("cp1252"), ":1: byte 0xfc is not UTF-8; save as UTF-8 ('ü' in"),
    ("x.csv", b"\xef\xbb\xbfa,b\n", ":1: a byte order mark; UTF-8 without one, which an editor"),
    ("x.csv", b"PK\x03\x04 etc", ":1: a workbook or another zip; a text, from Excel as CSV"),
    ("x.csv", f"a,b\n{MERGE}".encode(), ":2: an unfinished merge (<<<<<<<); one version, saved"),
    ("x.yml", MERGE.replace("\n", "\r\n").encode(), ":1: an unfinished merge (<<<<<<<); one"),
    ("x.md", MERGE.encode(), ":1: an unfinished merge (<<<<<<<); one version, saved"),
]


@pytest.mark.parametrize("name, written, line", SPOILT)
def test_the_cause_is_named(tmp_path, name, written, line):
    (tmp_path / name).write_bytes(written)
    with pytest.raises(CourseError) as refused:
        files.text_of(tmp_path / name)
    assert str(refused.value).startswith(f"{(tmp_path / name).as_posix()}{line}")


SOUND = ["a,b;c\n1,2\n", "a\n1;2\n", "<<<<<<< of old\n", "a\r\n1\r\n", '"a","b"\n1,2\n']


@pytest.mark.parametrize("written", SOUND)
def test_a_sound_file_is_not_suspected(tmp_path, written):
    (tmp_path / "x.csv").write_bytes(written.encode())
    assert files.text_of(tmp_path / "x.csv") == written


def test_the_folder_of_a_course_is_found_anew_elsewhere(data, tmp_path, monkeypatch):
    assert files.root() == data.parent
    monkeypatch.delenv("TPM_COURSE")
    monkeypatch.chdir(data)
    assert files.root() == data.parent
