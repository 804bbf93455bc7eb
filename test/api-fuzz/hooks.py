"""What schemathesis has to know of the platform: who calls each operation, and what exists. Given in WAYBILL_FUZZ as JSON."""
import json
import os
import uuid

import schemathesis
from schemathesis.core.parameters import ParameterLocation

GIVEN = json.loads(os.environ["WAYBILL_FUZZ"])


@schemathesis.hook
def before_call(context, case, kwargs):
    """Requests are about things that exist, and none repeats the key or depends on the version of another one."""
    if case.path_parameters and not case.meta.is_negative_at(ParameterLocation.PATH):
        known = GIVEN["task" if "taskId" in case.path_parameters else "parameters"]
        for name in case.path_parameters:
            case.path_parameters[name] = known.get(name, case.path_parameters[name])
    # In every scenario that is about something else the coverage phase sends 0, which is no ETag, and text that is no cursor: nothing
    # else of such a request would be looked at.
    about = getattr(case.meta.phase.data, "parameter", None)
    if is_free(case, "If-Match", about):
        case.headers.pop("If-Match", None)
    if is_free(case, "Idempotency-Key", about) and "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    if about is not None and about != "cursor" and case.query:
        case.query.pop("cursor", None)
    # Settings at their limits would slow down everything that comes after them.
    if case.operation.path.endswith("/configuration") and isinstance(case.body, dict) and case.body.get("dryRun", False) is False:
        case.body["dryRun"] = True


def is_free(case, name, about):
    """Whether the request is not about this header."""
    return bool(case.headers) and (about != name if about is not None else not case.meta.is_negative_at(ParameterLocation.HEADER))


@schemathesis.auth(refresh_interval=None)
class Caller:
    """An operator with all scopes where operators are admitted, otherwise a customer."""

    def get(self, case, context):
        admitted = case.operation.definition.raw.get("security")
        if not admitted:
            return None
        roles = [role for requirement in admitted for role in requirement.get("token", [])]
        return GIVEN["operator" if "operator" in roles else "customer"]

    def set(self, case, data, context):
        case.headers = case.headers or {}
        case.headers["Authorization"] = data
