"""Corrections of EC2."""

from __future__ import annotations

import re
from typing import Any

from ..aws import alb, ec2, wrap


def instance_interfaces() -> None:
    """EC2: DescribeInstances answers no network interfaces

    networkInterfaceSet of an instance is missing. AWS answers the interfaces with their addresses, prefixes and security groups.

    The AWS Load Balancer Controller finds there which security group of a pod's node it must open.
    """

    @wrap(ec2, "_instance_xml")
    def xml(original: Any, instance: Any) -> Any:
        groups = "".join(
            f"<item><groupId>{group['GroupId']}</groupId><groupName>{group['GroupName']}</groupName></item>"
            for group in instance.get("SecurityGroups", [])
        )
        prefixes = "".join(
            f"<item><ipv4Prefix>{prefix}</ipv4Prefix></item>" for prefix in instance.get("_prefixes", ())
        )
        address = instance["PrivateIpAddress"]
        name = instance["InstanceId"].replace("i-", "eni-", 1)
        interface = (
            f"<networkInterfaceSet><item><networkInterfaceId>{name}</networkInterfaceId>"
            f"<subnetId>{instance['SubnetId']}</subnetId><vpcId>{instance['VpcId']}</vpcId><status>in-use</status>"
            f"<privateIpAddress>{address}</privateIpAddress><groupSet>{groups}</groupSet>"
            "<attachment><deviceIndex>0</deviceIndex><status>attached</status></attachment>"
            f"<privateIpAddressesSet><item><privateIpAddress>{address}</privateIpAddress><primary>true</primary></item>"
            f"</privateIpAddressesSet><ipv4PrefixSet>{prefixes}</ipv4PrefixSet></item></networkInterfaceSet>"
        )
        return original(instance).removesuffix("</item>") + interface + "</item>"


def zones_of_the_region() -> None:
    """EC2: us-east-1 has three availability zones

    DescribeAvailabilityZones answers a, b and c in every region. AWS has six there, of which EKS takes all but use1-az3.

    A cluster can't have three zones there.
    """

    @wrap(ec2, "_describe_availability_zones")
    def describe(original: Any, params: Any) -> Any:
        status, headers, body = original(params)
        region, text = ec2.get_region(), _text(body)
        first = re.search(r"<item>.*?</item>", text, flags=re.DOTALL)
        if status != 200 or region != "us-east-1" or first is None:
            return status, headers, body
        known = f"{region}a"
        further = [
            first[0].replace(known, name).replace(ec2._az_id_for_zone_name(known), ec2._az_id_for_zone_name(name))
            for name in (f"{region}{letter}" for letter in "def")
        ]
        return (
            status,
            headers,
            text.replace("</availabilityZoneInfo>", f"{''.join(further)}</availabilityZoneInfo>").encode(),
        )


def zones_asked_for() -> None:
    """EC2: DescribeAvailabilityZones ignores the zones that are asked for

    ZoneId.N and ZoneName.N change nothing: all zones are answered. AWS answers those alone.

    The AWS Load Balancer Controller asks for one zone by its id, takes the first answer, and panics.
    """

    @wrap(ec2, "_describe_availability_zones")
    def describe(original: Any, params: Any) -> Any:
        status, headers, body = original(params)
        asked = ec2._parse_member_list(params, "ZoneId") + ec2._parse_member_list(params, "ZoneName")
        if status != 200 or not asked:
            return status, headers, body

        def kept(item: re.Match[str]) -> str:
            return item[0] if any(f">{zone}<" in item[0] for zone in asked) else ""

        return status, headers, re.sub(r"<item>.*?</item>", kept, _text(body), flags=re.DOTALL).encode()


def _text(body: Any) -> str:
    return body.decode() if isinstance(body, bytes) else str(body)


def rules_are_revoked() -> None:
    """EC2: a rule from a security group can't be revoked as it is described

    RevokeSecurityGroupIngress with UserIdGroupPairs as DescribeSecurityGroups answers them (with UserId and Description) succeeds
    and changes nothing. AWS compares the group alone.

    The AWS Load Balancer Controller never gets rid of a rule, and its security group can't be deleted.
    """

    @wrap(ec2, "_strip_descriptions")
    def strip(original: Any, rule: Any) -> Any:
        rule = original(rule)
        rule["UserIdGroupPairs"] = [
            pair.get("GroupId") or pair.get("GroupName") if isinstance(pair, dict) else pair
            for pair in rule.get("UserIdGroupPairs", [])
        ]
        rule["PrefixListIds"] = [
            {key: value for key, value in entry.items() if key != "Description"}
            for entry in rule.get("PrefixListIds", [])
            if isinstance(entry, dict)
        ]
        return rule


def _refused(message: str) -> Any:
    return ec2._error("DependencyViolation", message, 400)


def _living() -> list[Any]:
    return [found for found in ec2._instances.values() if found["State"]["Name"] != "terminated"]


