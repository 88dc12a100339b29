"""What the driver asks of the emulator beside AWS's own interface, in one document.

Load balancers are in the form in which the project previews them: field names of the ELBv2 API, listeners, rules and target groups
within them, and `Id` the name that the controller has for each, from its tags.
"""

from __future__ import annotations

from typing import Any

from . import load_balancing
from .aws import alb, ec2
from .clusters import planes

OWNERS = ("ingress.k8s.aws", "service.k8s.aws", "gateway.k8s.aws")


def document() -> dict[str, Any]:
    """Load balancers as they are now, the clusters, and what the controller has made."""
    groups = {group["TargetGroupArn"]: _target_group(group) for group in alb._tgs.values()}
    return {
        "Clusters": [
            {"Name": plane.name, "Kubeconfig": str(plane.folder / "admin.kubeconfig")} for plane in planes.values()
        ],
        "LoadBalancers": [_load_balancer(balancer, groups) for balancer in alb._lbs.values()],
        "TargetGroups": list(groups.values()),
        "SecurityGroups": [
            _security_group(group)
            for group in ec2._security_groups.values()
            if _owned(ec2._tags.get(group["GroupId"], []))
        ],
    }


def _owned(pairs: Any) -> bool:
    """Whether tags are the controller's; the group that all its load balancers share has only the cluster's."""
    keys = [pair["Key"] for pair in pairs or []]
    return any(key.split("/")[0] in OWNERS or key == "elbv2.k8s.aws/cluster" for key in keys)


def _mark(pairs: Any, name: str) -> str:
    """The controller's own name of a stack or of a resource in it."""
    for pair in pairs or []:
        owner, _, key = pair["Key"].partition("/")
        if owner in OWNERS and key == name:
            return str(pair["Value"])
    return ""


def _tags(pairs: Any) -> list[dict[str, str]]:
    """Tags without those by which the controller knows its own."""
    own = (*OWNERS, "elbv2.k8s.aws")
    kept = [pair for pair in pairs or [] if pair["Key"].split("/")[0] not in own]
    return _sorted(kept)


def _sorted(pairs: Any) -> list[dict[str, str]]:
    return sorted(({"Key": pair["Key"], "Value": pair["Value"]} for pair in pairs or []), key=lambda pair: pair["Key"])


def _load_balancer(balancer: dict[str, Any], groups: dict[str, dict[str, Any]]) -> dict[str, Any]:
    arn = balancer["LoadBalancerArn"]
    tags = alb._tags.get(arn, [])
    listeners = [found for found in alb._listeners.values() if found["LoadBalancerArn"] == arn]
    forwarded = {name for found in listeners for name in _forwarded(found)}
    managed = [
        _security_group(ec2._security_groups[name])
        for name in balancer.get("SecurityGroups", [])
        if _mark(ec2._tags.get(name, []), "resource") == "ManagedLBSecurityGroup"
    ]
    return {
        "Id": _mark(tags, "stack"),
        "LoadBalancerArn": arn,
        "LoadBalancerName": balancer["LoadBalancerName"],
        "DNSName": balancer["DNSName"],
        "Type": balancer["Type"],
        "Scheme": balancer["Scheme"],
        "IpAddressType": balancer["IpAddressType"],
        **balancer.get("_more", {}),
        "SubnetMappings": [{"SubnetId": subnet} for subnet in balancer["Subnets"]],
        "SecurityGroups": balancer.get("SecurityGroups", []),
        **({"ManagedSecurityGroup": managed[0]} if managed else {}),
        "Attributes": _sorted(alb._lb_attrs.get(arn, [])),
        "Tags": _tags(tags),
        "Listeners": [_listener(found, groups) for found in sorted(listeners, key=lambda each: each["Port"])],
        "TargetGroups": [group for name, group in groups.items() if name in forwarded],
    }


def _forwarded(listener: dict[str, Any]) -> list[str]:
    rules = [rule for rule in alb._rules.values() if rule["ListenerArn"] == listener["ListenerArn"]]
    actions = [*listener.get("DefaultActions", []), *(action for rule in rules for action in rule.get("Actions", []))]
    return [group["TargetGroupArn"] for action in actions for group in _tuples(action)]


def _tuples(action: dict[str, Any]) -> list[dict[str, Any]]:
    return (action.get("ForwardConfig") or {}).get("TargetGroups") or []


