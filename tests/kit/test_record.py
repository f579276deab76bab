"""An answer is never lost, whatever happens to files, disks, processes and downloads."""

import errno
import json
import os
import random
import re
import shutil
import subprocess
import sys
import threading
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from time import sleep

import pytest

from tpmlib.errors import CourseError
from tpmlib.kit.events import NAME, SCHEMA, SEQUENCES, Fold
from tpmlib.kit.questions import text_hash
from tpmlib.kit.record import Record, Restored, record

ROOT = Path(__file__).parents[2]
KEYS = "session sequence time lesson item text_hash kind answer right schema".split()
PREPARE = """
import sys, threading, types
from pathlib import Path
sys.modules["tpmlib"] = types.ModuleType("tpmlib")  # without pandas: seconds
sys.modules["tpmlib"].__path__ = ["tpmlib"]
from tpmlib.kit.record import Record
record = Record(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
"""
THREADS = """
def write(item):
    for number in range(100):
        record.add("answer", item, number, lesson="responsibilities")
threads = [threading.Thread(target=write, args=[sys.argv[2] + name]) for name in "ab"]
[thread.start() for thread in threads], [thread.join() for thread in threads]
"""
ENDLESS = """
for number in range(10**6):
    print(record.add("answer", "q1", number, lesson="responsibilities")["answer"], flush=True)
"""


@pytest.fixture
def start():
    """Processes that have all imported the record before the first one goes on."""
    with ExitStack() as stack:

        def start(script, home, *names):
            command = [sys.executable, "-c", PREPARE + script, home]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
            all_of = [stack.enter_context(subprocess.Popen([*command, n], **pipes)) for n in names]
            assert [one.stdout.readline() for one in all_of] == ["ready\n"] * len(all_of)
            [one.stdin.write("go\n") and one.stdin.flush() for one in all_of]
            return all_of

        yield start


def say(to, answer, item="q1", kind="answer"):
    return to.add(kind, item, answer, lesson="responsibilities")


def answers(of):
    return [event["answer"] for event in of.events()]


def line(**changes):
    event = dict.fromkeys(KEYS, "x") | {"session": "ab", "sequence": 1, "schema": SCHEMA}
    event |= {"right": None} | changes
    return json.dumps({key: value for key, value in event.items() if value != "gone"})


def write(home, *lines, name="ab"):
    home.mkdir(exist_ok=True)
    path = home / f"{name}.jsonl"
    path.write_bytes(
        b"\n".join(text if isinstance(text, bytes) else text.encode() for text in lines)
    )
    return path


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def mine(home):
    return Record(home)


def test_an_event_has_the_keys_of_the_contract(mine):
    event = mine.add("answer", "q1", [1], lesson="responsibilities", text="Why?", right=True)
    assert set(event) == set(KEYS)
    assert [event[key] for key in ("lesson", "item", "kind", "right")] == [
        "responsibilities",
        "q1",
        "answer",
        True,
    ]


def test_an_event_comes_back_from_the_files_as_it_was_returned(mine, home):
    assert [say(mine, 1), say(mine, {"a": None})] == Record(home).events() == mine.events()


def test_each_answer_is_one_line_of_the_file_of_its_session(mine, home):
    events = [say(mine, 1), say(mine, "two\nlines")]
    text = (home / f"{mine.session}.jsonl").read_text()
    assert [json.loads(one) for one in text.splitlines()] == events
    assert text == mine.lines()


def test_the_sequence_follows_the_largest_of_any_file(mine, home):
    write(home, line(sequence=7))
    assert say(mine, 1)["sequence"] == 8
    assert say(Record(home), 2)["sequence"] == 9


def test_order_does_not_depend_on_clocks(mine, home):
    write(home, line(answer="first", time="2999-01-01T00:00:00Z"))
    say(mine, "second")
    assert answers(mine) == ["first", "second"]


def test_history_latest_and_items_are_folds(mine):
    for answer, item, kind in [(1, "a", "x"), (2, "b", "x"), (3, "a", "x"), (4, "a", "y")]:
        say(mine, answer, item, kind)
    assert [event["answer"] for event in mine.history("a")] == [1, 3, 4]
    assert [event["answer"] for event in mine.history("a", "x")] == [1, 3]
    assert (mine.latest("a")["answer"], mine.latest("a", "x")["answer"]) == (4, 3)
    assert mine.latest("c") is None
    assert {item: event["answer"] for item, event in mine.items("x").items()} == {"a": 3, "b": 2}


