"""A Spark Connect server from what pyspark brings along."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"


def missing():
    """Return what the server or its client lack here, an empty text where nothing."""
    lacking = [name for name in ("pyspark", "grpc", "grpc_status") if not _has(name)]
    return ", ".join([*lacking, *([] if shutil.which("java") else ["java"])])


def _has(name):
    return importlib.util.find_spec(name) is not None


@contextlib.contextmanager
def serving(folder, *, seconds=180):
    """Start a server of this machine alone and yield its URL; `folder` is for its files."""
    home = Path(importlib.util.find_spec("pyspark").origin).parent
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": port,
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": 4,
        "spark.local.dir": folder,
        "spark.sql.warehouse.dir": f"{folder}/warehouse",
    }
    command = [home / "bin" / "spark-submit", "--master", "local[2]", "--class", SERVER]
    for name, value in settings.items():
        command += ["--conf", f"{name}={value}"]
    command.append("spark-internal")
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            list(map(str, command)),
            cwd=folder,
            stdout=log,
            stderr=log,
            env=os.environ | {"SPARK_HOME": str(home)},
        )
        try:
            _wait(port, server, time.monotonic() + seconds)
            yield f"sc://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def _wait(port, server, until):
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        time.sleep(0.3)
    raise TimeoutError("the Spark Connect server did not start")