def group_dependencies() -> None:
    """EC2: a security group in use can be deleted

    DeleteSecurityGroup succeeds for a group of a load balancer or an instance, or one that a rule of another group names. AWS
    answers DependencyViolation.

    The order of a destroy can't be tested.
    """

    @wrap(ec2, "_delete_security_group")
    def delete(original: Any, params: Any) -> Any:
        name = ec2._p(params, "GroupId")
        used = (
            any(name in balancer.get("SecurityGroups", []) for balancer in alb._lbs.values())
            or any(group["GroupId"] == name for found in _living() for group in found.get("SecurityGroups", []))
            or any(
                pair.get("GroupId") == name
                for group in ec2._security_groups.values()
                if group["GroupId"] != name
                for rule in group["IpPermissions"] + group["IpPermissionsEgress"]
                for pair in rule.get("UserIdGroupPairs", [])
            )
        )
        return _refused(f"resource {name} has a dependent object") if used else original(params)


def subnet_dependencies() -> None:
    """EC2: a subnet of a load balancer or an instance can be deleted

    DeleteSubnet succeeds. AWS answers DependencyViolation.

    The order of a destroy can't be tested.
    """

    @wrap(ec2, "_delete_subnet")
    def delete(original: Any, params: Any) -> Any:
        name = ec2._p(params, "SubnetId")
        used = any(name in balancer.get("Subnets", []) for balancer in alb._lbs.values())
        if used or any(found["SubnetId"] == name for found in _living()):
            return _refused(f"The subnet '{name}' has dependencies and cannot be deleted.")
        return original(params)


def gateway_dependencies() -> None:
    """EC2: the gateway of a public load balancer can be detached

    DetachInternetGateway succeeds while a load balancer in the VPC faces the Internet. AWS answers DependencyViolation.

    The order of a destroy can't be tested.
    """

    @wrap(ec2, "_detach_internet_gateway")
    def detach(original: Any, params: Any) -> Any:
        vpc = ec2._p(params, "VpcId")
        if any(found["VpcId"] == vpc and found["Scheme"] == "internet-facing" for found in alb._lbs.values()):
            return _refused(
                f"Network {vpc} has some mapped public address(es). Please unmap those public address(es) before "
                "detaching the gateway."
            )
        return original(params)


def vpc_endpoints() -> None:
    """EC2: security groups and private DNS of a VPC endpoint are forgotten

    DescribeVpcEndpoints answers an interface endpoint without groupSet, and privateDnsEnabled as it likes. AWS answers what was
    given.

    A second plan of Terraform wants to change each interface endpoint.
    """

    @wrap(ec2, "_create_vpc_endpoint")
    def create(original: Any, params: Any) -> Any:
        before = set(ec2._vpc_endpoints)
        response = original(params)
        for name in set(ec2._vpc_endpoints) - before:
            endpoint = ec2._vpc_endpoints[name]
            endpoint["_groups"] = ec2._parse_member_list(params, "SecurityGroupId")
            endpoint["_dns"] = ec2._p(params, "PrivateDnsEnabled") or "false"
            xml = ec2._vpce_fields_xml(endpoint, tag="vpcEndpoint")
            return ec2._xml(200, "CreateVpcEndpointResponse", xml)
        return response

    @wrap(ec2, "_modify_vpc_endpoint")
    def modify(original: Any, params: Any) -> Any:
        endpoint = ec2._vpc_endpoints.get(ec2._p(params, "VpcEndpointId"))
        if endpoint:
            removed = ec2._parse_member_list(params, "RemoveSecurityGroupId")
            kept = [group for group in endpoint.get("_groups", []) if group not in removed]
            endpoint["_groups"] = kept + ec2._parse_member_list(params, "AddSecurityGroupId")
            endpoint["_dns"] = ec2._p(params, "PrivateDnsEnabled") or endpoint.get("_dns", "false")
        return original(params)

    @wrap(ec2, "_vpce_fields_xml")
    def xml(original: Any, endpoint: Any, tag: str = "item") -> Any:
        text = original(endpoint, tag=tag)
        if endpoint["VpcEndpointType"] == "Gateway":
            return text
        groups = "".join(f"<item><groupId>{group}</groupId></item>" for group in endpoint.get("_groups", []))
        forgotten = r"<groupSet>.*?</groupSet>|<groupSet/>|<privateDnsEnabled>[^<]*</privateDnsEnabled>"
        return re.sub(forgotten, "", text, flags=re.DOTALL).rstrip().removesuffix(f"</{tag}>") + (
            f"<groupSet>{groups}</groupSet><privateDnsEnabled>{endpoint.get('_dns', 'false')}</privateDnsEnabled></{tag}>"
        )


FLOW_LOG_FORMAT = (
    "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} "
    "${packets} ${bytes} ${start} ${end} ${action} ${log-status}"
)


