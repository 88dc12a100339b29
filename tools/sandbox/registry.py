"""Takes single files out of container images, by the OCI distribution API, without a container engine.

registry.py FOLDER NAME IMAGE FILE [NAME IMAGE FILE]...   writes FOLDER/NAME-VERSION for each and prints that path

IMAGE is host/repository:tag; a tag that ends in `.*`, such as v1.35.*, is the newest release of that series. Proxies and certificate
authorities are those of the process environment (HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE). What was downloaded stays when a connection is
cut, and is gone on with by the next run. urllib3 brings retries, which wait as long as a registry asks for.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import re
import ssl
import sys
import tarfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import urllib3

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64", "arm64": "arm64"}
MANIFESTS = (
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
)
CUTS = 5
CHUNK = 1 << 18


class RegistryError(Exception):
    """What went wrong, for the person who waits."""


@dataclass(frozen=True)
class Image:
    """A repository of a registry, and a tag in it."""

    host: str
    repository: str
    tag: str

    @staticmethod
    def parse(text: str) -> Image:
        found = re.fullmatch(r"([^/]+)/(.+):([^:/]+)", text)
        if not found:
            raise RegistryError(f"{text} is not host/repository:tag")
        return Image(*found.groups())

    def __str__(self) -> str:
        return f"{self.host}/{self.repository}:{self.tag}"


class Registry:
    """A client of one repository: its own token, once the registry has asked for one."""

    def __init__(self, image: Image) -> None:
        self._image = image
        self._token: str | None = None
        self._context = ssl.create_default_context()

    def _pool(self, url: str) -> urllib3.PoolManager:
        """Connections to a host: through its proxy, if it has one."""
        host = urllib.parse.urlsplit(url).hostname or ""
        proxy = urllib.request.getproxies().get("https")
        retries = urllib3.Retry(
            total=8,
            connect=1,
            other=0,
            read=2,
            backoff_factor=0.5,
            status_forcelist=(429, 500, 502, 503, 504),
            respect_retry_after_header=True,
            raise_on_status=False,
        )
        settings: dict[str, Any] = {
            "retries": retries,
            "timeout": urllib3.Timeout(connect=10, read=60),
            "ssl_context": self._context,
        }
        if proxy and not urllib.request.proxy_bypass(host):
            return urllib3.ProxyManager(proxy, **settings)
        return urllib3.PoolManager(**settings)

    def get(self, path: str, headers: dict[str, str] | None = None) -> urllib3.BaseHTTPResponse:
        """A response whose body is not read yet. A token is fetched when the registry asks for one."""
        url = f"https://{self._image.host}/v2/{self._image.repository}/{path}"
        for _ in range(2):
            given = dict(headers or {})
            if self._token:
                given["Authorization"] = f"Bearer {self._token}"
            try:
                response = self._pool(url).request("GET", url, headers=given, preload_content=False)
            except urllib3.exceptions.HTTPError as error:
                raise RegistryError(f"{self._image.host} can't be reached: {_reason(error)}") from error
            if response.status != 401 or self._token:
                break
            self._token = self._ask_for_token(response.headers.get("WWW-Authenticate", ""))
        if response.status not in (200, 206):
            raise RegistryError(f"{url} answers {response.status}: {response.read(300).decode(errors='replace')}")
        return response

    def _ask_for_token(self, challenge: str) -> str:
        """Follows a challenge such as `Bearer realm="https://…",service="…",scope="…"`."""
        fields = dict(re.findall(r'(\w+)="([^"]*)"', challenge))
        realm = fields.pop("realm", "")
        if not challenge.lower().startswith("bearer ") or not realm.startswith("https://"):
            raise RegistryError(f"{self._image.host} asks for credentials in a way that is not known: {challenge}")
        fields.setdefault("scope", f"repository:{self._image.repository}:pull")
        url = f"{realm}?{urllib.parse.urlencode(fields)}"
        response = self._pool(url).request("GET", url)
        if response.status != 200:
            raise RegistryError(f"{realm} gives no token: {response.status}")
        answer = response.json()
        return str(answer.get("token") or answer["access_token"])

    def newest(self, series: str) -> str:
        """The newest tag of a series; pre-releases don't count."""
        pattern = re.compile(re.escape(series.removesuffix("*")) + r"(\d+)")
        tags = json.loads(self.get("tags/list").read())["tags"]
        patches = [int(found[1]) for tag in tags if (found := pattern.fullmatch(tag))]
        if not patches:
            raise RegistryError(f"{self._image.repository} has no release {series}")
        return f"{series.removesuffix('*')}{max(patches)}"

    def layers(self, tag: str) -> list[dict[str, Any]]:
        """The layers of an image for this machine, the last first."""
        found = self._manifest(tag)
        if "manifests" in found:
            architecture = ARCHITECTURES.get(platform.machine(), platform.machine())
            for entry in found["manifests"]:
                wanted = entry.get("platform") or {}
                if (wanted.get("os"), wanted.get("architecture")) == ("linux", architecture):
                    found = self._manifest(entry["digest"])
                    break
            else:
                raise RegistryError(f"{self._image} is not made for linux/{architecture}")
        layers: list[dict[str, Any]] = found["layers"]
        return layers[::-1]

    def _manifest(self, reference: str) -> dict[str, Any]:
        response = self.get(f"manifests/{reference}", {"Accept": ", ".join(MANIFESTS)})
        body = response.read()
        digest = reference if ":" in reference else response.headers.get("Docker-Content-Digest", "")
        if digest:
            _check(digest, hashlib.sha256(body).hexdigest(), f"the manifest of {self._image}")
        manifest: dict[str, Any] = json.loads(body)
        return manifest

    def download(self, digest: str, size: int, file: Path, label: str) -> None:
        """Downloads a blob, going on with what is there; the file has its name only when its digest is right."""
        part = file.with_suffix(".part")
        for attempt in range(CUTS + 1):
            try:
                self._append(digest, size, part, label)
            except (urllib3.exceptions.HTTPError, OSError) as error:
                if attempt == CUTS:
                    raise RegistryError(f"{label}: the connection is cut again and again: {_reason(error)}") from error
                time.sleep(attempt)
                continue
            break
        try:
            with part.open("rb") as data:
                _check(digest, hashlib.file_digest(data, "sha256").hexdigest() if hasattr(hashlib, "file_digest")
                       else hashlib.sha256(data.read()).hexdigest(), f"a layer of {self._image}")  # fmt: skip
        except RegistryError:
            part.unlink()
            raise
        part.rename(file)

    def _append(self, digest: str, size: int, part: Path, label: str) -> None:
        there = part.stat().st_size if part.exists() else 0
        if there >= size:
            return
        response = self.get(f"blobs/{digest}", {"Range": f"bytes={there}-"} if there else {})
        if response.status != 206:
            there = 0
        with part.open("ab" if there else "wb") as out:
            progress = _Progress(label, size)
            for chunk in response.stream(CHUNK, decode_content=False):
                out.write(chunk)
                there += len(chunk)
                progress.show(there)
        if there < size:
            raise OSError(f"{there} of {size} bytes came")


