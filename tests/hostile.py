"""100 hostile texts, and what of them was carried out: a tag that we never write, a control."""

import csv
import json
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import yaml

from tpmlib.kit import content
from tpmlib.kit.content.documents import documents
from tpmlib.kit.panels.progress import asked

RUN = "window.tpmHit=1"
AWAY = "https://tpm-hit.example/"
TAGS = (
    f"<script>{RUN}</script>",
    f"<SCRIPT SRC={AWAY}x.js></SCRIPT>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"</p></td></table></div><script>{RUN}</script>",
    f"</title></style></textarea><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<img/src=x/onerror={RUN}//",
    f"<img src=x onerror={RUN} ",
    f'"><img src=x onerror={RUN}>',
    f"'><img src=x onerror={RUN}>",
    f"`><img src=x onerror={RUN}>",
    f'" onmouseover="{RUN}" autofocus onfocus="{RUN}',
    f"' onclick='{RUN}' x='",
    f"x onload={RUN} y",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s></svg>",
    f"<svg><a xlink:href=javascript:{RUN}><text y=9>x</text></a></svg>",
    f"<svg><use href=data:image/svg+xml,<svg/onload={RUN}>>",
    f"<math><mtext><table><mglyph><style><!--</style><img src=x onerror={RUN}>",
    f"<math href=javascript:{RUN}>x</math>",
    f"<svg></p><style><a id='</style><img src=x onerror={RUN}>'>",
    f'<noscript><p title="</noscript><img src=x onerror={RUN}>">',
    f"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<iframe src=javascript:parent.{RUN}>",
    f"<object data=javascript:{RUN}></object>",
    f"<embed src=javascript:{RUN}>",
    f"<link rel=stylesheet href={AWAY}x.css>",
    f"<style>@import '{AWAY}x.css';</style>",
    f"<div style=background:url({AWAY}x.png)>x</div>",
    f"<base href={AWAY}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<marquee onstart={RUN}>x</marquee>",
    f"<isindex type=image src=1 onerror={RUN}>",
    f"<form action=javascript:{RUN}><button>x</button></form>",
    f"<template><script>{RUN}</script></template>",
    f"<xmp><p title='</xmp><script>{RUN}</script>'>",
    f"<!--><script>{RUN}</script>-->",
    f"<!-- --!><script>{RUN}</script>",
    "<!-- a comment that never ends",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"<?xml version='1.0'?><script>{RUN}</script>",
    "<plaintext>",
    "<a b='",
    "</",
    "<",
)
LINKS = (
    f"<a href=javascript:{RUN}>x</a>",
    f"<a href='java&#10;script:{RUN}'>x</a>",
    f"<a href='data:text/html,<script>{RUN}</script>'>x</a>",
    f"javascript:{RUN}",
    f"data:text/html;base64,PHNjcmlwdD53aW5kb3cudHBtSGl0PTE8L3NjcmlwdD4= {RUN}",
    f"vbscript:{RUN}",
    f"[x](javascript:{RUN})",
    f"[x](<java\tscript:{RUN}>)",
    f"[x](data:text/html,{RUN})",
    f"![x]({AWAY}x.png)",
    f"![x](x 'a\" onerror=\"{RUN}')",
    f"[x]: javascript:{RUN}\n\n[x]",
    f"<javascript:{RUN}>",
    f"[![x](x)](javascript:{RUN})",
)
FORMULAS = (
    rf"$\href{{javascript:{RUN}}}{{x}}$",
    rf"\(\href{{javascript:{RUN}}}{{x}}\)",
    r"$\unicode{x3c}script\unicode{x3e}$",
    rf"$$\class{{x}}{{\style{{background:url({AWAY}x)}}{{y}}}}$$",
    r"\[\require{physics} \cssId{x}{y}\]",
    r"\begin{equation}\def\x{\x\x}\x\end{equation}",
    r"$5 and $6, or \$7",
    r"$\frac{",
    rf"\url{{javascript:{RUN}}} \includegraphics{{{AWAY}x.png}} $\notacommand{{x}}$",
)
MARKUP = (
    "~~gone~~ **bold** _thin_ `code` ==mark== ^up^ ~down~",
    "# A heading\n\n- a list\n\n> quoted\n\n---",
    f"| a | b |\n| --- | --- |\n| <img src=x onerror={RUN}> | c |",
    f"```html\n<script>{RUN}</script>\n```",
    f"    <script>{RUN}</script>",
    f":::{{raw}} html\n<script>{RUN}</script>\n:::",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;script&#62;{RUN}&#x3c;/script&#x3e; &amp;lt;b&amp;gt;",
    f"\\x3cscript\\x3e{RUN} \\u003cscript\\u003e %3Cscript%3E",
)
TEMPLATES = (
    "{{ 7*7 }} {% for x in range(9) %}{{ x }}{% endfor %} {# gone #}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ '<b>'|safe }}{% raw %}<b>{% endraw %}",
    "{places} {0} {0.__class__} {answer!r:>99}",
    "%s %(x)s %n ${7*7} #{7*7} <%= 7*7 %>",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
)
CONTROLS = (
    "\x1b[31mred\x1b[0m\x1b[2J\x1b]0;title\x07",
    "\x1b]8;;https://tpm-hit.example\x1b\\link\x1b]8;;\x1b\\ \x9b31m",
    f"a\x00b<\x00script>{RUN}</script>",
    "\b\b\b\x7f\x07\r overwritten \x0b\x0c\x85\u2028\u2029",
    "\u202egnp.exe\u202c \u2066\u2067\u2069 \u061c",
    f"\u200b\u200c\u200d\ufeff<\u200bscript>{RUN}</script>",
    "half of an emoji \ud83d and \udc00",
    f"\uff1cscript\uff1e{RUN}\uff1c/script\uff1e \u02bb\u2039\u203a \U000e0041",
    "long" * 20_000,
    f"{'<b>' * 500}x",
)
TEXTS = TAGS + LINKS + FORMULAS + MARKUP + TEMPLATES + CONTROLS
OURS = set(
    "html head body meta title style h1 h2 h3 p pre b i a br blockquote details summary div figure "
    "figcaption span mark ul ol li table caption thead tbody tr th td img".split()
)
ATTRIBUTES = set(
    "lang charset style scope title class dir tabindex role aria-label alt src href hidden".split()
)
TABLES = set("table thead tbody tr th td caption".split())
FIXED = {"enum", "pattern", "format", "x-ref", "const", "references"}  # what makes a text a name
TIED = re.compile(r"\w+_id|fact|terms|makes|any|worked")  # names, patterns, templates
FIGURE = re.compile(r"\{([A-Za-z_]\w*)\}")
SURROGATE = re.compile("[\ud800-\udfff]")
VOID = {"meta", "br", "img"}


