"""Nodes of managed node groups: instances in the emulated EC2, and nodes in the cluster that kwok keeps alive."""

from __future__ import annotations

import logging
import threading
import time
from ipaddress import ip_network
from typing import Any

from . import clusters
from .aws import ec2, eks
from .kubernetes import Api, ApiError, Object

log = logging.getLogger("sandbox")

JOIN_SECONDS = 120
DRAIN_SECONDS = 180
SIZE = {"cpu": "4", "memory": "8Gi", "pods": "50", "ephemeral-storage": "20Gi"}
_lock = threading.Lock()


def settle(group: dict[str, Any]) -> None:
    """Launches or ends instances until there are as many as the node group wants."""
    record, there = _of(group)
    wanted = int((group.get("scalingConfig") or {}).get("desiredSize", 1))
    _end(record, there[wanted:])
    joining = _launch_all(record, group, wanted - len(there))
    if joining:
        threading.Thread(target=_join, args=(record, joining), daemon=True).start()


def replace(group: dict[str, Any]) -> None:
    """Puts new instances in the place of all there are, each before an old one is drained, as an update of the version does."""
    record, there = _of(group)
    for instance in there:
        _join(record, _launch_all(record, group, 1))
        _end(record, [instance])


def remove(group: dict[str, Any]) -> None:
    """Ends all instances of a node group."""
    _end(*_of(group))


