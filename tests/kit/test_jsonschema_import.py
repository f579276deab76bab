"""A start does not pay for a grammar that only JupyterLab's other users of jsonschema want."""

import subprocess
import sys

import pytest

START = "import sys, tpmlib.kit.content"


def run(code):
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_start_loads_no_grammar():
    run(f"{START}; assert not {{'rfc3987_syntax', 'lark', 'arrow'}} & sys.modules.keys()")


def test_others_can_still_import_the_grammar():
    pytest.importorskip("rfc3987_syntax")
    run(f"{START}; import rfc3987_syntax; assert rfc3987_syntax.is_valid_syntax('iri', 'a:b')")


@pytest.mark.parametrize("first", ["jsonschema", "rfc3987_syntax"])
def test_what_was_loaded_before_stays(first):
    pytest.importorskip(first)
    run(
        f"import {first} as first, {START.removeprefix('import ')}; "
        f"assert sys.modules[{first!r}] is first"
    )


def test_a_start_leaves_the_other_formats_checked():
    run(
        f"{START}; from jsonschema import FormatChecker; "
        "assert not FormatChecker().conforms('(', 'regex')"
    )