class Reader(HTMLParser):
    """What a page would carry out, and the words that it would show.

    allowed: the tags that it may hold. An attribute may be one of ours, a link may lead to the web
    or to a file beside it, an image is one of ours in the page itself, and each tag is closed.
    """

    def __init__(self, page, allowed=OURS):
        super().__init__()
        self.allowed, self.open, self.wrong, self.words = allowed, [], [], ""
        self.feed(page)
        self.close()
        self.wrong += [f"<{tag}> not closed" for tag in self.open if tag not in {"html", "head"}]

    def handle_starttag(self, tag, attributes):
        if tag not in self.allowed:
            self.wrong.append(f"<{tag}>")
        for name, value in attributes:
            self.wrong += [] if self._is_ours(name, value or "") else [f"<{tag} {name}={value}>"]
        self.open += [] if tag in VOID else [tag]

    def _is_ours(self, name, value):
        if name == "style":
            return "(" not in value and "\\" not in value
        if name == "src":
            return value.startswith("data:image/png;base64,")
        scheme = urlsplit(value).scheme if name == "href" else ""
        return name in ATTRIBUTES and scheme in ("", "http", "https")

    def handle_endtag(self, tag):
        if self.open[-1:] == [tag]:
            self.open.pop()
        elif tag != "html":
            self.wrong.append(f"</{tag}> closes nothing of ours")

    def handle_data(self, data):
        self.words += data

    def handle_comment(self, data):
        self.wrong.append(f"<!--{data}")

    def handle_decl(self, declaration):
        self.wrong += [] if declaration == "doctype html" else [f"<!{declaration}"]

    def handle_pi(self, data):
        self.wrong.append(f"<?{data}")

    def unknown_decl(self, data):
        self.wrong.append(f"<![{data}")


def carried_out(page, allowed=OURS):
    """What of some HTML is not ours."""
    return Reader(page, allowed).wrong


def formulas(page):
    """The texts of some HTML in which JupyterLab finds a formula; its search ends at a tag."""
    texts = re.split("<[^>]*>", page)
    return [
        text
        for text in texts
        if text.count("$") > 1 or re.search(r"\\([(\[$]|begin|(eq)?ref)", text)
    ]


def controls(text):
    """The characters that a terminal would obey or hide, but for the ends of lines."""
    return {char for char in text if not char.isprintable() and char != "\n"}


