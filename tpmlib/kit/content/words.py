"""Say in words what a JSON Schema allows and what was found instead."""

from collections.abc import Iterator
from typing import Any

from tpmlib.errors import nearest
from tpmlib.kit.content.jsonschema_import import ValidationError

Schema = dict[str, Any]
Path = tuple[str | int, ...]
TYPES = {
    "string": "text",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
}
BOUNDS = {
    "string": ("minLength", "maxLength", " characters"),
    "array": ("minItems", "maxItems", " entries"),
    "object": ("minProperties", "maxProperties", " entries"),
    "integer": ("minimum", "maximum", ""),
    "number": ("minimum", "maximum", ""),
}


def brief(value: object) -> str:
    """A value on one line, cut after 60 characters; nothing in it can act on the terminal."""
    if value is None:
        return "nothing"
    text = ascii(value) if not isinstance(value, str) or not value.isprintable() else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def address(path: Path) -> str:
    """questions[2].options[0].why"""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def allowed(schema: Schema, document: Schema) -> str:
    """What the schema allows, in words: a text of 3 or more characters."""
    schema = _resolved(schema, document)
    if "enum" in schema:
        return f"one of {', '.join(repr(value) for value in schema['enum'])}"
    kinds = schema.get("type", [])
    names = [TYPES[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    words = " or ".join(names).replace("text", "a text", 1) or "another value"
    if isinstance(kinds, str) and (bounds := _bounds(schema, kinds)):
        words += bounds if kinds in ("integer", "number") else f" of{bounds}"
    if "pattern" in schema:
        words += f" that matches {schema['pattern']}{_comment(schema, ', ')}"
    if "format" in schema:
        words += f" that is a {schema['format']}"
    if schema.get("required"):
        words += f" with {', '.join(schema['required'])}"
    return words


def explained(error: ValidationError, document: Schema) -> Iterator[tuple[Path, str]]:
    """The place and the sentence of each problem behind one error of jsonschema."""
    path: Path = tuple(error.absolute_path)
    schema: Any = error.schema
    value: Any = error.instance
    if error.validator == "required":
        properties = schema.get("properties", {})
        needed: Any = error.validator_value
        for name in needed:
            if name not in value:
                # a rule such as "a number needs min" names the property but describes it elsewhere
                what = f"needed when kind is {value.get('kind')!r}"
                what = allowed(properties[name], document) if name in properties else what
                yield (*path, name), f"missing; {what}"
    elif error.validator == "additionalProperties":
        for name in value:
            if name not in schema["properties"]:
                yield (*path, name), nearest(name, schema["properties"])
    elif "propertyNames" in list(error.absolute_schema_path)[-2:-1]:
        what = f"{brief(value)}; {allowed({'type': 'string'} | schema, document)}"
        yield (*path, value), nearest(value, schema["enum"]) if "enum" in schema else what
    else:
        yield path, _wrong(error, schema, document)


def _wrong(error: ValidationError, schema: Schema, document: Schema) -> str:
    value = error.instance
    if error.validator == "enum" and isinstance(value, str):
        return nearest(value, map(str, schema["enum"]))
    if error.validator == "type":
        quotes = isinstance(error.validator_value, str) and error.validator_value == "string"
        scalar = not isinstance(value, dict | list)
        hint = "; write it in quotes" if quotes and scalar else _comment(schema, "; ")
        words = allowed({"type": error.validator_value}, document).replace("a text", "text")
        return f"{brief(value)} is not {words}{hint}"
    if error.validator in ("minimum", "maximum") and {"minimum", "maximum"} <= schema.keys():
        return f"{value} is outside {schema['minimum']} to {schema['maximum']}"
    if error.validator == "uniqueItems":
        return f"{brief(value)}; each entry once"
    if error.validator in ("maxLength", "minLength") and value:
        return f"{len(str(value))} characters; {allowed(schema, document)}"
    return f"{brief(value)}; {allowed(schema, document)}"


def _comment(schema: Schema, before: str) -> str:
    """What the schema says besides, for whoever got it wrong."""
    return f"{before}{schema['$comment']}" if "$comment" in schema else ""


def _bounds(schema: Schema, kind: str) -> str:
    if kind not in BOUNDS:
        return ""
    low_name, high_name, unit = BOUNDS[kind]
    low, high = schema.get(low_name), schema.get(high_name)
    if "exclusiveMinimum" in schema:
        return f" above {schema['exclusiveMinimum']}"
    if low is not None and high is not None:
        return f" {low} to {high}{unit}" if low < high else f" {low}{unit}"
    if low is not None:
        return f" {low} or more{unit}"
    return f" at most {high}{unit}" if high is not None else ""


def _resolved(schema: Schema, document: Schema) -> Schema:
    """The schema with a reference inside the same document followed."""
    if "$ref" not in schema:
        return schema
    target: Any = document
    for part in schema["$ref"].removeprefix("#/").split("/"):
        target = target[part]
    return {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
