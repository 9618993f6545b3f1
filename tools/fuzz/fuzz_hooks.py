"""What `npm run fuzz` adds to schemathesis: ids that exist, and a record of every case.

Cases that are meant to be valid get ids, cursors and positions out of AIKA_FUZZ_VALUES (JSON), most of the time:
with made-up ones nearly every read would be a 404 and prove little. Cases that are meant to break a rule stay as
they are. Every answer and every finding is a line of AIKA_FUZZ_RECORD.
"""

import copy
import json
import os
import zlib

import schemathesis
from schemathesis.core.jsonschema import make_validator
from schemathesis.core.parameters import ParameterLocation

with open(os.environ["AIKA_FUZZ_VALUES"], encoding="utf-8") as file:
    VALUES = json.load(file)

# One writer: schemathesis runs with one worker. Line by line, so that nothing is lost when the run is ended.
RECORD = open(os.environ["AIKA_FUZZ_RECORD"], "a", encoding="utf-8", buffering=1)

# How many of 100 keep what was generated: unknown ids are a case too.
KEPT = 12
# Of 100 commands that say `prefer`, how many wait for their outcome: waiting takes its time.
WAITING = 40

# Parameters and fields of bodies that name something, by what they name.
NAMES = {
    "customerId": "customerId",
    "customer": "customerId",
    "policyId": "policyId",
    "policy": "policyId",
    "quoteId": "quoteId",
    "claimId": "claimId",
    "claim": "claimId",
    "conversationId": "conversationId",
    "conversation": "conversationId",
}


def number_of(*parts):
    """A number from 0 that depends on the parts only: the same seed makes the same cases."""
    return zlib.crc32(repr(parts).encode("utf-8", "backslashreplace"))


def chosen(values, *parts):
    return values[number_of(*parts) % len(values)] if values else None


def is_meant_valid(case, location):
    info = case.meta.components.get(location) if case.meta else None
    return info is None or info.mode.is_positive


def subject_for(case, wanted, draw):
    """Ids that belong together: of a customer who has all that is asked for, where there is one."""
    subjects = VALUES["subjects"]
    fitting = [subject for subject in subjects if all(name in subject for name in wanted)]
    return chosen(fitting or subjects, "subject", case.operation.label, draw)


def wanted_ids(case):
    names = list(case.path_parameters or {})
    if isinstance(case.body, dict):
        names += list(case.body)
    names += list(case.query or {})
    return {NAMES[name] for name in names if name in NAMES}


@schemathesis.hook
def map_case(context, case):
    draw = [case.path_parameters, case.query, dict(case.headers or {}), repr(case.body)]
    if number_of("kept", draw) % 100 < KEPT:
        without_opaque_values(case)
        return case
    subject = subject_for(case, wanted_ids(case), draw)
    if is_meant_valid(case, ParameterLocation.PATH):
        fill_path(case, subject, draw)
    if is_meant_valid(case, ParameterLocation.QUERY):
        fill_query(case, subject, draw)
    if is_meant_valid(case, ParameterLocation.HEADER):
        fill_headers(case, draw)
    if is_meant_valid(case, ParameterLocation.BODY):
        fill_body(case, subject, draw)
    return case


def fill_path(case, subject, draw):
    parameters = dict(case.path_parameters or {})
    for name in parameters:
        if name in NAMES and NAMES[name] in subject:
            parameters[name] = subject[NAMES[name]]
        elif VALUES["ids"].get(name):
            parameters[name] = chosen(VALUES["ids"][name], name, draw)
        elif name == "topic":
            parameters[name] = chosen(sorted(VALUES["envelopes"]), "topic", draw)
    if parameters != case.path_parameters:
        case.path_parameters = parameters


def fill_query(case, subject, draw):
    query = dict(case.query or {})
    for name in list(query):
        if name in NAMES and NAMES[name] in subject:
            query[name] = subject[NAMES[name]]
    if "cursor" in query:
        # A cursor holds for the list that it is of, with the filters that it was made under: none.
        cursor = chosen(VALUES["cursors"].get(path_of(case), []), "cursor", draw)
        query = {"cursor": cursor} if cursor is not None and number_of("paged", draw) % 2 else query
        if cursor is None or query.get("cursor") != cursor:
            query.pop("cursor", None)
    replace(query, "position", chosen(VALUES["positions"], "position", draw))
    if query != (case.query or {}):
        case.query = query


def path_of(case):
    path = case.path
    for name, value in (case.path_parameters or {}).items():
        path = path.replace("{" + name + "}", str(value))
    return path


def fill_headers(case, draw):
    headers = case.headers
    if not headers:
        return
    if "idempotency-key" in headers:
        # Boundary values come with every case of a route: the same key for another request would be refused.
        headers["idempotency-key"] = f"{headers['idempotency-key'][:180]}-{number_of('key', case.operation.label, draw)}"
    if "prefer" in headers and number_of("wait", draw) % 100 < WAITING:
        headers["prefer"] = "wait=1"
    replace(headers, "aika-position", chosen(VALUES["positions"], "position", draw))
    # A made-up tag stops every command; the tag of everything lets through what exists.
    replace(headers, "if-match", chosen([None, "*"], "match", draw))