def test_the_hash_is_that_of_questions(mine):
    hashed = text_hash({"text": "Why?"})
    for text, kept in [("Why?", hashed), (hashed, hashed), ("", "")]:
        assert (
            mine.add("answer", "q1", 1, lesson="responsibilities", text=text)["text_hash"] == kept
        )


def test_two_processes_with_two_threads_each_lose_nothing(start, home):
    assert [process.wait(60) for process in start(THREADS, home, "p", "q")] == [0, 0]
    for item in ("pa", "pb", "qa", "qb"):
        assert [event["answer"] for event in Record(home).history(item)] == list(range(100))
    sessions = [event["session"] for event in Record(home).events()]
    assert sum(a != b for a, b in pairwise(sessions)) > 1  # they did write at once


def test_threads_of_one_record_never_share_a_sequence(mine, monkeypatch):
    def write():
        for number in range(10):
            say(mine, number)

    dumps = json.dumps
    monkeypatch.setattr(
        json, "dumps", lambda *a, **k: sleep(0.001) or dumps(*a, **k)
    )  # others' turn
    threads = [threading.Thread(target=write) for _ in range(8)]
    [thread.start() for thread in threads], [thread.join() for thread in threads]
    assert [event["sequence"] for event in mine.events()] == list(range(1, 81))


def test_a_killed_process_keeps_all_that_it_confirmed(start, home):
    (process,) = start(ENDLESS, home, "")
    said = [process.stdout.readline() for _ in range(20)]
    process.kill()
    said += process.stdout.read().splitlines()
    assert answers(Record(home))[: len(said)] == [int(number) for number in said]


def test_a_torn_last_line_never_glues_to_a_new_event(mine, home):
    say(mine, 1)
    path = home / f"{mine.session}.jsonl"
    path.write_text(path.read_text() + '{"session": "')
    say(mine, 2)
    assert answers(Record(home)) == [1, 2]
    assert Record(home).damaged == 1


LATIN = line().encode().replace(b'"x"', b'"\xe9"')


@pytest.mark.parametrize(
    "data",
    [LATIN, b"\xff\xfe\x00", b"{", b"null", b"[]", b"7", b'"x"', b"{}", b"[" * 10**5, b"\0" * 99],
)
def test_garbage_is_counted_and_hides_nothing(home, data):
    path = write(home, line(answer="kept"), data, line(answer="too", sequence=2))
    assert (answers(Record(home)), Record(home).damaged) == (["kept", "too"], 1)
    assert data in path.read_bytes()


@pytest.mark.parametrize("data", [b"", b"\n", b"\n\r\n \n"])
def test_an_empty_file_is_no_damage(home, data):
    write(home, data)
    assert (Record(home).events(), Record(home).damaged) == ([], 0)


def test_a_folder_or_device_in_the_place_of_a_file_stops_nothing(mine, home):
    (home / "ab.jsonl").mkdir(parents=True)
    (home / "cd.jsonl").symlink_to("/dev/zero")
    (home / "ef.jsonl").symlink_to(home / "nowhere")
    say(mine, 1)
    assert (answers(mine), mine.problem, mine.damaged) == ([1], "", 2)


def test_a_home_that_cannot_be_written_is_told_and_tried_again(home):
    home.write_text("a file where the folder should be")
    mine = Record(home)
    say(mine, 1), say(mine, 2)
    assert answers(mine) == [1, 2] and len(mine.lines().splitlines()) == 2
    assert str(home) in mine.problem and "save them" in mine.problem
    home.unlink()
    say(mine, 3)
    assert (mine.problem, answers(Record(home))) == ("", [1, 2, 3])


def test_a_home_with_an_impossible_name_is_told(tmp_path):
    mine = Record(tmp_path / ("x" * 300))
    say(mine, 1)
    assert answers(mine) == [1] and "too long" in mine.problem


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has it")
def test_a_full_device_keeps_answers_in_memory(mine, home):
    home.mkdir()
    (home / f"{mine.session}.jsonl").symlink_to("/dev/full")
    say(mine, 1)
    assert answers(mine) == [1] and "No space left" in mine.problem


def nearly_full(write):
    """An os.write on a disk with room for 10 bytes."""
    room = [10]

    def written(file, data):
        if not room:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(file, data[: room.pop()])

    return written


