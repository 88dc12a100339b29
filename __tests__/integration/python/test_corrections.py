"""What the emulator answers once it is corrected, by the emulator's own handlers."""

from __future__ import annotations

import asyncio
import base64
import inspect
import json
import re
import time
import unittest
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from emulator import corrections
from emulator.aws import alb, ec2, eks, iam, service_may, sts
from emulator.cluster_network import ClusterNetwork, Place
from emulator.settings import Settings

SETTINGS = Settings(Path("/nowhere"), "https://localhost:1", Path(), Path(), "111122223333", "us-east-1", {}, 0, False)
corrections.install(SETTINGS)


def ask(action: str, **params: Any) -> str:
    """The body of an answer of ELBv2."""
    answer = alb._ACTION_MAP[action]({name: [str(value)] for name, value in params.items()})
    body = answer[2]
    return body.decode() if isinstance(body, bytes) else str(body)


def members(prefix: str, **fields: Any) -> dict[str, Any]:
    return {f"{prefix}.{name.replace('__', '.')}": value for name, value in fields.items()}


def first(text: str, tag: str) -> str:
    found = re.search(rf"<{tag}>([^<]*)</{tag}>", text)
    assert found, f"{tag} is not in {text}"
    return found[1]


class Zones(unittest.TestCase):
    def test_us_east_1_has_six_and_those_asked_for_are_answered(self) -> None:
        def zones(**params: Any) -> list[Any]:
            body = ec2._describe_availability_zones({name: [value] for name, value in params.items()})[2]
            text = body.decode() if isinstance(body, bytes) else str(body)
            return re.findall(r"<zoneName>([^<]*)<.*?<zoneId>([^<]*)<", text, flags=re.DOTALL)

        six = [(f"us-east-1{letter}", f"use1-az{number}") for number, letter in enumerate("abcdef", 1)]
        self.assertEqual(six, zones())
        self.assertEqual([("us-east-1d", "use1-az4")], zones(**{"ZoneId.1": "use1-az4"}))


class LoadBalancing(unittest.TestCase):
    def setUp(self) -> None:
        alb.reset()
        zone = {"SubnetId": "subnet-a", "VpcId": "vpc-1", "AvailabilityZone": "us-east-1c"}
        ec2._subnets["subnet-a"] = zone
        self.addCleanup(ec2._subnets.pop, "subnet-a")

    def balancer(self, kind: str = "application") -> str:
        return ask("CreateLoadBalancer", Name="lb", Type=kind, **{"SubnetMappings.member.1.SubnetId": "subnet-a"})

    def group(self, name: str) -> str:
        return first(ask("CreateTargetGroup", Name=name, Protocol="HTTP", Port=80, TargetType="ip"), "TargetGroupArn")

    def listener(self, *groups: tuple[str, int]) -> str:
        arn = first(self.balancer(), "LoadBalancerArn")
        base = "DefaultActions.member.1"
        forward = {}
        for number, (group, weight) in enumerate(groups, 1):
            forward[f"{base}.ForwardConfig.TargetGroups.member.{number}.TargetGroupArn"] = group
            forward[f"{base}.ForwardConfig.TargetGroups.member.{number}.Weight"] = weight
        return ask(
            "CreateListener", LoadBalancerArn=arn, Protocol="HTTP", Port=80, **{f"{base}.Type": "forward"}, **forward
        )

    def test_a_forward_keeps_its_target_groups_and_weights(self) -> None:
        one, two = self.group("one"), self.group("two")
        answer = self.listener((one, 90), (two, 10))
        self.assertEqual(re.findall(r"<Weight>(\d+)</Weight>", answer), ["90", "10"])
        self.assertIn(one, answer)

    def test_a_weight_of_nothing_gets_nothing(self) -> None:
        one, two = self.group("one"), self.group("two")
        self.listener((one, 0), (two, 1))
        # Nobody listens there: a request that came to this group would be answered with 502.
        ask(
            "RegisterTargets", **{"TargetGroupArn": one, "Targets.member.1.Id": "127.0.0.1", "Targets.member.1.Port": 1}
        )
        (balancer,) = alb._lbs.values()
        for _ in range(20):
            status, _, body = asyncio.run(
                alb.dispatch_request(balancer, "GET", "/", {}, b"", {}, client_ip="127.0.0.1")
            )
            self.assertEqual(status, 503, body)

    def test_a_target_group_in_use_stays(self) -> None:
        one, two = self.group("one"), self.group("two")
        self.listener((one, 1))
        self.assertIn("ResourceInUse", ask("DeleteTargetGroup", TargetGroupArn=one))
        ask("DeleteTargetGroup", TargetGroupArn=two)
        self.assertEqual(list(alb._tgs), [one])

    def test_a_load_balancer_is_in_the_zone_and_vpc_of_its_subnet(self) -> None:
        answer = self.balancer("network")
        self.assertEqual(
            [first(answer, tag) for tag in ("VpcId", "ZoneName", "SubnetId")], ["vpc-1", "us-east-1c", "subnet-a"]
        )
        self.assertIn(":loadbalancer/net/lb/", first(answer, "LoadBalancerArn"))

    def test_one_address_is_a_target_with_each_port(self) -> None:
        group = self.group("one")

        def targets(port: int) -> dict[str, Any]:
            return {"TargetGroupArn": group, "Targets.member.1.Id": "10.0.0.1", "Targets.member.1.Port": port}

        for port in (80, 81, 80):
            ask("RegisterTargets", **targets(port))
        self.assertEqual([target["Port"] for target in alb._targets[group]], [80, 81])
        ask("DeregisterTargets", **targets(80))
        self.assertEqual([target["Port"] for target in alb._targets[group]], [81])

    def test_a_protected_load_balancer_stays(self) -> None:
        arn = first(self.balancer(), "LoadBalancerArn")
        protect = {"Attributes.member.1.Key": "deletion_protection.enabled", "Attributes.member.1.Value": "true"}
        ask("ModifyLoadBalancerAttributes", LoadBalancerArn=arn, **protect)
        self.assertIn("OperationNotPermitted", ask("DeleteLoadBalancer", LoadBalancerArn=arn))
        self.assertIn(arn, alb._lbs)


