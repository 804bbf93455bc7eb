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
    if case.headers and not case.meta.is_negative_at(ParameterLocation.HEADER):
        if "Idempotency-Key" in case.headers:
            case.headers["Idempotency-Key"] = str(uuid.uuid4())
        case.headers.pop("If-Match", None)


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