def test_a_write_refused_half_way_is_written_whole_later(mine, home, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", nearly_full(os.write))
        say(mine, 1)
    assert "No space left" in mine.problem and answers(mine) == [1]
    say(mine, 2)
    assert (mine.problem, answers(Record(home)), mine.damaged) == ("", [1, 2], 1)


def test_a_write_that_takes_less_than_asked_is_continued(mine, home, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:7]))
    say(mine, "x" * 100), say(mine, 2)
    assert (answers(Record(home)), mine.damaged, mine.problem) == (["x" * 100, 2], 0, "")


@pytest.mark.parametrize("lose", [Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_file_that_disappears_is_written_anew(mine, home, lose):
    say(mine, 1), say(mine, 2)
    lose(home / f"{mine.session}.jsonl")
    assert answers(mine) == [1, 2]
    say(mine, 3)
    assert answers(Record(home)) == [1, 2, 3]


def test_a_folder_that_disappears_before_it_was_looked_at_is_written_anew(mine, home):
    say(mine, 1)
    shutil.rmtree(home)
    say(mine, 2)
    assert answers(Record(home)) == [1, 2]


def test_a_file_that_disappears_while_it_is_read_stops_nothing(mine, home, monkeypatch):
    path, read = write(home, line()), Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda it: it == path and it.unlink() or read(it))
    say(mine, 1)
    assert (answers(mine), mine.damaged) == ([1], 0)


def test_a_newer_event_is_kept_and_counted_but_not_shown(mine, home):
    newer = line(schema=SCHEMA + 1, sequence=5, answer="gone", mood="new")
    path = write(home, newer)
    assert say(mine, 1)["sequence"] == 6
    assert answers(mine) == [1] and newer in mine.lines().splitlines()
    assert mine.restore(mine.lines()) == Restored(added=0, known=2, damaged=[], newer=1)
    assert path.read_text() == newer and mine.damaged == 0


def test_an_answer_of_the_first_edition_is_kept_apart_and_never_among_the_answers(mine, home):
    write(home, line(schema=1, sequence=5, answer="old", item="q1"))
    new = say(mine, "new")
    assert (new["schema"], new["sequence"]) == (SCHEMA, 6) and mine.events() == [new]
    assert mine.history("q1") == [new] and list(mine.items("x")) == []
    assert [event["answer"] for event in mine.first_edition()] == ["old"]
    assert len(mine.lines().splitlines()) == 2 and mine.damaged == 0


def test_a_download_of_the_first_edition_comes_back_as_such(mine, tmp_path):
    mine.restore(line(schema=1, answer={"a": [1]}))
    say(mine, "new")
    other = Record(tmp_path / "other")
    assert other.restore(mine.lines()) == Restored(2, 0, [], newer=0, older=1)
    other.first_edition()[0]["answer"]["a"].append(2)
    assert [event["answer"] for event in other.first_edition()] == [{"a": [1]}]
    assert answers(other) == ["new"] and other.latest("x") is None


def test_an_answer_of_a_megabyte_is_kept(mine, home):
    say(mine, "é" * 10**6)
    assert answers(Record(home)) == ["é" * 10**6]


@pytest.mark.parametrize("text", ["\0", "\u202e\u2066", "\ufffe", "\u2028", "🙂\r\n"])
def test_any_character_is_kept_as_ascii(mine, home, text):
    mine.add("answer", text, {text: [text]}, lesson=text, text=text)
    event = Record(home).latest(text)
    assert (event["answer"], event["lesson"]) == ({text: [text]}, text)
    assert mine.lines().isascii() and len(mine.lines().splitlines()) == 1


@pytest.mark.parametrize("half", ["\ud83d", "a\udfffb", "\udfff\ud800"])
def test_half_an_emoji_is_kept_and_read_as_the_sign_for_damage(mine, home, half):
    whole = re.sub("[^ab]", "\ufffd", half)
    write(home, line(answer={half: [half]}, item=half))
    assert mine.latest(whole)["answer"] == {whole: [whole]}
    assert say(mine, half, item=half)["answer"] == mine.latest(whole)["answer"] == whole
    mine.lines().encode(), json.dumps(mine.events(), ensure_ascii=False).encode()
    assert Record(home).events() == mine.events() and mine.damaged == 0


@pytest.mark.parametrize("answer", [None, True, 0, -1.5, "", [], {}, {"a": [{"b": [1, None]}]}])
def test_a_json_value_comes_back_equal(mine, home, answer):
    say(mine, answer)
    assert repr(answers(Record(home))) == repr([answer])


DEEP = json.loads("[" * 51 + "]" * 51)
LOOP: list[object] = []
LOOP.append(LOOP)


@pytest.mark.parametrize(
    "answer",
    [{1}, object(), float("nan"), float("inf"), (1,), {1: 2}, b"x", 10**5000, DEEP, LOOP],
    ids=lambda answer: type(answer).__name__,
)
def test_another_value_is_refused_and_not_kept(mine, answer):
    for nested in (answer, [answer], {"a": answer}):
        with pytest.raises(CourseError, match="^q1 answer: .* is not a JSON value$"):
            say(mine, nested)
    assert mine.lines() == ""


@pytest.mark.parametrize(
    "name, bad", [("kind", 1), ("item", None), ("lesson", 2), ("text", b""), ("right", 1)]
)
def test_another_type_is_named(mine, name, bad):
    good = {
        "kind": "answer",
        "item": "q1",
        "answer": 1,
        "lesson": "responsibilities",
        "text": "",
        "right": None,
    }
    with pytest.raises(CourseError, match=f"{name}.*: {bad!r} is not"):
        mine.add(**good | {name: bad})


BAD = [
    *(
        {"session": bad}
        for bad in ("../../x", "/tmp/x", "ab\n", "", "AB", "a" * 65, "..", "a\0", 7)
    ),
    *({"sequence": bad} for bad in (True, 0, -1, SEQUENCES + 1, 10**30, 1.0, "1", None)),
    *({"schema": bad} for bad in (True, 0, -1, "1", 1.5, None)),
    *({"right": bad} for bad in (1, "true")),
    *({key: bad} for key in ("time", "lesson", "item", "text_hash", "kind") for bad in (None, 1)),
    *({key: "gone"} for key in KEYS),
    *({"answer": bad} for bad in (float("nan"), DEEP)),
    *({"schema": SCHEMA + 1, "session": "../x"}, {"schema": SCHEMA + 1, "sequence": -1}),
    *({"schema": 1, "session": "../x"}, {"schema": 1, "answer": "gone"}),
]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: str(bad)[:30])
def test_a_damaged_or_hostile_line_is_refused(mine, home, tmp_path, bad):
    assert mine.restore(f"{line(answer=1)}\n{line(**bad)}\n").damaged == [2]
    assert answers(mine) == [1]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [home / "ab.jsonl"]