class WebIdentity(unittest.TestCase):
    ISSUER = "localhost:1/oidc/id/CLUSTER"
    ROLE = "arn:aws:iam::111122223333:role/irsa"

    def setUp(self) -> None:
        provider = f"arn:aws:iam::111122223333:oidc-provider/{self.ISSUER}"
        iam._oidc_providers[provider] = {"Arn": provider}
        condition = {
            f"{self.ISSUER}:aud": "sts.amazonaws.com",
            f"{self.ISSUER}:sub": "system:serviceaccount:kube-system:own",
        }
        statement = {
            "Effect": "Allow",
            "Principal": {"Federated": provider},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {"StringEquals": condition},
        }
        iam._create_role(
            {
                "RoleName": ["irsa"],
                "AssumeRolePolicyDocument": [json.dumps({"Version": "2012-10-17", "Statement": [statement]})],
            }
        )
        self.addCleanup(iam._roles.pop, "irsa", None)
        self.addCleanup(iam._oidc_providers.pop, provider, None)

    def token(self, **changes: Any) -> str:
        claims = {
            "iss": f"https://{self.ISSUER}",
            "aud": ["sts.amazonaws.com"],
            "sub": "system:serviceaccount:kube-system:own",
            "exp": time.time() + 60,
            **changes,
        }
        key, _, _ = eks._get_oidc_keypair()

        def part(data: bytes) -> str:
            return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

        message = f"{part(b'{}')}.{part(json.dumps(claims).encode())}"
        return f"{message}.{part(key.sign(message.encode(), padding.PKCS1v15(), hashes.SHA256()))}"

    def allowed(self, token: str) -> bool:
        return sts._web_identity_trust_denied(self.ROLE, {"WebIdentityToken": [token]}, False) is None

    def test_takes_a_genuine_token_of_the_service_account_alone(self) -> None:
        self.assertTrue(self.allowed(self.token()))
        self.assertFalse(self.allowed(self.token(sub="system:serviceaccount:kube-system:other")))
        self.assertFalse(self.allowed(self.token(aud=["pods.eks.amazonaws.com"])))
        self.assertFalse(self.allowed(self.token(exp=time.time() - 1)))
        self.assertFalse(self.allowed(self.token(iss="https://localhost:1/oidc/id/OTHER")))

    def test_refuses_a_token_that_was_signed_by_nobody(self) -> None:
        message, _, signature = self.token().rpartition(".")
        self.assertFalse(self.allowed(f"{message}.{signature[::-1]}"))
        self.assertFalse(self.allowed(f"{message}."))


