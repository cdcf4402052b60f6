#!/usr/bin/env python3
"""Makes api.d.ts of docs/openapi.yaml: the types by which tsc checks the pages, and nothing that a page loads.

    Tests/pages/make-types.py [FILE]     prints them, of FILE instead of docs/openapi.yaml
    Tests/pages/make-types.py --write    writes Tests/pages/api.d.ts

Every schema is a type of the namespace API. Answer and Body find what a request answers and takes by its method and path, so that a page
that asks for a path or a field that the API does not have is found before a browser does.
"""

import json
import pathlib
import re
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = ROOT / "docs" / "openapi.yaml"
OUT = ROOT / "Tests" / "pages" / "api.d.ts"
PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def doc(schema, indent):
    words = schema.get("description")
    return f"{indent}/** {' '.join(words.split())} */\n" if words else ""


def name(key):
    return key if re.fullmatch(r"[A-Za-z_]\w*", key) else json.dumps(key)


def members(schema, indent):
    inner = indent + "  "
    required = set(schema.get("required", []))
    lines = [
        f"{doc(one, inner)}{inner}{name(key)}{'' if key in required else '?'}: {typed(one, inner)};\n"
        for key, one in schema.get("properties", {}).items()]
    extra = schema.get("additionalProperties")
    if isinstance(extra, dict):
        lines.append(f"{inner}[key: string]: {typed(extra, inner)};\n")
    return "{\n" + "".join(lines) + indent + "}" if lines else "{}"


def typed(schema, indent=""):
    """A schema as a type of TypeScript's."""
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    if "const" in schema:
        return json.dumps(schema["const"], ensure_ascii=False)
    if "enum" in schema:
        return " | ".join(json.dumps(one, ensure_ascii=False) for one in schema["enum"])
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return " | ".join(typed(one, indent) for one in schema[key])
    kinds = schema.get("type", "object" if "properties" in schema else None)
    if kinds is None:
        return "unknown"
    return " | ".join(kind(one, schema, indent) for one in ([kinds] if isinstance(kinds, str) else kinds))


def kind(word, schema, indent):
    if word == "array":
        inner = typed(schema.get("items", {}), indent)
        return f"{inner}[]" if re.fullmatch(r"\w+", inner) else f"Array<{inner}>"
    return members(schema, indent) if word == "object" else PLAIN[word]


def content(message):
    """The schema of a JSON body; None where there is none."""
    for media, one in (message or {}).get("content", {}).items():
        if media.endswith("json") and not media.startswith("application/problem"):
            return one.get("schema", {})
    return None


def answer(operation):
    """What a request answers when it is granted: null for an empty body."""
    granted = [one for status, one in operation["responses"].items() if str(status).startswith("2")]
    schemas = [content(one) for one in granted]
    return " | ".join(typed(one, "    ") if one is not None else "null" for one in schemas) or "never"


def pattern(method, path):
    return f"`{method.upper()} {re.sub(r'{[^}]*}', '${string}', path)}${{Query}}`"


def resource(path):
    """The part of a path after the version, without an ending: `cases` of /v1/cases/{id}/accept; empty where there is no version."""
    parts = path.split("/")
    return parts[2].split(".")[0] if parts[1] == "v1" else ""


def begins(resource):
    return f"v1/{resource}" if resource else ""


def lookup(name, operations, what):
    """The type `name` of a request, by a type for each method and resource: one chain for all is too deep for the compiler to compare."""
    groups = {}
    for method, path, operation in operations:
        groups.setdefault((method.upper(), resource(path)), []).append((method, path, operation))
    # A resource whose name begins with another's comes first.
    order = sorted(groups, key=lambda group: (group[0], -len(group[1]), group[1]))
    title = {group: group[0].title() + ("".join(word.title() for word in re.split(r"\W+", group[1])) or "Root") for group in order}
    methods = sorted({method for method, _ in order})
    text = f"  type {name}<Request extends string> =\n    Request extends `${{string}} /dock/${{string}}` ? any :\n"
    text += "".join(f"    Request extends `{one} ${{string}}` ? {name}{one.title()}<Request> :\n" for one in methods) + "    never;\n\n"
    for one in methods:
        lines = [
            f"    Request extends `{one} /{begins(group[1])}${{string}}` ? {name}{title[group]}<Request> :\n" for group in order if group[0] == one]
        text += f"  type {name}{one.title()}<Request extends string> =\n{''.join(lines)}    never;\n\n"
    for group in order:
        lines = [f"    Request extends {pattern(method, path)} ? {what(operation)} :\n" for method, path, operation in groups[group]]
        text += f"  type {name}{title[group]}<Request extends string> =\n{''.join(lines)}    never;\n\n"
    return text


def made(source):
    described = yaml.safe_load(source.read_text(encoding="utf-8"))
    operations = [
        (method, path, operation) for path, methods in described["paths"].items() for method, operation in methods.items()]
    # A pattern with fewer steps also matches what has more: the longest first.
    operations.sort(key=lambda one: (-one[1].count("/"), one[1].count("{"), one[1], one[0]))
    text = "// Made of docs/openapi.yaml by make-types.py; `make lint` says when it is not up to date.\n\ndeclare namespace API {\n"
    for key, schema in described["components"]["schemas"].items():
        text += f"{doc(schema, '  ')}  type {key} = {typed(schema, '  ')};\n\n"
    text += "  type Query = \"\" | `?${string}`;\n\n"
    text += "  /** What a granted request answers; never for one that the API does not have. */\n"
    text += "  type Answer<Method extends string, Path extends string> = AnswerTo<`${Method} ${Path}`>;\n\n"
    text += "  /** The path itself, where the API has it for this method. */\n"
    text += "  type Path<Method extends string, Path extends string> = [Answer<Method, Path>] extends [never] ? never : Path;\n\n"
    text += lookup("AnswerTo", operations, answer)
    text += "  /** What a request takes. */\n"
    text += "  type Body<Method extends string, Path extends string> = BodyOf<`${Method} ${Path}`>;\n\n"
    taking = [one for one in operations if content(one[2].get("requestBody")) is not None]
    text += lookup("BodyOf", taking, lambda operation: typed(content(operation["requestBody"]), "    ")).rstrip("\n") + "\n"
    return text + "}\n"


if __name__ == "__main__":
    words = sys.argv[1:]
    if "--write" in words:
        OUT.write_text(made(SOURCE), encoding="utf-8")
    else:
        sys.stdout.write(made(pathlib.Path(words[0]) if words else SOURCE))
