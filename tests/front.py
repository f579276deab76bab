"""What the browser sends to a widget, what a cell shows of it, and courses with other data."""

import csv
from base64 import b64encode
from html.parser import HTMLParser

import yaml

from tpmlib.kit import content, record
from tpmlib.kit.panels import base, cite
from tpmlib.lessons.start_here import environment

DISPLAYING = (base, cite, environment)  # each holds IPython's display by name
HOSTILE = "<script>alert(1)</script><b onclick=x>\u202eevil"
PLAIN_TAGS = set(
    "a b blockquote br caption details div i li mark p span summary ul "
    "table tbody td th thead tr".split()
)
PLAIN_ATTRIBUTES = set("aria-label class dir hidden href role scope style tabindex title".split())


def front(widget, **state):
    """The browser changes traits: they are read, validated and observed."""
    update = {"method": "update", "state": state, "buffer_paths": []}
    widget._handle_msg({"content": {"data": update}, "buffers": []})


def put(form, **values):
    """The learner moves controls; the page, which has heard of all, sends all values each time."""
    front(form, values={**form.values, **values}, known=form.turn)


def click(widget, button, **typed):
    """A click; what was typed just before travels in the same message."""
    state = {"values": {**widget.values, **typed}, "known": widget.turn} if typed else {}
    front(widget, **state, clicked={"id": button, "n": widget.clicked.get("n", 0) + 1})


def judge(panel, verdict, **reason):
    """A click on a verdict; a reason, or how sure, comes after it and has its own button."""
    put(panel.form, verdict=verdict)
    if reason:
        click(panel.form, "judge", **reason)


def upload(form, field, data, **other):
    """The page sends a chosen file, here in one slice."""
    data = data if isinstance(data, bytes) else data.encode()
    told = {"file": field, "size": len(data), "start": 0, "base64": b64encode(data).decode()}
    custom = {"method": "custom", "content": told | other}
    form._handle_msg({"content": {"data": custom}, "buffers": []})


def restart():
    """Forget what a new kernel would not know: all but the files of the record."""
    record._records.clear()


def displayed(thing, monkeypatch):
    """The bundles that a cell ending in `thing` shows."""
    bundles = []
    for module in DISPLAYING:
        monkeypatch.setattr(module, "display", lambda bundle, **_: bundles.append(bundle))
    thing._ipython_display_()
    return bundles


def tags(*pages):
    """Every tag of some HTML with its attributes, as a browser would find them."""
    found = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    reader.feed("".join(pages))
    reader.close()
    return found


def is_plain(*pages):
    """Whether the HTML holds our own tags and attributes and no others."""
    pages = [page.replace("<span></span>", "") for page in pages]  # which ends a formula
    return all(
        tag in PLAIN_TAGS and attributes.keys() <= PLAIN_ATTRIBUTES
        for tag, attributes in tags(*pages)
    )


def edit(path, change):
    """Let `change` alter the data of a YAML file."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")


def edit_rows(path, change):
    """Let `change` alter the rows of a CSV file."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    change(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def add_local(data, **cells):
    """A responsibility of the instructor's own, with no counts."""
    own = {"responsibility_id": "own_row", "source": "local", "terms": "", "name": "Own row"}
    path = data / "responsibilities.csv"
    edit_rows(path, lambda rows: rows.append(rows[0] | own | cells))


def quizzes():
    """The lessons that have a quiz."""
    return sorted(path.stem for path in (content.root() / "data/quizzes").glob("*.yml"))