def downloads(seed, folder):
    """Two records that share some sessions, as two machines of one learner do."""
    chance, both = random.Random(seed), []
    lines = [
        line(session=session, sequence=n, answer=[n, session], schema=chance.choice([1, 2, 2, 3]))
        for session in ("a1", "b2", "c3")
        for n in range(1, 9)
    ]
    for name in "xy":
        both.append(Record(folder / f"{seed}{name}"))
        both[-1].restore("\n".join(chance.sample(lines, chance.randint(0, len(lines)))))
        say(both[-1], name)
    return [one.lines() for one in both]


@pytest.mark.parametrize("seed", range(20))
def test_records_merge_the_same_in_any_order_and_any_number_of_times(tmp_path, seed):
    a, b = downloads(seed, tmp_path)
    one, other = Record(tmp_path / "one"), Record(tmp_path / "other")
    results = [one.restore(a), one.restore(b), other.restore(b), other.restore(a)]
    assert one.lines() == other.lines() == Record(tmp_path / "one").lines()
    assert sum(result.added for result in results) == 2 * len(set((a + b).splitlines()))
    again = one.restore(a + b)
    assert (again.added, again.known) == (0, len(set((a + b).splitlines())))


def test_a_download_restores_the_same_events(mine, tmp_path):
    for answer in ("a", ["b"], None, "é"):
        say(mine, answer)
    for number, change in enumerate([str, lambda text: "\ufeff" + text.replace("\n", "\r\n")]):
        other = Record(tmp_path / str(number))
        assert other.restore(change(mine.lines())) == Restored(4, 0, [], 0)
        assert Record(other.home).events() == mine.events()


def test_restoring_never_changes_what_is_there(mine, home):
    say(mine, 1)
    before = (home / f"{mine.session}.jsonl").read_bytes()
    forged = mine.lines().replace('"answer": 1', '"answer": 2')
    assert mine.restore(forged).known == 1
    assert answers(mine) == [1] and (home / f"{mine.session}.jsonl").read_bytes() == before


def test_an_answer_parses_its_own_line_alone_in_a_long_record(mine, home, monkeypatch):
    write(home, *(line(sequence=n, item=f"q{n % 9}") for n in range(1, 1001)), "")
    say(mine, 0), mine.events()
    loads, parsed = json.loads, []
    monkeypatch.setattr(json, "loads", lambda text: parsed.append(text) or loads(text))
    monkeypatch.setattr(Fold, "__init__", None)  # what is added up stays so
    say(mine, 1), say(mine, 2)
    assert mine.latest("q1", "answer")["answer"] == 2 and len(parsed) <= 10


