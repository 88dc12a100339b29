"""Corrections of EKS."""

from __future__ import annotations

import json
import logging
import random
import re
import secrets
import types
from typing import Any

from .. import clusters, nodes
from ..aws import ec2, eks, wrap

log = logging.getLogger("sandbox")


def cluster_settings() -> None:
    """EKS: support type, zonal shift and deletion protection of a cluster are forgotten

    DescribeCluster answers neither upgradePolicy nor zonalShiftConfig nor deletionProtection. AWS answers what was given, and
    supportType EXTENDED where nothing was.

    A second plan of Terraform wants to change each cluster.
    """

    @wrap(eks, "_create_cluster")
    def create(original: Any, body: Any, creator_arn: Any = None) -> Any:
        response = original(body, creator_arn)
        if response[0] != 200:
            return response
        record = eks._clusters[body["name"]]
        record["upgradePolicy"] = body.get("upgradePolicy") or {"supportType": "EXTENDED"}
        record.update({key: body[key] for key in ("zonalShiftConfig", "deletionProtection") if key in body})
        return eks._json_resp(200, {"cluster": eks._sanitize(record)})


def cluster_network() -> None:
    """EKS: the cluster's security group does not exist, and its VPC is made up

    CreateCluster answers a clusterSecurityGroupId that EC2 doesn't know, and vpcId vpc-00000000. AWS makes the group in the VPC of
    the subnets, tags it `kubernetes.io/cluster/<name>: owned`, lets its members reach each other, and deletes it with the cluster.
    DeleteCluster also succeeds while node groups are there, where AWS answers ResourceInUseException.

    Rules for the nodes are written on that group, and the AWS Load Balancer Controller finds it by the tag.
    """

    @wrap(eks, "_create_cluster")
    def create(original: Any, body: Any, creator_arn: Any = None) -> Any:
        response = original(body, creator_arn)
        if response[0] != 200:
            return response
        record = eks._clusters[body["name"]]
        network = record["resourcesVpcConfig"]
        subnet = ec2._subnets.get((network["subnetIds"] or [""])[0]) or {}
        network["vpcId"] = subnet.get("VpcId", network["vpcId"])
        network["clusterSecurityGroupId"] = _make_cluster_group(record["name"], network["vpcId"])
        return eks._json_resp(200, {"cluster": eks._sanitize(record)})

    @wrap(eks, "_delete_cluster")
    def delete(original: Any, name: str) -> Any:
        record = eks._clusters.get(name)
        if record and any(key.startswith(f"{name}/") for key in eks._nodegroups):
            return eks._error(409, "ResourceInUseException", "Cluster has nodegroups attached")
        response = original(name)
        if record and response[0] == 200:
            group = record["resourcesVpcConfig"]["clusterSecurityGroupId"]
            if ec2._delete_security_group({"GroupId": [group]})[0] != 200:
                log.warning("security group %s of cluster %s stays: it is still in use", group, name)
        return response


def _make_cluster_group(cluster: str, vpc: str) -> str:
    name = f"eks-cluster-sg-{cluster}-{random.randrange(10**9)}"
    description = (
        "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any "
        "managed workloads."
    )
    ec2._create_security_group({"GroupName": [name], "VpcId": [vpc], "GroupDescription": [description]})
    group = next(found for found in ec2._security_groups.values() if found["GroupName"] == name)
    identifier: str = group["GroupId"]
    group["IpPermissions"].append(
        {
            "IpProtocol": "-1",
            "IpRanges": [],
            "Ipv6Ranges": [],
            "PrefixListIds": [],
            "UserIdGroupPairs": [{"GroupId": identifier, "UserId": group["OwnerId"]}],
        }
    )
    ec2._tags[identifier] = [
        {"Key": "Name", "Value": name},
        {"Key": "aws:eks:cluster-name", "Value": cluster},
        {"Key": f"kubernetes.io/cluster/{cluster}", "Value": "owned"},
    ]
    return identifier


def node_group_settings() -> None:
    """EKS: launch template and update settings of a node group are forgotten

    DescribeNodegroup answers neither launchTemplate nor updateConfig nor nodeRepairConfig, and diskSize where a launch template has
    it. AWS answers what was given.

    A second plan of Terraform wants to replace each node group with a launch template.
    """

    @wrap(eks, "_create_nodegroup")
    def create(original: Any, cluster: str, body: Any) -> Any:
        response = original(cluster, body)
        if response[0] != 200:
            return response
        record = eks._nodegroups[f"{cluster}/{body['nodegroupName']}"]
        record["updateConfig"] = body.get("updateConfig") or {"maxUnavailable": 1}
        if "nodeRepairConfig" in body:
            record["nodeRepairConfig"] = body["nodeRepairConfig"]
        if body.get("launchTemplate"):
            record["launchTemplate"] = body["launchTemplate"]
            record.pop("diskSize", None)
        return eks._json_resp(200, {"nodegroup": record})