def fill_body(case, subject, draw):
    if not isinstance(case.body, dict):
        return
    body = copy.deepcopy(case.body)
    if case.path == "/v1/topics/{topic}/messages":
        # A made-up message is hardly ever one of the topic; a known one may keep made-up metadata.
        known = chosen(VALUES["envelopes"].get(str((case.path_parameters or {}).get("topic")), []), "envelope", draw)
        if known is not None:
            body = {**copy.deepcopy(known), **{name: body[name] for name in ("metadata",) if name in body}}
    if case.path == "/v1/dead-letters/{letterId}/edit":
        body["message"] = chosen(VALUES["envelopes"].get("commands", []), "mended", draw) or body.get("message")
    for name in list(body):
        if name in NAMES and NAMES[name] in subject:
            body[name] = subject[NAMES[name]]
    if body != case.body:
        case.body = body


def without_opaque_values(case):
    """Cursors and positions come from answers only: a made-up one is a mistake that no schema can describe."""
    opaque = {"cursor", "position"}
    if is_meant_valid(case, ParameterLocation.QUERY) and opaque & set(case.query or {}):
        case.query = {name: value for name, value in case.query.items() if name not in opaque}
    if is_meant_valid(case, ParameterLocation.HEADER) and case.headers:
        replace(case.headers, "aika-position", None)


def replace(container, name, value):
    if name not in container:
        return
    if value is None:
        del container[name]
    else:
        container[name] = value


def write(line):
    RECORD.write(json.dumps(line, ensure_ascii=True, default=str) + "\n")


def phase_of(case):
    return str(case.meta.phase.name.value) if case.meta else "none"


@schemathesis.hook
def after_call(context, case, response):
    write(
        {
            "kind": "answer",
            "operation": case.operation.label,
            "method": response.request.method,
            "phase": phase_of(case),
            "valid": bool(case.meta and case.meta.generation.mode.is_positive),
            "status": response.status_code,
            "ms": round(response.elapsed * 1000),
        }
    )


@schemathesis.hook
def after_network_error(context, case, request):
    write(
        {
            "kind": "finding",
            "operation": case.operation.label,
            "check": "network_error",
            "title": "No answer",
            "detail": "The connection failed, or the answer did not come in time.",
            "curl": curl_of(case),
        }
    )


@schemathesis.hook
def filter_failure(context, failure, case, response):
    if is_by_design(failure, case, response):
        return False
    write(
        {
            "kind": "finding",
            "operation": case.operation.label,
            "check": failure.checks[0] if failure.checks else type(failure).__name__,
            "title": failure.title,
            "detail": failure.message,
            "status": response.status_code,
            "phase": phase_of(case),
            "curl": curl_of(case, own_headers(response)),
        }
    )
    return True


def curl_of(case, headers=None):
    try:
        return case.as_curl_command(headers=headers)
    except (TypeError, ValueError, UnicodeError) as error:
        # A request that was cut short by its very oddity must not cost the finding.
        return f"no curl line: {type(error).__name__}"


def own_headers(response):
    noise = {"user-agent", "accept-encoding", "connection", "content-length", "host", "x-schemathesis-testcaseid"}
    return {name: value for name, value in response.request.headers.items() if name.lower() not in noise}


# Refusals of well-formed requests that no JSON Schema can foresee, each for its reason.
REFUSED_BY_DESIGN = {
    # If-Match with a tag that does not hold.
    412,
    # A made-up Idempotency-Key that an earlier case has used for another request.
    422,
}


# Routes whose bodies hold a whole message, or name one that is kept: it may break its own contract, by its type.
OF_WHOLE_MESSAGES = {
    "POST /v1/topics/{topic}/messages",
    "POST /v1/dead-letters/{letterId}/redrive",
    "POST /v1/dead-letters/{letterId}/edit",
}


def is_by_design(failure, case, response):
    kind = type(failure).__name__
    if kind == "RejectedPositiveData":
        is_of_message = case.operation.label in OF_WHOLE_MESSAGES and response.status_code == 400
        return is_of_message or response.status_code in REFUSED_BY_DESIGN
    # Null in an optional field means missing, as many languages write it.
    return kind == "AcceptedNegativeData" and is_valid_without_nulls(case)


def is_valid_without_nulls(case):
    if not isinstance(case.body, (dict, list)) or any(
        not is_meant_valid(case, location)
        for location in (ParameterLocation.PATH, ParameterLocation.QUERY, ParameterLocation.HEADER)
    ):
        return False
    alternative = case.operation.get_body_for_media_type(case.media_type)
    if alternative is None:
        return False
    kind = case.operation.schema.adapter.jsonschema_validator_cls
    return make_validator(alternative.validation_schema, kind).is_valid(without_nulls(case.body))


def without_nulls(value):
    if isinstance(value, dict):
        return {name: without_nulls(part) for name, part in value.items() if part is not None}
    if isinstance(value, list):
        return [without_nulls(part) for part in value]
    return value