class Deal:
    """Hands out the texts in turn, each as a place takes it; `number` says how many places."""

    def __init__(self, start):
        self.start, self.number = start, 0

    def text(self, old, least=0, most=10_000):
        """A text for the place of `old`; a {name} would be a figure's, which is refused aloud."""
        text = TEXTS[(self.start + self.number) % len(TEXTS)]
        self.number += 1
        text = FIGURE.sub(r"{ \1 }", SURROGATE.sub("", text))[:most].strip() or old
        return text if len(text) >= least else text + "." * (least - len(text))

    def yaml(self, value, schema, root):
        """The data, with another text wherever the schema takes any text."""
        while "$ref" in schema:
            target = root
            for name in schema["$ref"].removeprefix("#/").split("/"):
                target = target[name]
            schema = target
        for way in ("anyOf", "oneOf", "allOf"):
            kinds = {str: "string", dict: "object", list: "array"}
            for each in schema.get(way, []):
                if each.get("type", kinds.get(type(value))) == kinds.get(type(value)):
                    value = self.yaml(value, each, root)
        if isinstance(value, dict):
            named, others = schema.get("properties", {}), schema.get("additionalProperties")
            rules = {n: named.get(n, others if isinstance(others, dict) else {}) for n in value}
            return {
                n: each if TIED.fullmatch(n) else self.yaml(each, rules[n], root)
                for n, each in value.items()
            }
        if isinstance(value, list):
            return [self.yaml(each, schema.get("items", {}), root) for each in value]
        if schema.get("type") == "string" and isinstance(value, str) and not FIXED & schema.keys():
            return self.text(value, schema.get("minLength", 0), schema.get("maxLength", 10_000))
        return value

    def table(self, rows, fields):
        """The rows of a table, with another text in every column that takes any text."""
        taken = set()
        for place, row in enumerate(rows):
            for name, constraints in fields.items():
                if row[name]:
                    most = min(constraints.get("maxLength", 9_000), 9_000) - 5
                    row[name] = self.text(row[name], constraints.get("minLength", 0), most)
                    row[name] += f" {place}" if (name, row[name]) in taken else ""
                    taken.add((name, row[name]))


def hostile_course(data, start=0):
    """Put hostile texts into every place of the course that takes any text; how many places."""
    deal = Deal(start)
    for kind, found in documents():
        path, rules = data.parent / found.shown, data / f"schema/{kind}.schema.json"
        schema = json.loads(rules.read_text())
        changed = deal.yaml(found.data, schema, schema)
        path.write_text(yaml.safe_dump(changed, sort_keys=False))
    for resource in json.loads((data / "datapackage.json").read_text())["resources"]:
        fields = {
            field["name"]: field.get("constraints", {})
            for field in resource["schema"]["fields"]
            if field["type"] == "string"
            and not FIXED & (field.keys() | field.get("constraints", {}).keys())
            and not TIED.fullmatch(field["name"])
        }
        key = resource["schema"].get("primaryKey", [])
        fields = {n: rules for n, rules in fields.items() if n not in key}
        with (data / resource["path"]).open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        deal.table(rows, fields)
        with (data / resource["path"]).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n", quoting=csv.QUOTE_ALL)
            writer.writeheader()
            writer.writerows(rows)
    return deal.number


def forged(start=0):
    """A record that nobody could have given: a hostile text wherever an answer may hold one."""
    lines, number = [], start
    for lesson in [one["id"] for one in content.course()["lessons"] if one["status"] == "ready"]:
        for kind, item in sorted(asked(lesson)):
            for shape in ANSWERS.get(kind, [PLAIN, PARTS]):
                text, number = TEXTS[number % len(TEXTS)], number + 1
                line = {"kind": kind, "item": item, "lesson": lesson, "right": None, "schema": 2}
                line |= {"answer": shape(text), "time": text, "text_hash": text}
                line |= {"sequence": len(lines) + 1, "session": "ab"}
                lines.append(json.dumps(line))
    strange = {"kind": TEXTS[start], "item": TEXTS[start], "sequence": len(lines) + 1}
    return "\n".join([*lines, json.dumps(json.loads(lines[0]) | strange), TEXTS[start]])


def PLAIN(text):
    return text


def PARTS(text):
    return {name: text for name in ("answer", "text", "reason", "does", "choice", "grid", text)}


ANSWERS = {
    "judge": [
        lambda text: {"verdict": text, "confidence": text, "reason": text},
        lambda text: {"verdict": "holds", "confidence": 60, "reason": text},
    ],
    "reflect": [lambda text: {"text": text}],
    "predict": [lambda text: {"answer": text, "confidence": text}],
    "sheet": [lambda text: {"who": {"plan.pm": text, text: text}, "engineers": text, text: text}],
}