@pytest.mark.parametrize("seed", range(3))
def test_what_is_added_line_by_line_is_what_a_new_session_reads(home, seed):
    chance, watcher = random.Random(seed), Record(home)
    records = [Record(home) for _ in range(3)]
    for number in range(20):
        one = chance.choice(records)
        with one.one_look():
            one._fold()
            say(chance.choice(records), number, f"q{chance.randint(1, 4)}")
            say(one, -number, f"q{chance.randint(1, 4)}")
        if not chance.randint(0, 9):
            (home / f"{one.session}.jsonl").unlink()
            say(one, "again")
        assert watcher.events() == Record(home).events()
        assert watcher.items("answer") == Record(home).items("answer")


def test_each_answer_is_synced_and_a_place_that_cannot_sync_is_no_trouble(mine, monkeypatch):
    synced, codes = [], iter([None, errno.EINVAL, errno.EIO])

    def fsync(file):
        synced.append(file)
        if code := next(codes):
            raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fsync)
    assert [say(mine, n) and mine.problem[:12] for n in range(3)] == ["", "", "Your answers"]
    assert len(synced) == 3


def test_what_could_not_be_written_is_written_at_the_next_look(mine, home):
    home.write_text("a file where the folder should be")
    say(mine, 1)
    home.unlink()
    assert answers(mine) == answers(Record(home)) == [1] and mine.problem == ""


def test_a_home_is_tried_out_before_the_first_answer_and_holds_no_file(mine, home):
    mine.try_out()
    assert (mine.problem, [*home.iterdir()]) == ("", [])
    other = Record(home / "file" / "home")
    (home / "file").write_text("")
    other.try_out()
    assert "in memory only" in other.problem
    assert other.restore("").added == 0 and other.problem  # nothing was written, so it stands


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a limit of a process of Unix")
def test_a_full_disk_is_seen_before_the_first_answer(home):
    script = (
        "import resource, sys; from pathlib import Path; from tpmlib.kit.record import Record; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10)); one = Record(Path(sys.argv[1])); "
        "one.try_out(); print(one.problem)"
    )
    done = subprocess.run([sys.executable, "-c", script, home], capture_output=True, text=True)
    assert "in memory only" in done.stdout and [*home.iterdir()] == []


def test_restoring_without_a_disk_keeps_the_events_in_memory(home):
    home.write_text("")
    mine = Record(home)
    assert mine.restore(line(answer=1) + "\n\ud800").damaged == [2]
    assert answers(mine) == [1] and mine.problem