def flow_logs() -> None:
    """EC2: role, interval, format and tags of a flow log are forgotten

    DescribeFlowLogs answers neither DeliverLogsPermissionArn nor MaxAggregationInterval nor LogFormat, and no tags, which are given
    for the resource type vpc-flow-log. AWS answers all.

    A second plan of Terraform wants to replace each flow log.
    """

    @wrap(ec2, "_create_flow_logs")
    def create(original: Any, params: Any) -> Any:
        before = set(ec2._flow_logs)
        response = original(params)
        for name in set(ec2._flow_logs) - before:
            ec2._flow_logs[name]["_more"] = {
                "deliverLogsPermissionArn": ec2._p(params, "DeliverLogsPermissionArn"),
                "maxAggregationInterval": ec2._p(params, "MaxAggregationInterval") or "600",
                "logFormat": ec2._p(params, "LogFormat") or FLOW_LOG_FORMAT,
            }
        return response

    @wrap(ec2, "_describe_flow_logs")
    def describe(original: Any, params: Any) -> Any:
        status, headers, body = original(params)
        text = _text(body)
        for name, found in ec2._flow_logs.items():
            more = "".join(f"<{key}>{value}</{key}>" for key, value in found.get("_more", {}).items() if value)
            text = text.replace(f"<flowLogId>{name}</flowLogId>", f"<flowLogId>{name}</flowLogId>{more}")
        return status, headers, text.encode()

    @wrap(ec2, "_parse_tag_specs")
    def tags(original: Any, params: Any, resource_type: str, resource_id: str) -> Any:
        return original(params, "vpc-flow-log" if resource_type == "flow-log" else resource_type, resource_id)


def egress_description() -> None:
    """EC2: what is said of the egress rule that every group begins with is forgotten

    AuthorizeSecurityGroupEgress for all traffic to everywhere, with a description or tags, on a new group keeps the rule that was
    there without them. With Terraform, which revokes that rule first, AWS has the new one.
    """

    @wrap(ec2, "_authorize_sg_egress")
    def authorize(original: Any, params: Any) -> Any:
        group = ec2._security_groups.get(ec2._p(params, "GroupId"))
        for rule in ec2._parse_ip_permissions(params, "IpPermissions") if group else []:
            group["IpPermissionsEgress"] = [
                found for found in group["IpPermissionsEgress"] if not ec2._rules_match(rule, found)
            ]
        return original(params)


def launch_template_interfaces() -> None:
    """EC2: DeleteOnTermination and groups of a launch template's interface are lost

    DescribeLaunchTemplateVersions answers network interfaces without deleteOnTermination, and their groups as `item` in groupSet,
    which no client reads. AWS answers the first as it was given, and the others as `groupId`.

    A second plan of Terraform wants to change each launch template that has interfaces.
    """

    @wrap(ec2, "_parse_lt_data")
    def parse(original: Any, params: Any, prefix: str = "LaunchTemplateData") -> Any:
        data = original(params, prefix)
        for number, interface in enumerate(data.get("NetworkInterfaces", []), 1):
            interface["_delete"] = ec2._p(params, f"{prefix}.NetworkInterface.{number}.DeleteOnTermination")
        return data

    @wrap(ec2, "_lt_data_xml")
    def xml(original: Any, data: Any) -> Any:

        def groups(found: re.Match[str]) -> str:
            return found[0].replace("item>", "groupId>")

        text = re.sub(r"<groupSet>.*?</groupSet>", groups, original(data))
        for interface in data.get("NetworkInterfaces", []):
            if interface.get("_delete"):
                index = f"<deviceIndex>{interface.get('DeviceIndex')}</deviceIndex>"
                delete = f"<deleteOnTermination>{interface['_delete']}</deleteOnTermination>"
                text = text.replace(index, index + delete)
        return text


def nat_gateway_addresses() -> None:
    """EC2: DescribeNatGateways answers no addresses

    natGatewayAddressSet is empty. AWS answers the address that the gateway was made with, by its allocation id.

    Terraform can't import a NAT gateway: its allocation is unknown then, and the plan replaces it.
    """

    @wrap(ec2, "_describe_nat_gateways")
    def describe(original: Any, params: Any) -> Any:
        status, headers, body = original(params)

        def addresses(found: re.Match[str]) -> str:
            gateway = ec2._nat_gateways.get(found[2], {})
            allocation = gateway.get("AllocationId")
            if not allocation:
                return found[0]
            public = ec2._addresses.get(allocation, {}).get("PublicIp", "")
            item = (
                f"<item><allocationId>{allocation}</allocationId><publicIp>{public}</publicIp>"
                "<isPrimary>true</isPrimary><status>succeeded</status></item>"
            )
            return f"{found[1]}<natGatewayAddressSet>{item}</natGatewayAddressSet>"

        pattern = r"(<natGatewayId>([^<]*)</natGatewayId>(?:(?!<natGatewayId>).)*?)<natGatewayAddressSet/>"
        return status, headers, re.sub(pattern, addresses, body.decode(), flags=re.S).encode()