class ServiceTrust(unittest.TestCase):
    def may(self, statement: dict[str, Any], action: str = "sts:TagSession") -> bool:
        document = {"Statement": [{"Effect": "Allow", **statement}]}
        return service_may(document, "pods.eks.amazonaws.com", action, "role", {"aws:sourceaccount": "111122223333"})

    def test_needs_the_service_the_action_and_the_condition(self) -> None:
        service, both = {"Service": "pods.eks.amazonaws.com"}, ["sts:AssumeRole", "sts:TagSession"]
        self.assertTrue(self.may({"Principal": service, "Action": both}))
        self.assertFalse(self.may({"Principal": service, "Action": "sts:AssumeRole"}))
        self.assertFalse(self.may({"Principal": {"Service": "ec2.amazonaws.com"}, "Action": both}))
        self.assertFalse(self.may({"Principal": {"AWS": "*"}, "Action": both}))
        other = {"StringEquals": {"aws:SourceAccount": "444455556666"}}
        self.assertFalse(self.may({"Principal": service, "Action": both, "Condition": other}))


class Reports(unittest.TestCase):
    def test_each_correction_says_what_is_wrong_and_what_aws_does(self) -> None:
        for correction in corrections.CORRECTIONS:
            title, _, text = inspect.cleandoc(correction.__doc__ or "").partition("\n\n")
            self.assertRegex(title, r"^(ELBv2|EC2|EKS|IAM|STS): ", correction.__name__)
            self.assertRegex(text, r"\bAWS\b", correction.__name__)


class _View:
    def __init__(self, *items: dict[str, Any]) -> None:
        self.items = list(items)


class Network(unittest.TestCase):
    def network(self, phase: str = "Running", serving: str = "True") -> ClusterNetwork:
        network = ClusterNetwork(None)  # type: ignore[arg-type]
        pod = {
            "metadata": {"name": "web-1", "namespace": "shop", "uid": "u1"},
            "spec": {"containers": [{"image": "web", "ports": [{"containerPort": 8080}]}]},
            "status": {
                "podIP": "10.0.0.5",
                "phase": phase,
                "conditions": [{"type": "ContainersReady", "status": serving}, {"type": "Ready", "status": "False"}],
            },
        }
        service = {
            "metadata": {"name": "web", "namespace": "shop"},
            "spec": {"clusterIP": "10.100.0.9", "ports": [{"port": 80, "nodePort": 30080}]},
        }
        endpoints = {
            "metadata": {"namespace": "shop", "labels": {"kubernetes.io/service-name": "web"}},
            "ports": [{"port": 8080}],
            "endpoints": [{"addresses": ["10.0.0.5"]}],
        }
        node = {"status": {"addresses": [{"address": "10.0.0.254"}]}}
        for name, view in {"pods": pod, "services": service, "slices": endpoints, "nodes": node}.items():
            setattr(network, name, _View(view))
        return network

    def test_leads_to_the_pod_by_its_address_its_service_and_a_node_port(self) -> None:
        network = self.network()
        for address, port in (("10.0.0.5", 8080), ("10.100.0.9", 80), ("10.0.0.254", 30080)):
            place = network.find(address, port)
            self.assertIsInstance(place, Place)
            self.assertEqual(place and (place.pod["metadata"]["name"], place.port), ("web-1", 8080))
        for address, port in (("10.0.0.5", 80), ("10.100.0.9", 8080), ("10.0.0.253", 30080), ("10.0.0.254", 80)):
            self.assertIsNone(network.find(address, port))

    def test_is_ready_when_containers_serve_whatever_readiness_gates_wait_for(self) -> None:
        serving, starting = (self.network(serving=value).find("10.0.0.5", 8080) for value in ("True", "False"))
        self.assertTrue(serving and serving.ready)
        self.assertFalse(starting and starting.ready)
        self.assertIsNone(self.network(phase="Pending").find("10.0.0.5", 8080))


if __name__ == "__main__":
    unittest.main()