def updates() -> None:
    """EKS: clusters and node groups can't be updated

    UpdateClusterConfig, UpdateClusterVersion, UpdateNodegroupConfig, UpdateNodegroupVersion and DescribeUpdate are unknown. AWS
    changes what is given, and answers the update as Successful in the end.

    Every later change of a cluster fails in Terraform.
    """
    paths = re.compile(r"/clusters/([^/]+)(?:/node-groups/([^/]+))?/(update-config|update-version|updates)(/[^/]+)?")

    @wrap(eks, "_handle_request_sync")
    def handle(original: Any, method: str, path: str, headers: Any, body: Any, query: Any) -> Any:
        found = paths.fullmatch(path)
        if not found:
            return original(method, path, headers, body, query)
        cluster, group, what = found[1], found[2], found[3]
        record = eks._nodegroups.get(f"{cluster}/{group}") if group else eks._clusters.get(cluster)
        if not record:
            return original(method, path, headers, body, query)
        if method == "POST":
            given = json.loads(body or b"{}")
            if what == "update-version":
                given = {key: given[key] for key in ("version", "releaseVersion", "launchTemplate") if given.get(key)}
            _merge(record, given)
            if not group:
                _upgrade(record, given)
            elif what == "update-version":
                nodes.replace(record)
            else:
                nodes.settle(record)
        update = {
            "id": eks.new_uuid(),
            "status": "Successful",
            "type": "ConfigUpdate" if what == "update-config" else "VersionUpdate",
            "params": [],
            "errors": [],
            "createdAt": eks._now(),
        }
        return eks._json_resp(200, {"update": update})


def _upgrade(record: dict[str, Any], given: dict[str, Any]) -> None:
    plane = clusters.plane_of(record)
    if plane is not None and "version" in given:
        plane.upgrade()


def _merge(record: dict[str, Any], given: dict[str, Any]) -> None:
    changes = given.get("labels", {})
    if "addOrUpdateLabels" in changes or "removeLabels" in changes:
        labels = {**record.get("labels", {}), **changes.get("addOrUpdateLabels", {})}
        given = {**given, "labels": {}}
        record["labels"] = {key: value for key, value in labels.items() if key not in changes.get("removeLabels", [])}
    for key, value in given.items():
        if isinstance(value, dict) and isinstance(record.get(key), dict):
            record[key].update(value)
        elif key != "clientRequestToken":
            record[key] = value


def node_group_instances() -> None:
    """EKS: a node group has no instances, and none joins the cluster

    After CreateNodegroup there is no instance in EC2 and no node in the cluster. AWS launches desiredSize instances into the
    subnets, tagged for cluster and node group, and follows desiredSize.

    No pod can run.
    """

    @wrap(eks, "_create_nodegroup")
    def create(original: Any, cluster: str, body: Any) -> Any:
        response = original(cluster, body)
        if response[0] == 200:
            nodes.settle(eks._nodegroups[f"{cluster}/{body['nodegroupName']}"])
        return response

    @wrap(eks, "_delete_nodegroup")
    def delete(original: Any, cluster: str, name: str) -> Any:
        group = eks._nodegroups.get(f"{cluster}/{name}")
        if group:
            nodes.remove(group)
        return original(cluster, name)


def tokens_for_the_endpoint() -> None:
    """EKS: a token signed for the emulator's own address is refused

    A client that follows AWS_ENDPOINT_URL signs the token of `aws eks get-token` for the emulator's host; only STS's own host is
    accepted. AWS has one host for both, so that its clients never come to this.

    Nobody gets into the cluster who points the AWS CLI at the emulator.
    """

    @wrap(eks, "_decode_aws_iam_token")
    def decode(original: Any, token: Any) -> Any:
        decoded = original(token)
        if not decoded or decoded[0].hostname != "localhost":
            return decoded
        url, query = decoded
        region = (eks._qp(query, "X-Amz-Credential").split("/") + [""] * 3)[2]
        host = f"sts.{region}.amazonaws.com"
        return types.SimpleNamespace(netloc=url.netloc, path=url.path, hostname=host), query


def tokens_are_checked() -> None:
    """EKS: without AUTH=true every bearer token is a cluster administrator's

    The token webhook answers system:masters to any text. AWS knows the signed tokens of principals that have an access entry, and
    their groups and policies alone, whatever else is enforced.
    """

    @wrap(eks, "_authenticate_token_review")
    def authenticate(original: Any, cluster: str, account: Any, region: Any, review: Any, secret: str = "") -> Any:
        refused = eks._token_review_response(review)
        token = (review.get("spec") or {}).get("token")
        found = eks._cluster_for_auth(cluster, account, region)
        if not isinstance(token, str) or not found:
            return refused
        account, region, record = found
        if not secret or not secrets.compare_digest(secret, record.get("_auth_token") or ""):
            return refused
        caller = eks._verify_eks_token(token, cluster)
        entry = caller and eks._access_entry_for_principal(cluster, account, region, caller.principal_arn)
        if not entry:
            return refused
        principal = entry["principalArn"]
        policies = [
            eks._access_policy_group(cluster, principal, policy)
            for owner, policy, _ in eks._access_policy_associations(cluster, account, region)
            if owner == principal
        ]
        return eks._token_review_response(
            review,
            authenticated=True,
            username=entry.get("username") or caller.principal_arn,
            uid=caller.principal_id or caller.principal_arn,
            groups=["system:authenticated", *(entry.get("kubernetesGroups") or []), *policies],
        )
