"""The one place that imports jsonschema, without what it would load for nothing.

JupyterLab brings `rfc3987_syntax`, and jsonschema imports it to check texts of format "iri". That
import builds an Earley grammar: more than a second at every start of a kernel. The course's schemas
never ask for that format, nor for durations and colours, so these imports find `None`, which Python
treats as "not installed".
"""

import sys

UNUSED = {"rfc3987_syntax", "isoduration", "webcolors"}

_stand_ins = UNUSED - sys.modules.keys()
sys.modules.update(dict.fromkeys(_stand_ins))  # type: ignore[arg-type]
try:
    from jsonschema import Draft202012Validator, ValidationError
    from jsonschema.validators import extend
finally:
    for _name in _stand_ins:  # whoever else in this process wants it can still import it
        del sys.modules[_name]

__all__ = ["Draft202012Validator", "ValidationError", "extend"]