def _of(group: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The record of a node group's cluster, and its instances."""
    cluster = group["clusterName"]
    return eks._clusters[cluster], _instances(cluster, group["nodegroupName"])


def _instances(cluster: str, name: str) -> list[dict[str, Any]]:
    return [found for found in list(ec2._instances.values()) if found.get("_nodegroup") == f"{cluster}/{name}"]


def _end(record: dict[str, Any], instances: list[dict[str, Any]]) -> None:
    """Ends instances whose pods have gone elsewhere."""
    plane = clusters.plane_of(record)
    names = [instance["_node"] for instance in instances]
    if plane is not None and names:
        try:
            _drain(plane.api, names)
            for name in names:
                plane.api.delete(f"/api/v1/nodes/{name}")
        except (ApiError, OSError) as error:
            log.warning("nodes %s: %s", ", ".join(names), error)
    for instance in instances:
        ec2._instances.pop(instance["InstanceId"], None)


def _drain(api: Api, names: list[str]) -> None:
    """Evicts pods as their disruption budgets allow, and waits until they are gone; not for ever, as EKS doesn't."""
    for name in names:
        patch = {"spec": {"unschedulable": True}}
        api.request("PATCH", f"/api/v1/nodes/{name}", patch, "application/merge-patch+json")
    deadline = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < deadline:
        pods = [pod for pod in api.get("/api/v1/pods")["items"] if _is_drained(pod, names)]
        if not pods:
            return
        for meta in (pod["metadata"] for pod in pods if "deletionTimestamp" not in pod["metadata"]):
            where = {"name": meta["name"], "namespace": meta["namespace"]}
            eviction = {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": where}
            try:
                api.request("POST", "/api/v1/namespaces/{namespace}/pods/{name}/eviction".format(**where), eviction)
            except ApiError as error:
                if error.status not in (404, 429):
                    raise
        time.sleep(1)
    log.warning("nodes %s are ended with pods on them", ", ".join(names))


def _is_drained(pod: Object, names: list[str]) -> bool:
    """Whether a pod is on one of the nodes, and can go elsewhere."""
    owners = pod["metadata"].get("ownerReferences") or ()
    return pod["spec"].get("nodeName") in names and all(owner["kind"] != "DaemonSet" for owner in owners)


def _launch_all(record: dict[str, Any], group: dict[str, Any], count: int) -> list[Object]:
    with _lock:
        return [_launch(record, group) for _ in range(count)]


def _launch(record: dict[str, Any], group: dict[str, Any]) -> Object:
    """Launches an instance into the subnet of the group that has fewest, and answers its node."""
    cluster, name = group["clusterName"], group["nodegroupName"]
    used = [found["SubnetId"] for found in _instances(cluster, name)]
    subnet_id = min(group["subnets"], key=used.count)
    subnet = ec2._subnets[subnet_id]
    prefix = _free_prefix(subnet)
    (instance,) = ec2._launch_instances_internal(
        "ami-eks",
        group["instanceTypes"][0],
        subnet_id,
        1,
        sg_ids=_security_groups(record, group),
        # Pods are numbered from the start of the range, so the node has its end.
        requested_private_ip=str(ip_network(prefix)[-2]),
    )
    zone = subnet["AvailabilityZone"]
    region = zone[:-1]
    suffix = "ec2.internal" if region == "us-east-1" else f"{region}.compute.internal"
    node = f"ip-{instance['PrivateIpAddress'].replace('.', '-')}.{suffix}"
    instance.update(_prefixes=[prefix], _nodegroup=f"{cluster}/{name}", _node=node)
    instance["Placement"]["AvailabilityZone"] = zone
    ec2._tags[instance["InstanceId"]] = [
        {"Key": "eks:cluster-name", "Value": cluster},
        {"Key": "eks:nodegroup-name", "Value": name},
        {"Key": f"kubernetes.io/cluster/{cluster}", "Value": "owned"},
    ]
    return _node(record, group, instance, zone)


def _free_prefix(subnet: dict[str, Any]) -> str:
    """A range of addresses for pods from the far end of the subnet, as the network plug-in would take it."""
    network = ip_network(subnet["CidrBlock"])
    taken = {prefix for found in ec2._instances.values() for prefix in found.get("_prefixes", ())}
    ranges = map(str, network.subnets(new_prefix=max(network.prefixlen + 2, 26)))
    return next(prefix for prefix in reversed(list(ranges)) if prefix not in taken)


def _security_groups(record: dict[str, Any], group: dict[str, Any]) -> list[str]:
    """The groups of the launch template, else the cluster's."""
    wanted = group.get("launchTemplate") or {}
    for template in ec2._launch_templates.values():
        if template.get("LaunchTemplateId") != wanted.get("id") and template.get("LaunchTemplateName") != wanted.get(
            "name"
        ):
            continue
        for version in template.get("Versions", []):
            if str(version.get("VersionNumber")) == str(wanted.get("version", "1")):
                data = version.get("LaunchTemplateData") or {}
                if data.get("SecurityGroupIds"):
                    return list(data["SecurityGroupIds"])
    return [record["resourcesVpcConfig"]["clusterSecurityGroupId"]]


def _node(record: dict[str, Any], group: dict[str, Any], instance: dict[str, Any], zone: str) -> Object:
    name, (prefix,) = instance["_node"], instance["_prefixes"]
    taints = [
        {
            "key": taint["key"],
            "value": taint.get("value", ""),
            "effect": "".join(part.capitalize() for part in taint["effect"].split("_")),
        }
        for taint in group.get("taints") or ()
    ]
    labels = {
        **(group.get("labels") or {}),
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
        "node.kubernetes.io/instance-type": instance["InstanceType"],
        "topology.kubernetes.io/zone": zone,
        "topology.kubernetes.io/region": zone[:-1],
        "eks.amazonaws.com/nodegroup": group["nodegroupName"],
        "eks.amazonaws.com/capacityType": group.get("capacityType", "ON_DEMAND"),
    }
    addresses = {"InternalIP": instance["PrivateIpAddress"], "Hostname": name, "InternalDNS": name}
    unknown = ("bootID", "machineID", "systemUUID", "kernelVersion", "kubeProxyVersion")
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": name, "labels": labels},
        "spec": {
            "providerID": f"aws:///{zone}/{instance['InstanceId']}",
            "podCIDR": prefix,
            "podCIDRs": [prefix],
            "taints": taints,
        },
        "status": {
            "capacity": SIZE,
            "allocatable": SIZE,
            "addresses": [{"type": kind, "address": address} for kind, address in addresses.items()],
            "nodeInfo": {
                "kubeletVersion": f"v{record['version']}.0-eks",
                "architecture": "amd64",
                "operatingSystem": "linux",
                "osImage": "Amazon Linux 2023",
                "containerRuntimeVersion": "containerd://2",
                **dict.fromkeys(unknown, ""),
            },
        },
    }


def _join(record: dict[str, Any], joining: list[Object]) -> None:
    """Makes the nodes of instances, as soon as there is an API server that takes them."""
    deadline = time.monotonic() + JOIN_SECONDS
    while joining and time.monotonic() < deadline:
        plane = clusters.plane_of(record)
        try:
            while plane is not None and joining:
                plane.api.request("POST", "/api/v1/nodes", joining[0])
                joining.pop(0)
        except (ApiError, OSError) as error:
            log.warning("a node can't join %s: %s", record["name"], error)
        if joining:
            time.sleep(1)