class _Progress:
    """A line each second or so."""

    def __init__(self, label: str, size: int) -> None:
        self._label, self._size, self._last = label, size, time.monotonic()

    def show(self, there: int) -> None:
        if time.monotonic() - self._last > 1:
            self._last = time.monotonic()
            print(f"{self._label}: {there / 1e6:.0f} of {self._size / 1e6:.0f} MB", file=sys.stderr, flush=True)


def _check(digest: str, actual: str, what: str) -> None:
    if digest != f"sha256:{actual}":
        raise RegistryError(f"{what} is not what was announced: {digest} was, sha256:{actual} came")


def _reason(error: Exception) -> str:
    """The innermost reason of a failed request, without the chain of retries around it."""
    while (inner := getattr(error, "reason", None)) is not None and isinstance(inner, Exception):
        error = inner
    return str(error)


def fetch(folder: Path, name: str, image: Image, file: str) -> Path:
    """Writes a file of an image as FOLDER/NAME-VERSION, unless it is there, and answers the path."""
    registry = Registry(image)
    tag = registry.newest(image.tag) if image.tag.endswith(".*") else image.tag
    target = folder / f"{name}-{tag.removeprefix('v')}"
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    for layer in registry.layers(tag):
        blob = folder / f"{layer['digest'].replace(':', '-')}.layer"
        if not blob.exists():
            registry.download(layer["digest"], layer["size"], blob, f"{name} {tag}")
        with _file_in(blob, file) as data:
            if data is None:
                blob.unlink()
                continue
            unfinished = target.with_suffix(f".{os.getpid()}")
            with unfinished.open("wb") as out:
                while chunk := data.read(CHUNK):
                    out.write(chunk)
        unfinished.chmod(0o755)
        unfinished.rename(target)
        blob.unlink()
        return target
    raise RegistryError(f"{image} has no file {file}")


@contextlib.contextmanager
def _file_in(layer: Path, file: str) -> Iterator[Any]:
    """A regular file of a layer, to read; nothing if it has none of that name."""
    with tarfile.open(layer, "r|*") as archive:
        for member in archive:
            if member.isfile() and member.name.removeprefix("./").lstrip("/") == file:
                yield archive.extractfile(member)
                return
        yield None


def main(arguments: list[str]) -> int:
    folder, *rest = arguments
    try:
        for name, image, file in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
            print(f"{name}\t{fetch(Path(folder), name, Image.parse(image), file)}", flush=True)
    except (RegistryError, tarfile.TarError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