def test_a_forged_sequence_leaves_room_for_the_next(mine, home):
    for sequence in (SEQUENCES, SEQUENCES // 2):
        mine.restore(line(sequence=sequence))
    say(mine, 1), say(mine, 2), say(Record(home), 3)
    assert sorted(answers(Record(home)), key=str) == [1, 2, 3, "x", "x"]


def count_reads(monkeypatch):
    read, names = Path.read_bytes, []
    monkeypatch.setattr(Path, "read_bytes", lambda path: names.append(path.stem) or read(path))
    return names


def test_nothing_is_read_again_until_a_file_changes(mine, home, monkeypatch):
    write(home, line(answer=1)), write(home, line(session="cd", answer=2), name="cd")
    names = count_reads(monkeypatch)
    assert answers(mine) == answers(mine) == [1, 2]
    write(home, line(session="cd", answer="new"), name="cd")
    assert answers(mine) == [1, "new"]
    assert sorted(names) == ["ab", "cd", "cd"]


def test_of_a_file_that_grew_only_the_new_lines_are_parsed(mine, home, monkeypatch):
    path = write(home, *(line(sequence=n, answer=n) for n in range(1, 101)), "")
    assert len(answers(mine)) == 100
    loads, parsed = json.loads, []
    monkeypatch.setattr(json, "loads", lambda text: parsed.append(text) or loads(text))
    for answer in (101, 102):
        path.write_text(path.read_text() + line(sequence=answer, answer=answer) + "\n")
        assert mine.latest("x")["answer"] == answer
    assert len([*filter(None, parsed)]) == 2


@pytest.mark.parametrize("start", ["{", line(answer="torn")[:-1]])
def test_a_line_that_is_finished_later_is_read_whole(mine, home, start):
    path = write(home, line(answer="kept"), start)
    assert (answers(mine), mine.damaged) == (["kept"], 1)
    write(home, line(answer="kept"), line(answer="torn", sequence=2), "")
    assert (answers(mine), mine.damaged) == (["kept", "torn"], 0) and path.exists()


def test_within_one_look_the_files_are_looked_at_once(mine, home, monkeypatch):
    listdir, looks = os.listdir, []
    monkeypatch.setattr(os, "listdir", lambda folder: looks.append(folder) or listdir(folder))
    with mine.one_look(), mine.one_look():
        assert answers(mine) == [] and say(mine, 1)["sequence"] == 1
        write(home, line(answer="other", sequence=2))
        assert answers(mine) == [1] and len(looks) == 1
    assert answers(mine) == [1, "other"]


def test_one_look_is_over_after_an_error(mine, home):
    with pytest.raises(ZeroDivisionError), mine.one_look():
        assert 1 / len(answers(mine))
    write(home, line(answer="other"))
    assert answers(mine) == ["other"]


def test_an_answer_is_its_parts(mine, home):
    assert mine.answer("q1", "plan") == {}
    for answer, parts in [({"a": 1}, {"a": 1}), ([1], {}), ("text", {})]:
        say(mine, answer, kind="plan")
        assert mine.answer("q1", "plan") == parts
    assert mine.answer("q1", "other") == {}
    assert mine.answered() == {("plan", "q1")}


@pytest.mark.parametrize("answer, time", [(2, 1), ("longer", 0)])
def test_a_file_of_another_size_or_time_is_read_again(mine, home, answer, time):
    os.utime(write(home, line(answer=1)), (0, 0))
    assert answers(mine) == [1]
    os.utime(write(home, line(answer=answer)), (time, time))
    assert answers(mine) == [answer]


def test_what_a_reader_changes_does_not_change_the_record(mine):
    say(mine, {"a": [1]})["answer"]["a"].append(2)
    mine.events()[0]["answer"]["a"].append(3)
    mine.events()[0]["item"] = "other"
    assert mine.latest("q1")["answer"] == {"a": [1]}


def test_a_home_stays_where_it_was_and_is_private(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    mine = Record(Path("home"))
    monkeypatch.chdir("/")
    say(mine, 1)
    assert answers(Record(tmp_path / "home")) == [1]
    assert os.name == "nt" or not (tmp_path / "home").stat().st_mode & 0o077


def test_each_file_holds_its_own_session_only(mine, home):
    mine.restore("\n".join(line(session=name) for name in ("ab", "cd", "ef")))
    say(mine, 1)
    for path in home.iterdir():
        assert [json.loads(text)["session"] for text in path.read_text().splitlines()] == [
            path.stem
        ]


def test_one_record_for_each_home_and_process(tmp_path, monkeypatch):
    monkeypatch.setenv("TPM_RECORD", str(tmp_path / "a"))
    first = record()
    assert record() is first and first.home == tmp_path / "a"
    with monkeypatch.context() as patch:
        patch.setattr(Record, "__init__", None)  # none is made to be thrown away
        assert record() is first
    monkeypatch.setenv("TPM_RECORD", str(tmp_path / "b"))
    assert record().home == tmp_path / "b"
    monkeypatch.setenv("TPM_RECORD", str(tmp_path / "a"))
    assert record() is first
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert record().session != first.session


@pytest.mark.parametrize("set_to, found", [("~/x", "x"), ("", "data/tpm-or-pm")])
def test_the_home_is_the_variable_or_the_data_folder(tmp_path, monkeypatch, set_to, found):
    monkeypatch.setenv("HOME", str(tmp_path)), monkeypatch.setenv("TPM_RECORD", set_to)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    if not sys.platform.startswith("linux") and not set_to:
        pytest.skip("the variable of the data folder is that of Linux")
    assert record().home == tmp_path / found and not record().home.exists()


def test_a_session_is_new_even_with_the_same_seed(tmp_path):
    sessions = {random.seed(1) or Record(tmp_path).session for _ in range(9)}
    assert len(sessions) == 9 and all(NAME.fullmatch(session) for session in sessions)


def test_answers_given_within_one_look_are_written_once_each(home):
    record = Record(home)
    with record.one_look():
        for item in ("q1", "q2", "q3"):
            say(record, item)
    (file,) = home.glob("*.jsonl")
    assert len(file.read_text().splitlines()) == 3
