"""Where ministack 1.5.33 answers differently from AWS, set right in memory.

Each correction is a function whose text is the report for upstream: what is sent and answered, what AWS answers, and whom it hurts.
`python -m emulator.corrections` prints them all. A correction that upstream makes itself is deleted here.
"""

from __future__ import annotations

from ..settings import Settings
from . import ec2, eks, elbv2, iam

MINISTACK = "1.5.33"

CORRECTIONS = (
    elbv2.forward_config,
    elbv2.subnet_mappings,
    elbv2.load_balancer_facts,
    elbv2.deletion_protection,
    elbv2.target_group_facts,
    elbv2.target_group_in_use,
    elbv2.target_group_load_balancers,
    elbv2.targets_by_port,
    elbv2.listener_certificates,
    elbv2.capacity_reservation,
    ec2.instance_interfaces,
    ec2.zones_of_the_region,
    ec2.zones_asked_for,
    ec2.rules_are_revoked,
    ec2.group_dependencies,
    ec2.subnet_dependencies,
    ec2.gateway_dependencies,
    ec2.vpc_endpoints,
    ec2.flow_logs,
    ec2.egress_description,
    ec2.launch_template_interfaces,
    ec2.nat_gateway_addresses,
    eks.cluster_settings,
    eks.cluster_network,
    eks.updates,
    eks.node_group_settings,
    eks.node_group_instances,
    eks.tokens_for_the_endpoint,
    eks.tokens_are_checked,
    iam.web_identity,
    iam.load_balancer_permissions,
)


def install(settings: Settings) -> None:
    """Applies every correction."""
    from ministack.services import ec2 as service

    service._ensure_defaults_initialized()
    for correct in CORRECTIONS:
        correct()