def _security_group(group: dict[str, Any]) -> dict[str, Any]:
    return {
        "GroupId": group["GroupId"],
        "GroupName": group["GroupName"],
        "Description": group["Description"],
        "IpPermissions": group["IpPermissions"],
        "Tags": _tags(ec2._tags.get(group["GroupId"], [])),
    }


def _listener(listener: dict[str, Any], groups: dict[str, dict[str, Any]]) -> dict[str, Any]:
    arn = listener["ListenerArn"]
    server = load_balancing.servers.get(arn)
    rules = [rule for rule in alb._rules.values() if rule["ListenerArn"] == arn and not rule.get("IsDefault")]
    # The controller adds the default certificate to the others once more.
    certificates = dict.fromkeys([*listener.get("Certificates", []), *listener.get("_certificates", [])])
    return {
        "ListenerArn": arn,
        "Port": listener["Port"],
        "Protocol": listener["Protocol"],
        "Certificates": [
            {"CertificateArn": name, "IsDefault": name in listener.get("Certificates", [])} for name in certificates
        ],
        **({"SslPolicy": listener["SslPolicy"]} if listener.get("SslPolicy") else {}),
        "Attributes": _sorted(alb._listener_attrs.get(arn, [])),
        "Tags": _tags(alb._tags.get(arn, [])),
        "DefaultActions": [_action(action, groups) for action in listener.get("DefaultActions", [])],
        "Rules": [
            {
                "Priority": int(rule["Priority"]),
                "Conditions": [_condition(condition) for condition in rule.get("Conditions", [])],
                "Actions": [_action(action, groups) for action in rule.get("Actions", [])],
                "Transforms": rule.get("Transforms", []),
                "Tags": _tags(alb._tags.get(rule["RuleArn"], [])),
            }
            for rule in sorted(rules, key=lambda each: int(each["Priority"]))
        ],
        # The port of loopback where it listens.
        "LocalPort": server.server_port if server else None,
    }


CONDITIONS = {
    "host-header": "HostHeaderConfig",
    "path-pattern": "PathPatternConfig",
    "http-request-method": "HttpRequestMethodConfig",
    "query-string": "QueryStringConfig",
    "source-ip": "SourceIpConfig",
}


def _condition(condition: dict[str, Any]) -> dict[str, Any]:
    """A condition as DescribeRules answers it; the emulator keeps values apart from their field's name."""
    field = condition["Field"]
    if field == "http-header":
        return {"Field": field, "HttpHeaderConfig": condition.get("HttpHeaderConfig")}
    values = condition.get("Values", [])
    if field == "query-string":
        values = [dict(zip(("Key", "Value"), value.split("=", 1), strict=False)) for value in values]
    return {"Field": field, CONDITIONS[field]: {"Values": values}}


def _action(action: dict[str, Any], groups: dict[str, dict[str, Any]]) -> dict[str, Any]:
    shown: dict[str, Any] = {
        key: action[key] for key in ("Type", "RedirectConfig", "FixedResponseConfig") if key in action
    }
    if action["Type"] == "forward":
        shown["ForwardConfig"] = {
            "TargetGroups": [
                {**group, "TargetGroup": groups.get(group["TargetGroupArn"], {}).get("Id", "")}
                for group in _tuples(action)
            ]
        }
    return shown


def _target_group(group: dict[str, Any]) -> dict[str, Any]:
    arn = group["TargetGroupArn"]
    tags = alb._tags.get(arn, [])
    copied = (
        "TargetGroupArn",
        "TargetGroupName",
        "TargetType",
        "Protocol",
        "Port",
        "HealthCheckPort",
        "HealthCheckProtocol",
        "HealthCheckPath",
        "HealthCheckIntervalSeconds",
        "HealthCheckTimeoutSeconds",
        "HealthyThresholdCount",
        "UnhealthyThresholdCount",
        "Matcher",
    )
    return {
        "Id": _mark(tags, "resource"),
        **{key: group[key] for key in copied},
        **({"ProtocolVersion": group["_version"]} if "_version" in group else {}),
        "IpAddressType": group.get("_addresses", "ipv4"),
        "Attributes": _sorted(alb._tg_attrs.get(arn, [])),
        "Tags": _tags(tags),
        "Targets": [
            {
                "Id": target["Id"],
                "Port": target.get("Port") or group["Port"],
                "State": load_balancing.health(target, group)[0],
            }
            for target in alb._targets.get(arn, [])
        ],
    }
