"""A client of one cluster's API server, and a view of its objects that follows them."""

from __future__ import annotations

import http.client
import json
import ssl
import threading
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Object = dict[str, Any]


class ApiError(Exception):
    """An answer of the API server other than success."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{status}: {message}")
        self.status = status


@dataclass(frozen=True)
class Api:
    """Talks to an API server with a client certificate."""

    port: int
    authority: Path
    certificate: Path
    key: Path

    def connect(self, timeout: float) -> http.client.HTTPSConnection:
        context = ssl.create_default_context(cafile=str(self.authority))
        context.load_cert_chain(self.certificate, self.key)
        return http.client.HTTPSConnection("127.0.0.1", self.port, context=context, timeout=timeout)

    def request(self, method: str, path: str, body: Any = None, content_type: str = "application/json") -> Any:
        """The answer as JSON. Raises ApiError, or OSError where nobody answers."""
        connection = self.connect(timeout=15)
        try:
            data = None if body is None else json.dumps(body)
            connection.request(method, path, data, {"Content-Type": content_type, "Accept": "application/json"})
            response = connection.getresponse()
            text = response.read().decode()
            if response.status >= 300:
                raise ApiError(response.status, text)
            return json.loads(text) if text.startswith(("{", "[")) else text
        finally:
            connection.close()

    def get(self, path: str) -> Any:
        return self.request("GET", path)

    def find(self, path: str) -> Object | None:
        """An object, or nothing where there is none."""
        try:
            found: Object = self.get(path)
            return found
        except ApiError as error:
            if error.status == 404:
                return None
            raise

    def apply(self, path: str, body: Object) -> None:
        """Makes an object, or changes it to what is given (server-side apply)."""
        query = urllib.parse.urlencode({"fieldManager": "sandbox", "force": "true"})
        self.request("PATCH", f"{path}?{query}", body, "application/apply-patch+yaml")

    def delete(self, path: str) -> None:
        try:
            self.request("DELETE", path)
        except ApiError as error:
            if error.status != 404:
                raise


class View:
    """All objects of one kind, kept up to date by a watch until it is stopped."""

    def __init__(self, api: Api, path: str, changed: Callable[[], None] = lambda: None) -> None:
        self._api, self._path, self._changed = api, path, changed
        self._objects: dict[str, Object] = {}
        self._stopped = threading.Event()
        threading.Thread(target=self._follow, daemon=True, name=f"view {path}").start()

    @property
    def items(self) -> list[Object]:
        return list(self._objects.values())

    def stop(self) -> None:
        self._stopped.set()

    def _follow(self) -> None:
        while not self._stopped.is_set():
            try:
                listed = self._api.get(self._path)
                self._objects = {item["metadata"]["uid"]: item for item in listed["items"]}
                self._changed()
                self._watch(listed["metadata"]["resourceVersion"])
            except (ApiError, OSError, ValueError, http.client.HTTPException):
                # The API server is starting, is gone, or has forgotten the version: all is listed anew.
                time.sleep(0.3)

    def _watch(self, version: str) -> None:
        connection = self._api.connect(timeout=60)
        try:
            query = urllib.parse.urlencode({"watch": "1", "resourceVersion": version, "timeoutSeconds": "50"})
            connection.request("GET", f"{self._path}?{query}")
            response = connection.getresponse()
            while not self._stopped.is_set() and (line := response.readline()):
                event = json.loads(line)
                if event["type"] == "ERROR":
                    return
                uid = event["object"]["metadata"]["uid"]
                if event["type"] == "DELETED":
                    self._objects.pop(uid, None)
                else:
                    self._objects[uid] = event["object"]
                self._changed()
        finally:
            connection.close()
