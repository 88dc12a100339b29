"""Corrections of Elastic Load Balancing."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

from ..aws import alb, ec2, wrap


def _members(params: dict[str, Any], prefix: str) -> list[int]:
    """The numbers used in prefix.member.N."""
    pattern = re.compile(re.escape(prefix) + r"\.member\.(\d+)(\.|$)")
    return sorted({int(found[1]) for key in params if (found := pattern.match(key))})


def _subnet(name: str) -> dict[str, Any]:
    found: dict[str, Any] = ec2._subnets.get(name) or {}
    return found


def forward_config() -> None:
    """ELBv2: ForwardConfig of an action is lost

    CreateListener, CreateRule and ModifyRule with an action `forward` whose target groups are in ForwardConfig keep nothing of
    it: DescribeRules answers no target group, and a request answers 502. AWS keeps TargetGroups with their weights and the
    stickiness, gives back ForwardConfig also for an action that had TargetGroupArn alone, and spreads requests by weight.

    The AWS Load Balancer Controller and Terraform's aws_lb_listener_rule write ForwardConfig.
    """

    @wrap(alb, "_parse_actions")
    def parse(original: Any, params: Any, prefix: str = "DefaultActions") -> Any:
        actions = original(params, prefix)
        for number, action in zip(_members(params, prefix), actions, strict=False):
            if action["Type"] != "forward":
                continue
            base = f"{prefix}.member.{number}.ForwardConfig"
            groups = [
                {
                    "TargetGroupArn": alb._p(params, f"{base}.TargetGroups.member.{n}.TargetGroupArn"),
                    "Weight": int(alb._p(params, f"{base}.TargetGroups.member.{n}.Weight", "1") or 1),
                }
                for n in _members(params, f"{base}.TargetGroups")
            ]
            if not groups and action.get("TargetGroupArn"):
                groups = [{"TargetGroupArn": action["TargetGroupArn"], "Weight": 1}]
            stickiness = f"{base}.TargetGroupStickinessConfig"
            action["ForwardConfig"] = {
                "TargetGroups": groups,
                "Stickiness": alb._p(params, f"{stickiness}.Enabled", "false"),
                "Duration": alb._p(params, f"{stickiness}.DurationSeconds", ""),
            }
            if len(groups) == 1:
                action["TargetGroupArn"] = groups[0]["TargetGroupArn"]
            else:
                action.pop("TargetGroupArn", None)
        return actions

    @wrap(alb, "_action_xml")
    def xml(original: Any, action: Any) -> Any:
        text, config = original(action), action.get("ForwardConfig")
        if not config:
            return text
        groups = "".join(
            f"<member><TargetGroupArn>{g['TargetGroupArn']}</TargetGroupArn><Weight>{g['Weight']}</Weight></member>"
            for g in config["TargetGroups"]
        )
        duration = f"<DurationSeconds>{config['Duration']}</DurationSeconds>" if config["Duration"] else ""
        return text.removesuffix("</member>") + (
            f"<ForwardConfig><TargetGroups>{groups}</TargetGroups><TargetGroupStickinessConfig>"
            f"<Enabled>{config['Stickiness']}</Enabled>{duration}</TargetGroupStickinessConfig></ForwardConfig></member>"
        )

    @wrap(alb, "_execute_actions")
    async def execute(original: Any, actions: Any, *args: Any, **kwargs: Any) -> Any:
        chosen = []
        for action in actions:
            groups = (action.get("ForwardConfig") or {}).get("TargetGroups")
            if groups and not action.get("TargetGroupArn"):
                weights = [group["Weight"] for group in groups]
                group = random.choices(groups, weights if any(weights) else None)[0]
                chosen.append({**action, "TargetGroupArn": group["TargetGroupArn"]})
            else:
                chosen.append(action)
        return await original(chosen, *args, **kwargs)


def subnet_mappings() -> None:
    """ELBv2: CreateLoadBalancer ignores SubnetMappings

    A load balancer made with SubnetMappings has no subnets in DescribeLoadBalancers. AWS takes the subnets from there.

    The AWS Load Balancer Controller gives SubnetMappings only, and then replaces the load balancer for ever.
    """

    @wrap(alb, "_create_lb")
    def create(original: Any, params: Any) -> Any:
        given = dict(params)
        for number in _members(params, "SubnetMappings"):
            given[f"Subnets.member.{number}"] = params[f"SubnetMappings.member.{number}.SubnetId"]
        return original(given)


def load_balancer_facts() -> None:
    """ELBv2: VPC, zones and the ARN of a network load balancer are made up

    CreateLoadBalancer answers VpcId vpc-00000001 whatever subnets were given, calls every zone the region's first, and gives a
    network load balancer an ARN with `loadbalancer/app/`. EnablePrefixForIpv6SourceNat is forgotten. AWS takes VPC and zones from
    the subnets, writes `loadbalancer/net/`, and answers what was given.

    Clients compare the VPC of load balancer and target group, and tell the type by the ARN.
    """

    @wrap(alb, "_create_lb")
    def create(original: Any, params: Any) -> Any:
        response = original(params)
        if response[0] != 200:
            return response
        balancer = alb._find_lb_by_name(alb._p(params, "Name"))
        balancer["_more"] = {
            name: alb._p(params, name) for name in ("EnablePrefixForIpv6SourceNat",) if alb._p(params, name)
        }
        balancer["VpcId"] = _subnet((balancer["Subnets"] or [""])[0]).get("VpcId", balancer["VpcId"])
        if balancer["Type"] == "network":
            old = balancer["LoadBalancerArn"]
            balancer["LoadBalancerArn"] = new = old.replace(":loadbalancer/app/", ":loadbalancer/net/")
            for store in (alb._lbs, alb._tags, alb._lb_attrs):
                store[new] = store.pop(old)
        return alb._xml(200, "CreateLoadBalancer", f"<LoadBalancers>{alb._lb_xml(balancer)}</LoadBalancers>")

    @wrap(alb, "_lb_xml")
    def xml(original: Any, balancer: Any) -> Any:
        def zone(found: re.Match[str]) -> str:
            name = _subnet(found[1]).get("AvailabilityZone", "")
            return f"<ZoneName>{name}</ZoneName><SubnetId>{found[1]}</SubnetId>"

        text = re.sub(r"<ZoneName>[^<]*</ZoneName><SubnetId>([^<]*)</SubnetId>", zone, original(balancer))
        more = "".join(f"<{name}>{value}</{name}>" for name, value in balancer.get("_more", {}).items())
        return text.removesuffix("</member>") + more + "</member>"


def deletion_protection() -> None:
    """ELBv2: a load balancer under deletion protection can be deleted, and its listeners stay

    DeleteLoadBalancer succeeds with deletion_protection.enabled=true, and listeners and rules of a deleted load balancer are
    still described. AWS answers OperationNotPermitted, and deletes listeners and rules with the load balancer.
    """

    @wrap(alb, "_delete_lb")
    def delete(original: Any, params: Any) -> Any:
        arn = alb._p(params, "LoadBalancerArn")
        if alb._lb_attr(arn, "deletion_protection.enabled", "false") == "true":
            message = f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
            return alb._error("OperationNotPermitted", message)
        for listener in [name for name, found in alb._listeners.items() if found["LoadBalancerArn"] == arn]:
            alb._delete_listener({"ListenerArn": [listener]})
        return original(params)


def target_group_facts() -> None:
    """ELBv2: protocol version and address type of a target group are forgotten, and a TCP health check has a path

    DescribeTargetGroups answers neither ProtocolVersion nor IpAddressType, and HealthCheckPath and Matcher for a health check
    over TCP. AWS answers the first two as they were given, and leaves the others out.

    The AWS Load Balancer Controller takes the difference for a change, and replaces the target group each time.
    """

    @wrap(alb, "_create_tg")
    def create(original: Any, params: Any) -> Any:
        response = original(params)
        if response[0] != 200:
            return response
        name = alb._p(params, "Name")
        group = next(found for found in alb._tgs.values() if found["TargetGroupName"] == name)
        if group["Protocol"] in ("HTTP", "HTTPS"):
            group["_version"] = alb._p(params, "ProtocolVersion") or "HTTP1"
        group["_addresses"] = alb._p(params, "IpAddressType") or "ipv4"
        return alb._xml(200, "CreateTargetGroup", f"<TargetGroups>{alb._tg_xml(group)}</TargetGroups>")

    @wrap(alb, "_tg_xml")
    def xml(original: Any, group: Any) -> Any:
        text = original(group)
        if group.get("HealthCheckProtocol") == "TCP":
            text = re.sub(r"<HealthCheckPath>[^<]*</HealthCheckPath>|<Matcher>.*?</Matcher>", "", text)
        version = f"<ProtocolVersion>{group['_version']}</ProtocolVersion>" if group.get("_version") else ""
        addresses = f"<IpAddressType>{group.get('_addresses', 'ipv4')}</IpAddressType>"
        return text.removesuffix("</member>") + f"{version}{addresses}</member>"


def _groups_of(actions: Any) -> Iterator[str]:
    for action in actions or ():
        if action.get("TargetGroupArn"):
            yield action["TargetGroupArn"]
        for group in (action.get("ForwardConfig") or {}).get("TargetGroups", ()):
            yield group["TargetGroupArn"]


def _load_balancers_of(group: str) -> list[str]:
    """The load balancers whose listeners or rules forward to a target group."""
    found: list[str] = []
    for listener in alb._listeners.values():
        rules = [rule for rule in alb._rules.values() if rule.get("ListenerArn") == listener["ListenerArn"]]
        actions = listener.get("DefaultActions", []) + [action for rule in rules for action in rule.get("Actions", [])]
        if group in _groups_of(actions) and listener["LoadBalancerArn"] not in found:
            found.append(listener["LoadBalancerArn"])
    return found


def target_group_load_balancers() -> None:
    """ELBv2: LoadBalancerArns of a target group misses what rules forward to

    DescribeTargetGroups answers LoadBalancerArns only for groups of a listener's default action. AWS counts rules as well.
    """

    @wrap(alb, "_tg_xml")
    def xml(original: Any, group: Any) -> Any:
        return original({**group, "LoadBalancerArns": _load_balancers_of(group["TargetGroupArn"])})

    @wrap(alb, "_describe_tgs")
    def describe(original: Any, params: Any) -> Any:
        for group in alb._tgs.values():
            group["LoadBalancerArns"] = _load_balancers_of(group["TargetGroupArn"])
        return original(params)


def target_group_in_use() -> None:
    """ELBv2: a target group that a listener or a rule forwards to can be deleted

    DeleteTargetGroup succeeds. AWS answers ResourceInUse.
    """

    @wrap(alb, "_delete_tg")
    def delete(original: Any, params: Any) -> Any:
        arn = alb._p(params, "TargetGroupArn")
        if _load_balancers_of(arn):
            message = f"Target group '{arn}' is currently in use by a listener or a rule"
            return alb._error("ResourceInUse", message)
        return original(params)


def targets_by_port() -> None:
    """ELBv2: one target can be registered with one port only

    RegisterTargets ignores a target whose id is registered with another port, and DeregisterTargets removes all ports of an id.
    AWS takes id and port together for the target.

    A change of a Service's port registers the same pods with another port while the old ones are still there.
    """

    def identity(target: dict[str, Any], group: dict[str, Any]) -> tuple[str, int]:
        return target["Id"], int(target.get("Port") or group.get("Port") or 80)

    @wrap(alb, "_register_targets")
    def register(original: Any, params: Any) -> Any:
        arn = alb._p(params, "TargetGroupArn")
        group = alb._tgs.get(arn)
        if group is None:
            return original(params)
        targets = alb._targets.setdefault(arn, [])
        there = {identity(target, group) for target in targets}
        for target in alb._parse_targets_param(params):
            if identity(target, group) not in there:
                there.add(identity(target, group))
                targets.append(target)
        return alb._empty("RegisterTargets")

    @wrap(alb, "_deregister_targets")
    def deregister(original: Any, params: Any) -> Any:
        arn = alb._p(params, "TargetGroupArn")
        group = alb._tgs.get(arn)
        if group is None:
            return original(params)
        gone = alb._parse_targets_param(params)
        all_ports = {target["Id"] for target in gone if not target.get("Port")}
        exact = {identity(target, group) for target in gone}
        alb._targets[arn] = [
            target
            for target in alb._targets.get(arn, [])
            if target["Id"] not in all_ports and identity(target, group) not in exact
        ]
        return alb._empty("DeregisterTargets")


def listener_certificates() -> None:
    """ELBv2: actions on the certificates of a listener are unknown

    AddListenerCertificates, RemoveListenerCertificates and DescribeListenerCertificates answer InvalidAction. AWS keeps further
    certificates of a listener beside its default one.

    The AWS Load Balancer Controller describes them for each HTTPS listener.
    """

    def xml(arn: str, default: bool) -> str:
        is_default = "true" if default else "false"
        return f"<member><CertificateArn>{arn}</CertificateArn><IsDefault>{is_default}</IsDefault></member>"

    def missing(params: Any) -> Any:
        return alb._error("ListenerNotFound", f"Listener '{alb._p(params, 'ListenerArn')}' not found.")

    def describe(params: Any) -> Any:
        listener = alb._listeners.get(alb._p(params, "ListenerArn"))
        if not listener:
            return missing(params)
        items = [xml(arn, True) for arn in listener.get("Certificates", [])]
        items += [xml(arn, False) for arn in listener.get("_certificates", [])]
        return alb._xml(200, "DescribeListenerCertificates", f"<Certificates>{''.join(items)}</Certificates>")

    def add(params: Any) -> Any:
        listener = alb._listeners.get(alb._p(params, "ListenerArn"))
        if not listener:
            return missing(params)
        given = alb._parse_certificate_arns(params)
        listener["_certificates"] = [*(a for a in listener.get("_certificates", []) if a not in given), *given]
        items = "".join(xml(arn, False) for arn in given)
        return alb._xml(200, "AddListenerCertificates", f"<Certificates>{items}</Certificates>")

    def remove(params: Any) -> Any:
        listener = alb._listeners.get(alb._p(params, "ListenerArn"))
        if not listener:
            return missing(params)
        given = alb._parse_certificate_arns(params)
        listener["_certificates"] = [a for a in listener.get("_certificates", []) if a not in given]
        return alb._empty("RemoveListenerCertificates")

    alb._ACTION_MAP["DescribeListenerCertificates"] = describe
    alb._ACTION_MAP["AddListenerCertificates"] = add
    alb._ACTION_MAP["RemoveListenerCertificates"] = remove


def capacity_reservation() -> None:
    """ELBv2: DescribeCapacityReservation is unknown

    It answers InvalidAction. AWS answers an empty reservation for a load balancer that has none.

    The AWS Load Balancer Controller asks after each load balancer that it makes.
    """

    def describe(params: Any) -> Any:
        body = "<DecreaseRequestsRemaining>2</DecreaseRequestsRemaining><CapacityReservationState/>"
        return alb._xml(200, "DescribeCapacityReservation", body)

    alb._ACTION_MAP["DescribeCapacityReservation"] = describe
