"""The one place that imports jsonschema, without the grammar that it would build for nothing.

JupyterLab brings `rfc3987_syntax`, and jsonschema imports it to check texts of format "iri". That
import builds an Earley grammar: more than a second at every start of a kernel. The course's schemas
never ask for that format, so the import finds `None`, which Python treats as "not installed".
"""

import sys

GRAMMAR = "rfc3987_syntax"

_stands_in = GRAMMAR not in sys.modules
if _stands_in:
    sys.modules[GRAMMAR] = None  # type: ignore[assignment]
try:
    from jsonschema import Draft202012Validator, ValidationError
    from jsonschema.validators import extend
finally:
    if _stands_in:  # whoever else in this process wants the grammar can still import it
        del sys.modules[GRAMMAR]

__all__ = ["Draft202012Validator", "ValidationError", "extend"]
